#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "engine/workflow.hpp"
#include "workflows/dispute/commands.hpp"
#include "workflows/dispute/detail/starts.hpp"
#include "workflows/dispute/phases/region.hpp"
#include "workflows/dispute/rejections.hpp"
#include "workflows/dispute/rules.hpp"
#include "workflows/dispute/state.hpp"

/// What the deciding functions share.
namespace anjie::dispute::detail {

using Decision = std::expected<std::vector<Event>, Rejection>;
using Refusal = std::optional<Rejection>;
using Code = RejectionCode;
using anjie::to_string;
using dispute::to_string;

/// Everything a decision may look at.
struct Situation {
    const State& state;
    const DecisionContext& context;
    const RuleBook& rules;
    const CalendarBook& calendars;

    /// The day on which the fact is said to have happened.
    [[nodiscard]] Date day() const { return local_date(context.occurred_at.at); }
    [[nodiscard]] const Calendar& calendar() const { return calendars.at(state.jurisdiction); }
    /// The rule set the case was registered or accepted under; nullptr when this program does not know it.
    [[nodiscard]] const RuleSet* rule_set() const { return rules.find(state.rule_version); }
    [[nodiscard]] Yardstick yardstick() const { return {rule_set(), calendar()}; }
    /// The event with the deadlines that follow from it.
    template <SetsDeadlines E>
    [[nodiscard]] E with_deadlines(E event) const {
        set_deadlines(yardstick(), state, day(), event);
        return event;
    }
};

/// Names a kind of command where only the case's state is judged.
template <class C>
struct Order {};

[[nodiscard]] inline std::unexpected<Rejection> refuse(Code code, std::vector<Version> facts = {},
                                                       const Text& detail = {}) {
    return std::unexpected(reject(code, std::move(facts), detail));
}
template <class... E>
[[nodiscard]] Decision accept(E&&... events) {
    std::vector<Event> all;
    all.reserve(sizeof...(E));
    (all.emplace_back(std::forward<E>(events)), ...);
    return all;
}
/// The same words for both readers: names, numbers, days.
[[nodiscard]] inline Text both(std::string text) { return {.zh = text, .en = text}; }

/// Refuses when the fact to be recorded is dated before the one it builds on.
[[nodiscard]] Refusal not_before(const Situation& situation, const Fact& base, Code code);

[[nodiscard]] const PartyState* find_party(const State& state, PartyNumber number);
[[nodiscard]] const MediatorState* find_mediator(const State& state, std::string_view mediator);
[[nodiscard]] const MediatorState* presiding(const State& state);
[[nodiscard]] const ObligationState* find_obligation(const State& state, ObligationNumber number);
[[nodiscard]] const RunningDeadline* find_running(const State& state, DeadlineKind kind, std::uint16_t item = 0);
/// Refuses unless every number is a party of the case.
[[nodiscard]] Refusal only_parties(const State& state, const std::vector<PartyNumber>& numbers);
/// The versions in which parties refused mediation, for the one rule of law that none may go on (art. 17).
[[nodiscard]] Refusal nobody_refuses(const State& state);
/// All parties' numbers, in order.
[[nodiscard]] std::vector<PartyNumber> all_parties(const State& state);
/// Those of the case's parties that `numbers` leaves out.
[[nodiscard]] std::vector<PartyNumber> missing_from(const State& state, const std::vector<PartyNumber>& numbers);
[[nodiscard]] std::string join(const std::vector<PartyNumber>& numbers);

/// No due day lies beyond: what is later is a slip of the pen.
[[nodiscard]] inline Date latest_day() { return make_date(2199, 12, 31); }

/// Whether the source is another body that entrusted or transferred the dispute.
[[nodiscard]] bool is_entrusted(CaseSource source);
/// Marriage, parentage, adoption: named by the registration's finer type, since a family dispute is mostly about money.
[[nodiscard]] bool is_status_matter(const State& state);

/// Whether every region's machine lets this happen now; for an obligation's event: at least one obligation's.
[[nodiscard]] bool permits(const State& state, Trigger event);

}  // namespace anjie::dispute::detail
