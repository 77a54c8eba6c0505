#include <algorithm>
#include <type_traits>

#include "workflows/dispute/detail/explain.hpp"
#include "workflows/dispute/detail/handlers.hpp"
#include "workflows/dispute/detail/yields.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute {
namespace detail {
namespace {

/// Finds the first coded value of an order that its table does not know.
struct CodeCheck {
    std::string wrong;

    template <class T>
    void look(std::string_view name, const T& value, bool optional) {
        if constexpr (std::is_enum_v<T>) {
            if constexpr (Coded<T>) {
                if (optional && value == T{}) return;
                if (wrong.empty() && !is_known(value)) wrong = name;
            }
        } else if constexpr (requires { T::describe([](std::string_view, auto) {}); }) {
            T::describe([&](std::string_view field, auto member) { look(field, value.*member, optional); });
        } else if constexpr (!std::is_same_v<T, std::string> && requires { value.begin(); }) {
            for (const auto& one : value) look(name, one, optional);
        }
    }
};

/// The word for an order that comes before the case is even accepted, where it has one of its own.
template <class C>
constexpr std::optional<Code> early_word() {
    if constexpr (std::is_same_v<C, DraftAgreement>) return Code::agreement_before_acceptance;
    if constexpr (std::is_same_v<C, HoldSession> || std::is_same_v<C, MissSession>)
        return Code::session_before_acceptance;
    return std::nullopt;
}

/// Whether the case as it stands lets such an order through at all.
template <class C>
Refusal blocked(const Situation& situation) {
    if constexpr (std::is_same_v<C, RegisterCase> || std::is_same_v<C, ReceiveHandover>) {
        if (situation.state.registered) return reject(Code::number_taken, {situation.state.registered.version});
    } else if (!situation.state.registered) {
        return reject(Code::not_registered);
    }
    if (auto refusal = phase_refusal(situation.state, Yields<C>::triggers, early_word<C>())) return refusal;
    return precondition(situation, Order<C>{});
}

/// What every order must be, whatever it orders.
template <class C>
Refusal malformed(const Situation& situation, const C& command) {
    const auto& context = situation.context;
    CodeCheck check;
    check.look("", command, std::is_same_v<C, OpenFollowUp>);
    if (!check.wrong.empty()) return reject(Code::unknown_code, {}, both(std::move(check.wrong)));
    if (context.occurred_at.at > context.now)
        return reject(Code::in_the_future, {}, both(to_string(context.occurred_at) + " > " + to_string(context.now)));
    return not_before(situation, situation.state.registered,
                      std::is_same_v<C, AcceptCase> ? Code::acceptance_before_registration : Code::before_registration);
}

}  // namespace
}  // namespace detail

std::expected<std::vector<Event>, Rejection> Dispute::decide(const State& state, const Command& command,
                                                             const DecisionContext& context) const {
    const detail::Situation situation{state, context, rules_, calendars_};
    for (const auto& [subject, since] : state.restricted)
        if (std::ranges::find(context.sealed_subjects, subject) != context.sealed_subjects.end())
            return std::unexpected(
                reject(RejectionCode::processing_restricted, {since}, detail::both(std::to_string(subject))));
    return std::visit(
        [&]<class C>(const C& order) -> detail::Decision {
            if (auto refusal = detail::blocked<C>(situation)) return std::unexpected(std::move(*refusal));
            if (auto refusal = detail::malformed(situation, order)) return std::unexpected(std::move(*refusal));
            return detail::handle(situation, order);
        },
        command);
}

Rejection Dispute::foreign_command() { return reject(RejectionCode::foreign_command); }

namespace {

template <class Variant>
struct Answers;
template <class... C>
struct Answers<std::variant<C...>> {
    static std::vector<Dispute::ActionAnswer> of(const detail::Situation& situation) {
        return {Dispute::ActionAnswer{C::name, C::title, detail::blocked<C>(situation)}...};
    }
};

}  // namespace

std::vector<Dispute::ActionAnswer> Dispute::actions(const State& state, const DecisionContext& context) const {
    return Answers<Command>::of(detail::Situation{state, context, rules_, calendars_});
}

}  // namespace anjie::dispute
