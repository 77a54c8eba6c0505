#include "workflows/dispute/detail/starts.hpp"

#include <algorithm>

#include "workflows/dispute/detail/situation.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute::detail {
namespace {

/// What the choice of a rule asks about a case.
struct Subject {
    DisputeType type{};
    CaseSource source{};
};
Subject subject_of(const State& state) { return {state.type, state.source}; }

/// Adds the deadline when the rules have one of this kind.
void start(Deadlines& starts, const Yardstick& by, Subject subject, DeadlineKind kind, Date from) {
    if (by.set == nullptr) return;
    const auto* rule = deadline_rule(*by.set, kind, subject.type, subject.source);
    if (rule == nullptr || rule->period.count <= 0) return;
    starts.push_back({.kind = kind,
                      .item = 0,
                      .start = from,
                      .period = rule->period,
                      .due = due_day(from, rule->period, by.calendar, rule->roll),
                      .rule = rule->id});
}

/// The deadline of an obligation's last day.
DeadlineStart performance(const Yardstick& by, Subject subject, Date from, const Obligation& owed) {
    const auto* rule = deadline_rule(*by.set, DeadlineKind::performance, subject.type, subject.source);
    from = std::min(from, owed.due);  // Due before the last signature came: overdue from the first day on.
    const Period period{.count = static_cast<std::int32_t>((owed.due - from).count())};
    return {.kind = DeadlineKind::performance,
            .item = owed.number,
            .start = from,
            .period = period,
            .due = due_day(from, period, by.calendar, rule == nullptr || rule->roll),
            .rule = rule == nullptr ? std::string("agreement") : rule->id};
}

/// Whether another body waits to hear what became of the case.
bool owes_result(const State& state) { return is_entrusted(state.source) || state.custody == CustodyPhase::held_for; }

/// What runs once the procedure has ended without an agreement.
void start_after_ending(Deadlines& starts, const Yardstick& by, const State& before, Date day, bool revisited) {
    starts.clear();
    if (by.set == nullptr) return;
    const auto subject = subject_of(before);
    start(starts, by, subject, DeadlineKind::limitation, day);
    start(starts, by, subject, DeadlineKind::traffic_police, day);
    if (owes_result(before)) start(starts, by, subject, DeadlineKind::feedback, day);
    if (revisited && by.set->revisit_after_failure) start(starts, by, subject, DeadlineKind::revisit, day);
}

bool counts_workdays(const DeadlineRule* limit) {
    return limit != nullptr && limit->period.unit == PeriodUnit::workdays;
}

/// Days of the limit that are left, in its own unit: worked days where the limit counts those.
std::uint16_t days_left(const RunningDeadline& limit, Date on, bool workdays, const Calendar& calendar) {
    std::int64_t left = 0;
    if (!workdays)
        left = (limit.start.due.raw - on).count();
    else
        for (auto day = on + std::chrono::days{1}; day <= limit.start.due.raw; day += std::chrono::days{1})
            left += calendar.is_off(day) ? 0 : 1;
    return static_cast<std::uint16_t>(std::clamp<std::int64_t>(left, 0, 0xFFFF));
}

}  // namespace

const DeadlineRule* mediation_rule(const RuleSet* set, const State& state) {
    return set == nullptr ? nullptr : deadline_rule(*set, DeadlineKind::mediation, state.type, state.source);
}

void set_deadlines(const Yardstick& by, const State&, Date day, CaseRegistered& event) {
    event.starts.clear();
    start(event.starts, by, {event.type, event.source}, DeadlineKind::acceptance, day);
}

void set_deadlines(const Yardstick& by, const State& before, Date day, ConsentRequested& event) {
    event.starts.clear();
    if (!before.accepted) start(event.starts, by, subject_of(before), DeadlineKind::consent, day);
}

void set_deadlines(const Yardstick& by, const State& before, Date day, CaseAccepted& event) {
    event.starts.clear();
    start(event.starts, by, subject_of(before), DeadlineKind::mediation, day);
}

// The new end counts from the unrolled one, so nobody gains days by a holiday.
void set_deadlines(const Yardstick& by, const State& before, Date, ExtensionAgreed& event) {
    const auto* limit = find_running(before, DeadlineKind::mediation);
    const auto* rule = mediation_rule(by.set, before);
    if (event.starts.empty() || limit == nullptr || rule == nullptr || !rule->extendable) {
        event.starts.clear();
        return;
    }
    const auto period = event.starts.front().period;
    const Date from = limit->start.due.raw;
    event.starts = {{.kind = DeadlineKind::mediation,
                     .start = from,
                     .period = period,
                     .due = due_day(from, period, by.calendar, rule->roll),
                     .rule = limit->start.rule}};
}

void set_deadlines(const Yardstick& by, const State& before, Date day, MediationSuspended& event) {
    event.days_left = 0;
    if (const auto* limit = find_running(before, DeadlineKind::mediation))
        event.days_left = days_left(*limit, day, counts_workdays(mediation_rule(by.set, before)), by.calendar);
}

void set_deadlines(const Yardstick& by, const State& before, Date day, MediationResumed& event) {
    event.starts.clear();
    const auto* rule = mediation_rule(by.set, before);
    if (!before.suspended_days_left || rule == nullptr) return;
    const Period left{.count = *before.suspended_days_left,
                      .unit = counts_workdays(rule) ? PeriodUnit::workdays : PeriodUnit::days};
    event.starts.push_back({.kind = DeadlineKind::mediation,
                            .start = day,
                            .period = left,
                            .due = due_day(day, left, by.calendar, rule->roll),
                            .rule = rule->id});
}

void set_deadlines(const Yardstick& by, const State& before, Date, AgreementEffective& event) {
    set_deadlines(by, before, before.draft.obligations, event);
}

void set_deadlines(const Yardstick& by, const State& before, const std::vector<Obligation>& obligations,
                   AgreementEffective& event) {
    event.starts.clear();
    if (by.set == nullptr) return;
    const auto subject = subject_of(before);
    start(event.starts, by, subject, DeadlineKind::revisit, event.on);
    if (!is_status_matter(before)) start(event.starts, by, subject, DeadlineKind::confirmation, event.on);
    if (owes_result(before)) start(event.starts, by, subject, DeadlineKind::feedback, event.on);
    for (const auto& owed : obligations) event.starts.push_back(performance(by, subject, event.on, owed));
}

void set_deadlines(const Yardstick& by, const State& before, Date day, MediationFailed& event) {
    start_after_ending(event.starts, by, before, day, true);
}
void set_deadlines(const Yardstick& by, const State& before, Date day, MediationTerminated& event) {
    start_after_ending(event.starts, by, before, day, true);
}
void set_deadlines(const Yardstick& by, const State& before, Date day, ApplicationWithdrawn& event) {
    start_after_ending(event.starts, by, before, day, false);
}
void set_deadlines(const Yardstick& by, const State& before, Date day, SettledPrivately& event) {
    start_after_ending(event.starts, by, before, day, false);
}

void set_deadlines(const Yardstick& by, const State& before, Date day, ObligationRenegotiated& event) {
    event.starts.clear();
    const auto* owed = find_obligation(before, event.obligation);
    if (by.set == nullptr || owed == nullptr) return;
    auto renegotiated = owed->obligation;
    renegotiated.due = event.due;
    event.starts.push_back(performance(by, subject_of(before), day, renegotiated));
}

void set_deadlines(const Yardstick& by, const State& before, Date day, FollowUpOpened& event) {
    event.starts.clear();
    start(event.starts, by, subject_of(before), DeadlineKind::follow_up, day);
}

// Enforcement can be asked for from the last day of performance on (Civil Procedure Law 250).
void set_deadlines(const Yardstick& by, const State& before, Date day, ConfirmationGranted& event) {
    event.starts.clear();
    const auto subject = subject_of(before);
    Date last = day;
    bool owed = false;
    for (const auto& one : before.obligations) {
        if (is_settled(one.phase)) continue;
        last = owed ? std::max(last, one.obligation.due) : one.obligation.due;
        owed = true;
    }
    if (owed) start(event.starts, by, subject, DeadlineKind::enforcement, last);
    start(event.starts, by, subject, DeadlineKind::party_objection, day);
    start(event.starts, by, subject, DeadlineKind::third_party_objection, day);
}

void set_deadlines(const Yardstick& by, const State& before, Date day, CaseClosed& event) {
    event.starts.clear();
    start(event.starts, by, subject_of(before), DeadlineKind::filing, day);
}

void set_deadlines(const Yardstick& by, const State& before, Date day, HandoverOffered& event) {
    event.starts.clear();
    start(event.starts, by, subject_of(before), DeadlineKind::handover_answer, day);
    start(event.starts, by, subject_of(before), DeadlineKind::handover_result, day);
}

}  // namespace anjie::dispute::detail
