#include <algorithm>

#include "workflows/dispute/detail/alarms.hpp"
#include "workflows/dispute/detail/handlers.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute {
namespace detail {
namespace {

constexpr std::uint8_t level_count = 4;

Deadline as_deadline(const DeadlineStart& start) {
    return {.kind = static_cast<std::uint16_t>(start.kind),
            .item = start.item,
            .due = start.due,
            .next_alarm = std::nullopt};
}

/// The rule's own word on rolling; a deadline of an agreement, or of a rule that is gone, rolls.
bool rolls(const RuleSet* set, std::string_view rule) {
    if (set == nullptr) return true;
    const auto found = std::ranges::find(set->deadlines, rule, &DeadlineRule::id);
    return found == set->deadlines.end() || found->roll;
}

}  // namespace

Instant alarm_moment(const DeadlineStart& start, AlarmLevel level, const RuleSet* set) {
    if (level == AlarmLevel::passed) return as_deadline(start).expires();
    const auto days = (set == nullptr ? RuleSet{} : *set).alarm_days[static_cast<std::size_t>(level)];
    return start_of_day(start.due.rolled - std::chrono::days{days});
}

std::optional<AlarmLevel> next_alarm(const RunningDeadline& running, const RuleSet* set) {
    for (auto level = running.next_level; level < level_count; ++level) {
        const auto candidate = static_cast<AlarmLevel>(level);
        // A warning that would have come before the deadline began to run warns of nothing.
        if (candidate == AlarmLevel::passed ||
            alarm_moment(running.start, candidate, set) > start_of_day(running.start.start))
            return candidate;
    }
    return std::nullopt;
}

Refusal precondition(const Situation& situation, Order<RaiseAlarm>) {
    if (situation.state.deadlines.empty()) return reject(Code::deadline_not_running);
    return std::nullopt;
}

// Stale timers are harmless: only the deadline's own next alarm, at its own moment and not earlier, is raised.
Decision handle(const Situation& situation, const RaiseAlarm& command) {
    const auto* running = find_running(situation.state, command.kind, command.item);
    if (running == nullptr) return refuse(Code::deadline_not_running);
    const auto* set = situation.rule_set();
    const auto next = next_alarm(*running, set);
    if (next != command.level || alarm_moment(running->start, command.level, set) != command.due)
        return refuse(Code::alarm_stale, {running->since});
    if (situation.context.now < command.due)
        return refuse(Code::alarm_early, {running->since}, both(to_string(command.due)));
    AlarmRaised alarm{command.kind, command.item, command.level, command.due, running->start.due};
    // The side that offered decides when the time is over; the side that was asked learns it from there.
    if (command.kind == DeadlineKind::handover_answer && command.level == AlarmLevel::passed &&
        situation.state.custody == CustodyPhase::offered)
        return accept(std::move(alarm), HandoverLapsed{situation.state.handover.id});
    return accept(std::move(alarm));
}

Decision handle(const Situation& situation, const RecomputeDeadlines& command) {
    const auto& calendar = situation.calendar();
    if (!command.calendar.empty() && command.calendar != calendar.version())
        return refuse(Code::calendar_unknown, {}, both(command.calendar + " ≠ " + calendar.version()));
    DeadlinesRecomputed event{.calendar = calendar.version()};
    const auto* set = situation.rule_set();
    for (const auto& running : situation.state.deadlines) {
        auto start = running.start;
        start.due = due_day(start.start, start.period, calendar, rolls(set, start.rule));
        if (start != running.start) event.starts.push_back(std::move(start));
    }
    if (event.starts.empty()) return std::vector<Event>{};
    return accept(std::move(event));
}

}  // namespace detail

std::vector<Deadline> Dispute::deadlines(const State& state) const {
    std::vector<Deadline> all;
    all.reserve(state.deadlines.size());
    const auto* set = rules_.find(state.rule_version);
    for (const auto& running : state.deadlines) {
        auto deadline = detail::as_deadline(running.start);
        if (const auto level = detail::next_alarm(running, set)) {
            deadline.next_level = *level;
            deadline.next_alarm = detail::alarm_moment(running.start, *level, set);
        }
        all.push_back(deadline);
    }
    return all;
}

Command Dispute::alarm(const AlarmDue& due) {
    return RaiseAlarm{static_cast<DeadlineKind>(due.kind), due.item, due.level, due.due};
}

}  // namespace anjie::dispute
