#include <algorithm>

#include "workflows/dispute/detail/handlers.hpp"

namespace anjie::dispute::detail {
namespace {

Refusal after_previous_step(const Situation& situation) {
    const auto& state = situation.state;
    const auto& last = state.confirmation_step.version > state.confirmation_applied.version
                           ? state.confirmation_step
                           : state.confirmation_applied;
    return not_before(situation, last, Code::confirmation_out_of_order);
}

}  // namespace

Refusal precondition(const Situation& situation, Order<ApplyForConfirmation>) {
    const auto& state = situation.state;
    if (is_status_matter(state)) return reject(Code::status_matter, {state.registered.version});
    if (state.draft.number != 0) return reject(Code::draft_pending, {state.draft.drafted.version});
    return std::nullopt;
}

Decision handle(const Situation& situation, const ApplyForConfirmation& command) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.agreement.effective, Code::confirmation_before_agreement))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = only_parties(state, command.parties)) return std::unexpected(std::move(*refusal));
    if (const auto missing = missing_from(state, command.parties); !missing.empty())
        return refuse(Code::confirmation_needs_all, {state.registered.version}, both(join(missing)));
    if (command.court.empty()) return refuse(Code::missing_value, {}, both("court"));
    if (state.confirmation_window && situation.day() > state.confirmation_window->rolled)
        return refuse(Code::confirmation_window_passed, {state.agreement.effective.version},
                      both(to_string(state.confirmation_window->rolled)));
    return accept(ConfirmationApplied{command.parties, command.court});
}

Decision handle(const Situation& situation, const RecordConfirmationAccepted&) {
    if (auto refusal = after_previous_step(situation)) return std::unexpected(std::move(*refusal));
    return accept(ConfirmationAccepted{});
}

Decision handle(const Situation& situation, const RecordConfirmationNotAccepted& command) {
    if (auto refusal = after_previous_step(situation)) return std::unexpected(std::move(*refusal));
    return accept(ConfirmationNotAccepted{command.obstacle});
}

Decision handle(const Situation& situation, const RecordConfirmationGranted& command) {
    if (auto refusal = after_previous_step(situation)) return std::unexpected(std::move(*refusal));
    const auto& state = situation.state;
    if (situation.rule_set() == nullptr) return refuse(Code::rules_unknown, {}, both(state.rule_version));
    return accept(situation.with_deadlines(ConfirmationGranted{.ruling = command.ruling}));
}

Decision handle(const Situation& situation, const RecordConfirmationDismissed& command) {
    if (auto refusal = after_previous_step(situation)) return std::unexpected(std::move(*refusal));
    return accept(ConfirmationDismissed{command.obstacle});
}

Decision handle(const Situation& situation, const WithdrawConfirmation& command) {
    if (auto refusal = after_previous_step(situation)) return std::unexpected(std::move(*refusal));
    return accept(ConfirmationWithdrawn{command.deemed});
}

}  // namespace anjie::dispute::detail
