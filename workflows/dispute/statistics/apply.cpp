#include <algorithm>
#include <charconv>

#include "workflows/dispute/statistics/row.hpp"

// How each event changes a case's row. Events that no figure needs change only what `apply_header` sets; they are
// listed by name, so that a new event does not compile until somebody has decided.
namespace anjie::dispute::statistics {
namespace {

Day occurred_on(const EventHeaderView& header) { return Day{local_date(header.occurred_at.at)}; }
DatedFact fact_of(const EventHeaderView& header) { return {occurred_on(header), header.version}; }

/// First start sets the deadline, a later one moves it.
void track(TrackedDeadline& tracked, DeadlineKind kind, const Deadlines& starts) {
    for (const auto& start : starts) {
        if (start.kind != kind) continue;
        tracked.raw = Day{start.due.raw};
        tracked.rolled = Day{start.due.rolled};
        if (!tracked.first_rolled) tracked.first_rolled = tracked.rolled;
    }
}
void track_all(CaseFacts& facts, const Deadlines& starts) {
    track(facts.revisit_due, DeadlineKind::revisit, starts);
    track(facts.mediation_due, DeadlineKind::mediation, starts);
}

void end_with(CaseFacts& facts, CaseResult result, DatedFact fact) {
    // What a partial agreement left open may fail later; the case has its agreement and counts by it.
    if (facts.outcome == CaseResult::succeeded) return;
    facts.outcome = result;
    facts.ended = fact;
}

/// A new proceeding begins: the outcome, agreement and revisit of the earlier one no longer speak for the case.
void begin_proceeding(CaseFacts& facts) {
    ++facts.proceedings;
    facts.outcome = {};
    facts.ended = {};
    facts.effective = {};
    facts.drafted = {};
    facts.agreement = {};
    facts.performed = facts.performed_on_the_spot = facts.waived = facts.in_proceedings = 0;
    facts.performed_fen = 0;
    facts.performed_last = {};
    facts.first_revisit = {};
    facts.last_revisit = {};
    facts.revisit_due = {};
    facts.mediation_due = {};
    facts.confirmation = {};
}

void on(CaseRow& row, const CaseRegistered& event, const EventHeaderView& header) {
    auto& facts = row.facts;
    row.organisation = header.organisation;
    row.jurisdiction = event.jurisdiction;
    facts.organisation_bytes = static_cast<std::uint16_t>(row.organisation.size());
    facts.jurisdiction_bytes = static_cast<std::uint16_t>(row.jurisdiction.size());
    facts.registered = fact_of(header);
    facts.type = event.type;
    facts.source = event.source;
    facts.committee = event.committee;
    facts.channel = event.channel;
    facts.difficulty = event.difficulty;
    facts.parties = static_cast<std::uint16_t>(event.parties.size());
    facts.people = event.people_count;
    facts.dispute_amount_fen = event.amount.fen;
    facts.proceedings = 1;
}

void on(CaseRow& row, const AcceptanceRefused&, const EventHeaderView& header) {
    row.facts.refused = fact_of(header);
    end_with(row.facts, CaseResult::refused, fact_of(header));
}

void on(CaseRow& row, const CaseAccepted& event, const EventHeaderView& header) {
    auto& facts = row.facts;
    if (!facts.accepted.on) facts.accepted = fact_of(header);
    // Accepted after all: the refusal stays a fact of its day, but is not how the case ended.
    if (facts.outcome == CaseResult::refused) {
        facts.outcome = {};
        facts.ended = {};
    }
    track_all(facts, event.starts);
}

void on(CaseRow& row, const ExtensionAgreed& event, const EventHeaderView&) {
    ++row.facts.extensions;
    track_all(row.facts, event.starts);
}
void on(CaseRow& row, const MediationSuspended&, const EventHeaderView&) { ++row.facts.suspensions; }
void on(CaseRow& row, const MediationResumed& event, const EventHeaderView&) { track_all(row.facts, event.starts); }
void on(CaseRow& row, const DeadlinesRecomputed& event, const EventHeaderView&) { track_all(row.facts, event.starts); }

void on(CaseRow& row, const AgreementDrafted& event, const EventHeaderView& header) {
    auto& drafted = row.facts.drafted;
    drafted.amount_fen = event.amount.fen;
    drafted.version = header.version;
    drafted.form = event.form;
    drafted.partial = event.partial ? 1 : 0;
    drafted.number = event.agreement;
    drafted.obligations = static_cast<std::uint16_t>(event.obligations.size());
}

void on(CaseRow& row, const AgreementEffective& event, const EventHeaderView& header) {
    auto& facts = row.facts;
    // A later agreement supersedes the earlier one and what was performed under it.
    if (facts.effective.on && facts.agreement.number != facts.drafted.number) {
        facts.performed = facts.performed_on_the_spot = facts.waived = facts.in_proceedings = 0;
        facts.performed_fen = 0;
    }
    facts.agreement = facts.drafted;
    facts.effective = {Day{event.on}, header.version};
    facts.outcome = CaseResult::succeeded;
    facts.ended = facts.effective;
    track_all(facts, event.starts);
}

void on(CaseRow& row, const MediationFailed& event, const EventHeaderView& header) {
    end_with(row.facts, CaseResult::not_reached, fact_of(header));
    track_all(row.facts, event.starts);
}
void on(CaseRow& row, const MediationTerminated& event, const EventHeaderView& header) {
    end_with(row.facts, CaseResult::terminated, fact_of(header));
    track_all(row.facts, event.starts);
}
void on(CaseRow& row, const ApplicationWithdrawn& event, const EventHeaderView& header) {
    end_with(row.facts, CaseResult::withdrawn, fact_of(header));
    track_all(row.facts, event.starts);
}
void on(CaseRow& row, const SettledPrivately& event, const EventHeaderView& header) {
    end_with(row.facts, CaseResult::settled_privately, fact_of(header));
    track_all(row.facts, event.starts);
}

void on(CaseRow& row, const CaseTransferred&, const EventHeaderView& header) {
    ++row.facts.transfers;
    end_with(row.facts, CaseResult::transferred, fact_of(header));
}

void on(CaseRow& row, const CaseTakenOver&, const EventHeaderView& header) {
    auto& facts = row.facts;
    ++facts.taken_over;
    if (!header.organisation.empty()) {
        row.organisation = header.organisation;
        facts.organisation_bytes = static_cast<std::uint16_t>(row.organisation.size());
    }
    if (facts.outcome == CaseResult::transferred) {
        facts.outcome = {};
        facts.ended = {};
    }
}

// One dispute, one count: it counts where it is held, as a transferred case counts where it was taken over.

/// An outcome of its own may stand: what failed here and went on counts where it went.
void leave(CaseFacts& facts, DatedFact fact) {
    ++facts.transfers;
    facts.outcome = CaseResult::transferred;
    facts.ended = fact;
}
void on(CaseRow& row, const HandoverAccepted&, const EventHeaderView& header) { leave(row.facts, fact_of(header)); }
void on(CaseRow& row, const CaseHandedBack&, const EventHeaderView& header) { leave(row.facts, fact_of(header)); }
void on(CaseRow& row, const CaseTakenBack&, const EventHeaderView&) {
    auto& facts = row.facts;
    ++facts.taken_over;
    facts.closed = {};
    facts.closed_result = {};
    begin_proceeding(facts);
}
void on(CaseRow& row, const HandoverDeclined&, const EventHeaderView& header) {
    row.facts.refused = fact_of(header);
    end_with(row.facts, CaseResult::refused, fact_of(header));
}
void on(CaseRow& row, const HandoverOfferEnded&, const EventHeaderView& header) {
    end_with(row.facts, CaseResult::withdrawn, fact_of(header));
}

void on(CaseRow& row, const ObligationPerformed& event, const EventHeaderView& header) {
    auto& facts = row.facts;
    ++facts.performed;
    if (event.on_the_spot) ++facts.performed_on_the_spot;
    facts.performed_fen += event.amount.fen;
    facts.performed_last = fact_of(header);
}
void on(CaseRow& row, const ObligationPartlyPerformed& event, const EventHeaderView& header) {
    row.facts.performed_fen += event.amount.fen;
    row.facts.performed_last = fact_of(header);
}
void on(CaseRow& row, const PerformanceUrged&, const EventHeaderView&) { ++row.facts.urged; }
void on(CaseRow& row, const ObligationWaived&, const EventHeaderView&) { ++row.facts.waived; }
void on(CaseRow& row, const PerformanceProceedingStarted&, const EventHeaderView&) { ++row.facts.in_proceedings; }

void on(CaseRow& row, const RevisitMade& event, const EventHeaderView& header) {
    auto& facts = row.facts;
    const RevisitAnswer answer{.on = occurred_on(header),
                               .version = header.version,
                               .satisfaction = event.satisfaction,
                               .fulfilment = event.fulfilment,
                               .residual_risk = event.residual_risk,
                               .problem = event.problem};
    // First and last by the day they took place: a revisit may be entered late.
    if (!facts.first_revisit.on || answer.on < facts.first_revisit.on) facts.first_revisit = answer;
    if (!facts.last_revisit.on || answer.on >= facts.last_revisit.on) facts.last_revisit = answer;
    ++facts.revisits;
    if (event.problem != RevisitProblem{} && event.problem != RevisitProblem::none) ++facts.problems_found;
}
void on(CaseRow& row, const RevisitUnreachable&, const EventHeaderView&) { ++row.facts.revisits_unreachable; }
void on(CaseRow& row, const FollowUpOpened&, const EventHeaderView&) { ++row.facts.follow_ups_opened; }
void on(CaseRow& row, const FollowUpResolved&, const EventHeaderView&) { ++row.facts.follow_ups_resolved; }
void on(CaseRow& row, const FollowUpEscalated&, const EventHeaderView&) { ++row.facts.follow_ups_escalated; }

void on(CaseRow& row, const ConfirmationApplied&, const EventHeaderView&) {
    row.facts.confirmation = ConfirmationPhase::applied;
}
void on(CaseRow& row, const ConfirmationAccepted&, const EventHeaderView&) {
    row.facts.confirmation = ConfirmationPhase::accepted;
}
void on(CaseRow& row, const ConfirmationNotAccepted&, const EventHeaderView&) {
    row.facts.confirmation = ConfirmationPhase::not_accepted;
}
void on(CaseRow& row, const ConfirmationGranted&, const EventHeaderView&) {
    row.facts.confirmation = ConfirmationPhase::ruled_valid;
}
void on(CaseRow& row, const ConfirmationDismissed&, const EventHeaderView&) {
    row.facts.confirmation = ConfirmationPhase::dismissed;
}
void on(CaseRow& row, const ConfirmationWithdrawn&, const EventHeaderView&) {
    row.facts.confirmation = ConfirmationPhase::withdrawn;
}

void on(CaseRow& row, const CaseClosed& event, const EventHeaderView& header) {
    auto& facts = row.facts;
    facts.closed = fact_of(header);
    facts.closed_result = event.result;
    // A file closed without an ending of its own ends with what it was closed as.
    if (facts.outcome == CaseResult{}) end_with(facts, event.result, facts.closed);
}

void on(CaseRow& row, const CaseReopened& event, const EventHeaderView&) {
    auto& facts = row.facts;
    ++facts.reopened;
    // An ending that only the closing gave is taken back with it.
    if (facts.ended.version == facts.closed.version) {
        facts.outcome = {};
        facts.ended = {};
    }
    facts.closed = {};
    facts.closed_result = {};
    if (event.new_proceeding) begin_proceeding(facts);
}

void on(CaseRow& row, const DetailsCorrected& event, const EventHeaderView&) {
    auto& facts = row.facts;
    ++facts.corrections;
    facts.type = event.type;
    facts.source = event.source;
    facts.difficulty = event.difficulty;
    facts.people = event.people_count;
    facts.dispute_amount_fen = event.amount.fen;
}

void on(CaseRow& row, const AlarmRaised& event, const EventHeaderView&) {
    if (event.level != AlarmLevel::passed) return;
    auto& facts = row.facts;
    ++facts.alarms_passed;
    if (event.kind == DeadlineKind::mediation) ++facts.mediation_alarms_passed;
    if (event.kind == DeadlineKind::revisit) ++facts.revisit_alarms_passed;
}

void on(CaseRow& row, const HarmPrevented& event, const EventHeaderView& header) {
    const auto index = static_cast<std::size_t>(event.kind) - 1;
    if (index >= row.facts.harm.size()) return;
    auto& harm = row.facts.harm[index];
    ++harm.cases;
    harm.people += event.people;
    harm.last_people = event.people;
    harm.last_version = header.version;
}

// FactCorrected: the field's name as in the corrected event's description, the value in its text form.

template <Coded E>
void correct_code(E& target, std::string_view value) {
    if (const auto parsed = parse_code<E>(value)) target = *parsed;
}

template <class N>
void correct_number(N& target, std::string_view value) {
    N number{};
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc{} && end == value.data() + value.size()) target = number;
}

void correct_day(CaseFacts& facts, Version corrects, Day day) {
    for (auto* fact : {&facts.registered, &facts.accepted, &facts.refused, &facts.ended, &facts.effective,
                       &facts.closed, &facts.performed_last})
        if (fact->version == corrects) fact->on = day;
    for (auto* answer : {&facts.first_revisit, &facts.last_revisit})
        if (answer->version == corrects) answer->on = day;
}

void correct_registration(CaseRow& row, std::string_view field, std::string_view value) {
    auto& facts = row.facts;
    if (field == "type") correct_code(facts.type, value);
    if (field == "source") correct_code(facts.source, value);
    if (field == "committee") correct_code(facts.committee, value);
    if (field == "channel") correct_code(facts.channel, value);
    if (field == "difficulty") correct_code(facts.difficulty, value);
    if (field == "people_count") correct_number(facts.people, value);
    if (field == "amount") correct_number(facts.dispute_amount_fen, value);
    if (field == "jurisdiction") {
        row.jurisdiction = value;
        facts.jurisdiction_bytes = static_cast<std::uint16_t>(value.size());
    }
}

void correct_revisit(RevisitAnswer& answer, std::string_view field, std::string_view value) {
    if (field == "satisfaction") correct_code(answer.satisfaction, value);
    if (field == "fulfilment") correct_code(answer.fulfilment, value);
    if (field == "residual_risk") correct_code(answer.residual_risk, value);
    if (field == "problem") correct_code(answer.problem, value);
}

void correct_agreement(AgreementFacts& agreement, std::string_view field, std::string_view value) {
    if (field == "form") correct_code(agreement.form, value);
    if (field == "amount") correct_number(agreement.amount_fen, value);
    if (field == "partial") agreement.partial = value == "true" ? 1 : 0;
}

void on(CaseRow& row, const FactCorrected& event, const EventHeaderView&) {
    auto& facts = row.facts;
    ++facts.corrections;
    if (event.corrects == 0) return;
    if (event.field == "occurred_at" || event.field == "on")
        if (const auto when = parse_occurred_at(event.value))
            correct_day(facts, event.corrects, Day{local_date(when->at)});
    if (event.corrects == facts.registered.version) correct_registration(row, event.field, event.value);
    for (auto* answer : {&facts.first_revisit, &facts.last_revisit})
        if (answer->version == event.corrects) correct_revisit(*answer, event.field, event.value);
    for (auto* agreement : {&facts.drafted, &facts.agreement})
        if (agreement->version == event.corrects) correct_agreement(*agreement, event.field, event.value);
    for (auto& harm : facts.harm)
        if (harm.last_version == event.corrects && event.field == "people") {
            harm.people -= harm.last_people;
            correct_number(harm.last_people, event.value);
            harm.people += harm.last_people;
        }
}

// No figure needs these beyond their being there.
template <class... Ts>
struct OneOf {
    template <class T>
    static constexpr bool has = (std::is_same_v<T, Ts> || ...);
    static bool has_type(EventType type) { return ((Ts::event_type == type) || ...); }
};
using Uncounted =
    OneOf<ConsentRequested, ConsentGiven, ConsentRefused, MediatorAssigned, ConflictDisclosed, RecusalRequested,
          RecusalDecided, MediatorReplaced, RightsNoticeGiven, InvestigationRecorded, SessionScheduled, SessionHeld,
          SessionMissed, EscalationReported, PartySigned, MediatorSigned, SealAffixed, SigningRefused,
          PerformanceRoutesTold, DocumentFiled, CaseArchived, LateFactRecorded, CaseLinked, PersonalDataErased,
          ProcessingRestricted, CaseClassified, HandoverOffered, HandoverReturned, HandoverWithdrawn, HandoverLapsed,
          HandoverResultReceived, HandoverReceived, HandoverTaken, HandoverConfirmed, HandoverResultFedBack,
          PersonalDataDisclosed>;
template <class E>
    requires Uncounted::has<E>
void on(CaseRow&, const E&, const EventHeaderView&) {}

void on(CaseRow& row, const ObligationRenegotiated& event, const EventHeaderView&) {
    track_all(row.facts, event.starts);
}

}  // namespace

bool is_counted(EventType type) { return !Uncounted::has_type(type); }

void apply_header(CaseFacts& facts, const EventHeaderView& header) {
    if (facts.version == 0) facts.first_recorded_at = header.recorded_at;
    facts.version = header.version;
    facts.last_recorded_at = header.recorded_at;
    const auto lag = local_date(header.recorded_at) - local_date(header.occurred_at.at);
    facts.entry_lag_days_max = std::max(facts.entry_lag_days_max, static_cast<std::int32_t>(lag.count()));
}

void apply(CaseRow& row, const Event& event, const EventHeaderView& header) {
    apply_header(row.facts, header);
    std::visit([&](const auto& known) { on(row, known, header); }, event);
}

}  // namespace anjie::dispute::statistics
