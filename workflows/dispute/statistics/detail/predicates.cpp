#include "workflows/dispute/statistics/detail/predicates.hpp"

namespace anjie::dispute::statistics::predicates {

using F = CaseFacts;

// Predicates. `taken` is the base of the official table: accepted and not handed over to somebody who counts it.

bool always(const F&, const Figure&, const Frame&) { return true; }
static bool is_taken(const F& f) { return f.accepted.on && f.outcome != CaseResult::transferred; }
bool taken(const F& f, const Figure&, const Frame&) { return is_taken(f); }
static bool has_succeeded(const F& f) { return is_taken(f) && f.outcome == CaseResult::succeeded; }
bool succeeded(const F& f, const Figure&, const Frame&) { return has_succeeded(f); }
bool outcome_is(const F& f, const Figure& figure, const Frame&) {
    return is_taken(f) && f.outcome == static_cast<CaseResult>(figure.code);
}
static bool ended_with(const F& f) {
    return is_taken(f) && f.outcome != CaseResult{} && f.outcome != CaseResult::refused;
}
bool ended(const F& f, const Figure&, const Frame&) { return ended_with(f); }
bool transferred(const F& f, const Figure&, const Frame&) {
    return f.accepted.on && f.outcome == CaseResult::transferred;
}
bool difficult(const F& f, const Figure&, const Frame&) {
    return is_taken(f) && (f.difficulty == Difficulty::difficult || f.difficulty == Difficulty::major);
}
bool type_is(const F& f, const Figure& g, const Frame&) {
    return is_taken(f) && f.type == static_cast<DisputeType>(g.code);
}
bool source_is(const F& f, const Figure& g, const Frame&) {
    return is_taken(f) && f.source == static_cast<CaseSource>(g.code);
}
bool entrusted(const F& f, const Figure&, const Frame&) {
    return is_taken(f) && f.source >= CaseSource::court && f.source <= CaseSource::other_department;
}
bool committee_is(const F& f, const Figure& g, const Frame&) {
    return is_taken(f) && f.committee == static_cast<CommitteeKind>(g.code);
}
bool form_is(const F& f, const Figure& g, const Frame&) {
    return has_succeeded(f) && f.effective.on && f.agreement.form == static_cast<AgreementForm>(g.code);
}
bool partial(const F& f, const Figure&, const Frame&) { return has_succeeded(f) && f.agreement.partial != 0; }
bool amount_band(const F& f, const Figure& g, const Frame&) {
    constexpr std::int64_t fen_per_yuan = 100;
    const auto yuan_rounded_up = (f.agreement.amount_fen + fen_per_yuan - 1) / fen_per_yuan;
    return has_succeeded(f) && yuan_rounded_up >= g.from && yuan_rounded_up <= g.to;
}
bool performed(const F& f, const Figure&, const Frame&) { return has_succeeded(f) && is_fully_performed(f); }
bool unperformed(const F& f, const Figure&, const Frame&) { return has_succeeded(f) && !is_fully_performed(f); }
bool on_the_spot(const F& f, const Figure&, const Frame&) {
    return has_succeeded(f) && f.agreement.obligations > 0 && f.performed_on_the_spot >= f.agreement.obligations;
}
bool confirmation_applied(const F& f, const Figure&, const Frame&) {
    return has_succeeded(f) && f.confirmation >= ConfirmationPhase::applied;
}
bool confirmation_granted(const F& f, const Figure&, const Frame&) {
    return has_succeeded(f) && f.confirmation == ConfirmationPhase::ruled_valid;
}
bool harm_prevented(const F& f, const Figure& g, const Frame&) {
    return is_taken(f) && f.harm.at(g.code - 1U).cases > 0;
}

// Revisits: of the cases whose mediation ended, those for which the rules set a day.

static bool must_be_revisited(const F& f) { return ended_with(f) && f.revisit_due.rolled; }
bool revisit_required(const F& f, const Figure&, const Frame&) { return must_be_revisited(f); }
bool revisited(const F& f, const Figure&, const Frame&) { return must_be_revisited(f) && f.first_revisit.on; }
static bool is_revisit_overdue(const F& f, const Frame& frame) {
    return must_be_revisited(f) && !f.first_revisit.on && f.revisit_due.rolled < Day{frame.as_of};
}
bool revisit_overdue(const F& f, const Figure&, const Frame& frame) { return is_revisit_overdue(f, frame); }
bool revisit_not_yet_due(const F& f, const Figure&, const Frame& frame) {
    return must_be_revisited(f) && !f.first_revisit.on && !is_revisit_overdue(f, frame);
}
bool revisit_called_for(const F& f, const Figure&, const Frame& frame) {
    return must_be_revisited(f) && (f.first_revisit.on || is_revisit_overdue(f, frame));
}
bool revisit_on_time(const F& f, const Figure&, const Frame&) {
    return must_be_revisited(f) && f.first_revisit.on && f.first_revisit.on <= f.revisit_due.first_rolled;
}
bool revisit_on_time_extended(const F& f, const Figure&, const Frame&) {
    return must_be_revisited(f) && f.first_revisit.on && f.first_revisit.on <= f.revisit_due.rolled;
}
static bool fell_due(const F& f, const Frame& frame) {
    return must_be_revisited(f) && f.revisit_due.first_rolled <= Day{frame.as_of};
}
bool revisit_fell_due(const F& f, const Figure&, const Frame& frame) { return fell_due(f, frame); }
bool revisit_fell_due_made(const F& f, const Figure&, const Frame& frame) {
    return fell_due(f, frame) && f.first_revisit.on;
}
static bool stated(Satisfaction answer) {
    return answer >= Satisfaction::satisfied && answer <= Satisfaction::dissatisfied;
}
bool satisfaction_is(const F& f, const Figure& g, const Frame&) {
    if (!must_be_revisited(f) || !f.last_revisit.on) return false;
    const auto answer = f.last_revisit.satisfaction;
    return (stated(answer) ? answer : Satisfaction::not_stated) == static_cast<Satisfaction>(g.code);
}
static bool content(Satisfaction answer) {
    return answer == Satisfaction::satisfied || answer == Satisfaction::mostly_satisfied;
}
bool satisfaction_stated(const F& f, const Figure&, const Frame&) {
    return must_be_revisited(f) && f.last_revisit.on && stated(f.last_revisit.satisfaction);
}
bool satisfaction_content(const F& f, const Figure&, const Frame&) {
    return must_be_revisited(f) && f.last_revisit.on && content(f.last_revisit.satisfaction);
}
bool first_stated(const F& f, const Figure&, const Frame&) {
    return must_be_revisited(f) && f.first_revisit.on && stated(f.first_revisit.satisfaction);
}
bool first_content(const F& f, const Figure&, const Frame&) {
    return must_be_revisited(f) && f.first_revisit.on && content(f.first_revisit.satisfaction);
}
bool problem_found(const F& f, const Figure&, const Frame&) { return ended_with(f) && f.problems_found > 0; }
bool follow_up(const F& f, const Figure&, const Frame&) { return ended_with(f) && f.follow_ups_opened > 0; }

bool mediated_on_time(const F& f, const Figure&, const Frame&) {
    return ended_with(f) && f.mediation_due.rolled && f.ended.on <= f.mediation_due.first_rolled;
}
bool mediated_on_time_extended(const F& f, const Figure&, const Frame&) {
    return ended_with(f) && f.mediation_due.rolled && f.ended.on <= f.mediation_due.rolled;
}
bool mediation_limited(const F& f, const Figure&, const Frame&) { return ended_with(f) && f.mediation_due.rolled; }

static bool is_pending(const F& f) { return f.accepted.on && f.outcome == CaseResult{}; }
bool pending_aged(const F& f, const Figure& g, const Frame& frame) {
    if (!is_pending(f)) return false;
    const auto age = Day{frame.as_of}.number() - f.accepted.on.number();
    return age >= g.from && age <= g.to;
}
bool awaiting_acceptance(const F& f, const Figure&, const Frame&) {
    return f.registered.on && !f.accepted.on && f.outcome == CaseResult{};
}
bool follow_up_open(const F& f, const Figure&, const Frame&) {
    return f.follow_ups_opened > f.follow_ups_resolved + f.follow_ups_escalated;
}
bool entered_late(const F& f, const Figure& g, const Frame&) { return is_taken(f) && f.entry_lag_days_max >= g.from; }
bool corrected(const F& f, const Figure&, const Frame&) { return is_taken(f) && f.corrections > 0; }
bool remediated(const F& f, const Figure&, const Frame&) { return is_taken(f) && f.proceedings > 1; }
bool reopened(const F& f, const Figure&, const Frame&) { return is_taken(f) && f.reopened > 0; }
bool mediation_breached(const F& f, const Figure&, const Frame&) {
    return is_taken(f) && f.mediation_alarms_passed > 0;
}
bool revisit_breached(const F& f, const Figure&, const Frame&) { return is_taken(f) && f.revisit_alarms_passed > 0; }

// Measures.

std::int64_t parties(const F& f, const Figure&) { return f.parties; }
std::int64_t people(const F& f, const Figure&) { return f.people; }
std::int64_t dispute_amount(const F& f, const Figure&) { return f.dispute_amount_fen; }
std::int64_t agreement_amount(const F& f, const Figure&) { return f.agreement.amount_fen; }
std::int64_t performed_amount(const F& f, const Figure&) { return f.performed_fen; }
std::int64_t harm_people(const F& f, const Figure& g) { return f.harm.at(g.code - 1U).people; }
std::int64_t harm_cases(const F& f, const Figure& g) { return f.harm.at(g.code - 1U).cases; }
std::int64_t problems(const F& f, const Figure&) { return f.problems_found; }
std::int64_t follow_ups_opened(const F& f, const Figure&) { return f.follow_ups_opened; }
std::int64_t follow_ups_resolved(const F& f, const Figure&) { return f.follow_ups_resolved; }
std::int64_t follow_ups_escalated(const F& f, const Figure&) { return f.follow_ups_escalated; }
std::int64_t corrections(const F& f, const Figure&) { return f.corrections; }

}  // namespace anjie::dispute::statistics::predicates
