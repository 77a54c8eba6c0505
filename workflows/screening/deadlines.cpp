#include <algorithm>
#include <array>

#include "workflows/screening/screening.hpp"

namespace anjie::screening {
namespace {

/// Days before the last day at which an alarm is raised [M].
constexpr std::array<std::pair<AlarmLevel, int>, 3> alarm_days{
    {{AlarmLevel::early, 7}, {AlarmLevel::near, 3}, {AlarmLevel::last_day, 0}}};

/// A deadline that runs from `since` to the end of `until`; these are duties of organisations to each other, set by the
/// campaign itself, so nothing rolls. Alarms that would have come before it began to run are left out.
Deadline running(const State& state, DeadlineKind kind, std::uint16_t item, Date since, Date until) {
    Deadline deadline{.kind = std::to_underlying(kind), .item = item, .due = {until, until, false}, .next_alarm = {}};
    const auto raised = std::ranges::find_if(
        state.alarms, [&](const RaisedAlarm& alarm) { return alarm.kind == kind && alarm.item == item; });
    const auto still_to_come = [&](AlarmLevel level) { return raised == state.alarms.end() || raised->level < level; };
    for (const auto& [level, days] : alarm_days) {
        const Date on = until - std::chrono::days{days};
        if (on < since || !still_to_come(level)) continue;
        deadline.next_alarm = start_of_day(on);
        deadline.next_level = level;
        return deadline;
    }
    if (still_to_come(AlarmLevel::passed)) {
        deadline.next_alarm = deadline.expires();
        deadline.next_level = AlarmLevel::passed;
    }
    return deadline;
}

}  // namespace

std::vector<Deadline> Screening::deadlines(const State& state) const {
    std::vector<Deadline> all;
    if (state.phase != CampaignPhase::open) return all;
    if (state.rounds.empty())
        all.push_back(running(state, DeadlineKind::round_report, 0, state.opened.on, state.campaign.to));
    for (const LeadState& lead : state.leads)
        if (lead.phase == LeadPhase::found)
            all.push_back(running(state, DeadlineKind::lead_outcome, lead.lead.lead, lead.found.on,
                                  std::max(state.campaign.to, lead.found.on)));
    return all;
}

Command Screening::alarm(const AlarmDue& due) {
    return RaiseAlarm{
        .kind = static_cast<DeadlineKind>(due.kind), .item = due.item, .level = due.level, .due = due.due};
}

}  // namespace anjie::screening
