#include <algorithm>

#include "workflows/dispute/dispute.hpp"
#include "workflows/dispute/phases/confirmation.hpp"
#include "workflows/dispute/phases/custody.hpp"
#include "workflows/dispute/phases/file.hpp"
#include "workflows/dispute/phases/performance.hpp"
#include "workflows/dispute/phases/procedure.hpp"
#include "workflows/dispute/phases/revisit.hpp"

namespace anjie::dispute {
namespace {

/// Moves one region; an event that is not its business, or that it would refuse, leaves it where it is.
template <class Phase, class Table>
void advance(Phase& phase, const Table& table, Trigger event) {
    if (!table.concerns(event)) return;
    if (const auto next = table.next(phase, event)) phase = *next;
}

/// A deadline that only closes a way or informs: once passed it is over, nobody is late.
bool closes_when_passed(DeadlineKind kind) {
    switch (kind) {
        case DeadlineKind::confirmation:
        case DeadlineKind::party_objection:
        case DeadlineKind::third_party_objection:
        case DeadlineKind::enforcement:
        case DeadlineKind::limitation:
        case DeadlineKind::traffic_police:
            return true;
        case DeadlineKind::acceptance:
        case DeadlineKind::consent:
        case DeadlineKind::mediation:
        case DeadlineKind::revisit:
        case DeadlineKind::performance:
        case DeadlineKind::feedback:
        case DeadlineKind::filing:
        case DeadlineKind::follow_up:
        case DeadlineKind::handover_answer:
        case DeadlineKind::handover_result:
            return false;
    }
    return false;
}

/// Folds one event into the state. One overload per event; a new event does not compile until it has one.
class Evolver {
public:
    Evolver(State& state, const EventHeaderView& header)
        : state_(state), header_(header), fact_{header.version, local_date(header.occurred_at.at)} {}

    void operator()(const CaseRegistered& event) {
        state_.registered = fact_;
        state_.number = event.number;
        state_.organisation = header_.organisation;
        const auto handed_over = parse_handover_origin(event.origin);
        hold(handed_over ? std::string(handed_over->from) : state_.organisation);
        state_.jurisdiction = event.jurisdiction;
        state_.rule_version = event.rules;
        state_.committee = event.committee;
        state_.source = event.source;
        state_.channel = event.channel;
        state_.type = event.type;
        state_.type_detail = event.type_detail;
        state_.type_table = event.type_table;
        state_.difficulty = event.difficulty;
        state_.people_count = event.people_count;
        state_.amount = event.amount;
        state_.origin = event.origin;
        state_.proceedings = 1;
        for (const auto& party : event.parties) state_.parties.push_back({.party = party});
        if (event.source == CaseSource::application) add_document(DocumentKind::application);
        run(event.starts);
    }
    void operator()(const ConsentRequested& event) {
        state_.consent_requested = fact_;
        run(event.starts);
    }
    void operator()(const ConsentGiven& event) {
        if (auto* party = find_party(event.party)) {
            party->consent = fact_;
            party->refusal = {};
        }
        end_consent_when_answered();
    }
    void operator()(const ConsentRefused& event) {
        if (auto* party = find_party(event.party)) {
            party->refusal = fact_;
            party->consent = {};
        }
        end_consent_when_answered();
    }
    void operator()(const AcceptanceRefused& event) {
        state_.refused = fact_;
        end_procedure(event.routes_told, {});
    }
    void operator()(const CaseAccepted& event) {
        state_.accepted = fact_;
        state_.rule_version = event.rules;
        add_document(DocumentKind::acceptance_register);
        stop(DeadlineKind::acceptance);
        stop(DeadlineKind::consent);
        run(event.starts);
    }
    void operator()(const MediatorAssigned& event) {
        state_.mediators.push_back({.mediator = event.mediator, .role = event.role, .assigned = fact_});
    }
    void operator()(const ConflictDisclosed& event) {
        if (auto* mediator = find_mediator(event.mediator)) mediator->conflict_disclosed = fact_;
    }
    void operator()(const RecusalRequested& event) {
        if (auto* mediator = find_mediator(event.mediator)) mediator->recusal_requested = fact_;
    }
    void operator()(const RecusalDecided& event) {
        auto* mediator = find_mediator(event.mediator);
        if (mediator == nullptr) return;
        mediator->recusal_requested = {};
        if (event.outcome == RecusalOutcome::accepted) mediator->recused = fact_;
    }
    void operator()(const MediatorReplaced& event) {
        if (auto* mediator = find_mediator(event.from))
            *mediator = {.mediator = event.to, .role = mediator->role, .assigned = fact_};
    }
    void operator()(const RightsNoticeGiven&) {
        state_.rights_notice = fact_;
        add_document(DocumentKind::rights_notice);
    }
    void operator()(const InvestigationRecorded&) { add_document(DocumentKind::investigation_record); }
    void operator()(const SessionScheduled&) {}
    void operator()(const SessionHeld&) {
        if (!state_.first_session) state_.first_session = fact_;
        state_.last_session = fact_;
        drop_draft();
        add_document(DocumentKind::mediation_record);
    }
    void operator()(const SessionMissed&) {}
    void operator()(const EscalationReported&) {}
    void operator()(const ExtensionAgreed& event) { run(event.starts); }
    void operator()(const MediationSuspended& event) {
        state_.suspended = fact_;
        state_.suspended_days_left.reset();
        if (stop(DeadlineKind::mediation)) state_.suspended_days_left = event.days_left;
    }
    void operator()(const MediationResumed& event) {
        state_.suspended = {};
        state_.suspended_days_left.reset();
        run(event.starts);
    }
    void operator()(const AgreementDrafted& event) {
        drop_draft();
        state_.draft = {.number = event.agreement,
                        .form = event.form,
                        .partial = event.partial,
                        .label = event.number,
                        .copies = event.copies,
                        .amount = event.amount,
                        .drafted = fact_,
                        .obligations = event.obligations};
        add_document(event.form == AgreementForm::oral ? DocumentKind::oral_agreement_register
                                                       : DocumentKind::agreement);
    }
    void operator()(const PartySigned& event) {
        if (auto* party = find_party(event.party)) party->signature = fact_;
        state_.signing_refused = {};
    }
    void operator()(const MediatorSigned& event) {
        if (event.mediator == presiding_mediator(state_)) state_.draft.mediator_signed = fact_;
    }
    void operator()(const SealAffixed&) { state_.draft.sealed = fact_; }
    void operator()(const SigningRefused&) { state_.signing_refused = fact_; }
    void operator()(const AgreementEffective& event) {
        for (auto& owed : state_.obligations) {
            advance(owed.phase, performance_region::table(), trigger<AgreementSuperseded>);
            stop(DeadlineKind::performance, owed.obligation.number);
            if (owed.phase == PerformancePhase::superseded && owed.last.version < header_.version) owed.last = fact_;
        }
        state_.agreement = std::exchange(state_.draft, {});
        state_.agreement.effective = {header_.version, event.on};
        for (const auto& owed : state_.agreement.obligations)
            state_.obligations.push_back({.obligation = owed, .last = state_.agreement.effective});
        for (auto& party : state_.parties) party.signature = {};
        state_.signing_refused = {};
        state_.ended = state_.agreement.effective;
        stop(DeadlineKind::mediation);
        stop(DeadlineKind::confirmation);
        run(event.starts);
        for (const auto& start : event.starts)
            if (start.kind == DeadlineKind::confirmation) state_.confirmation_window = start.due;
    }
    void operator()(const MediationFailed& event) { end_procedure(event.routes_told, event.starts); }
    void operator()(const MediationTerminated& event) { end_procedure(event.routes_told, event.starts); }
    void operator()(const ApplicationWithdrawn& event) { end_procedure(std::nullopt, event.starts); }
    void operator()(const SettledPrivately& event) { end_procedure(std::nullopt, event.starts); }
    void operator()(const CaseTransferred& event) {
        state_.transferred = fact_;
        end_procedure(std::nullopt, {});
        hold(event.to);
    }
    void operator()(const CaseTakenOver&) { hold_here(); }

    void operator()(const ObligationPerformed& event) {
        if (auto* owed = move_obligation(event.obligation, event)) {
            owed->performed.fen += event.amount.fen;
            settle(*owed);
        }
    }
    void operator()(const ObligationPartlyPerformed& event) {
        if (auto* owed = move_obligation(event.obligation, event)) owed->performed.fen += event.amount.fen;
    }
    void operator()(const PerformanceUrged& event) {
        if (auto* owed = move_obligation(event.obligation, event)) ++owed->urged;
    }
    void operator()(const ObligationRenegotiated& event) {
        if (auto* owed = move_obligation(event.obligation, event)) owed->obligation.due = event.due;
        run(event.starts);
    }
    void operator()(const PerformanceRoutesTold& event) {
        if (auto* owed = move_obligation(event.obligation, event)) {
            owed->routes_told = fact_;
            stop(DeadlineKind::performance, event.obligation);
        }
    }
    void operator()(const PerformanceProceedingStarted& event) {
        if (move_obligation(event.obligation, event) != nullptr) stop(DeadlineKind::performance, event.obligation);
    }
    void operator()(const ObligationWaived& event) {
        if (auto* owed = move_obligation(event.obligation, event)) settle(*owed);
    }

    void operator()(const RevisitMade& event) {
        state_.revisits.push_back({.version = header_.version,
                                   .on = fact_.on,
                                   .revisitor = event.revisitor,
                                   .method = event.method,
                                   .satisfaction = event.satisfaction,
                                   .fulfilment = event.fulfilment,
                                   .residual_risk = event.residual_risk,
                                   .problem = event.problem});
        add_document(DocumentKind::revisit_record);
        stop(DeadlineKind::revisit);
    }
    void operator()(const RevisitUnreachable&) {}
    void operator()(const FollowUpOpened& event) {
        state_.follow_ups.push_back({.assignee = event.assignee, .problem = event.problem, .opened = fact_});
        run(event.starts);
    }
    void operator()(const FollowUpResolved&) {
        if (!state_.follow_ups.empty()) state_.follow_ups.back().resolved = fact_;
        stop(DeadlineKind::follow_up);
    }
    void operator()(const FollowUpEscalated&) {
        if (!state_.follow_ups.empty()) state_.follow_ups.back().escalated = fact_;
        stop(DeadlineKind::follow_up);
    }

    void operator()(const ConfirmationApplied&) {
        state_.confirmation_applied = fact_;
        stop(DeadlineKind::confirmation);
        add_document(DocumentKind::confirmation_papers);
    }
    void operator()(const ConfirmationAccepted&) { state_.confirmation_step = fact_; }
    void operator()(const ConfirmationNotAccepted&) { state_.confirmation_step = fact_; }
    void operator()(const ConfirmationGranted& event) {
        state_.confirmation_ruled = fact_;
        run(event.starts);
    }
    void operator()(const ConfirmationDismissed&) { state_.confirmation_ruled = fact_; }
    void operator()(const ConfirmationWithdrawn&) { state_.confirmation_step = fact_; }

    void operator()(const DocumentFiled& event) { add_document(event.kind); }
    void operator()(const CaseClosed& event) {
        state_.closed = fact_;
        state_.result = event.result;
        for (const auto kind : {DeadlineKind::acceptance, DeadlineKind::consent, DeadlineKind::mediation,
                                DeadlineKind::follow_up, DeadlineKind::filing})
            stop(kind);
        run(event.starts);
    }
    void operator()(const CaseArchived&) {
        state_.archived = fact_;
        stop(DeadlineKind::filing);
    }
    void operator()(const CaseReopened& event) {
        state_.reopened = fact_;
        state_.closed = {};
        state_.archived = {};
        state_.result.reset();
        stop(DeadlineKind::filing);
        if (!event.new_proceeding) return;
        begin_proceeding();
        hold_here();
    }
    void operator()(const LateFactRecorded&) {}
    void operator()(const FactCorrected& event) { state_.corrections.emplace_back(event.corrects, event.field); }
    void operator()(const DetailsCorrected& event) {
        state_.type = event.type;
        state_.source = event.source;
        state_.difficulty = event.difficulty;
        state_.people_count = event.people_count;
        state_.amount = event.amount;
        state_.corrections.emplace_back(state_.registered.version, "details");
    }

    void operator()(const AlarmRaised& event) {
        const auto running = find_deadline(event.kind, event.item);
        if (running == state_.deadlines.end()) return;
        running->next_level = static_cast<std::uint8_t>(static_cast<std::uint8_t>(event.level) + 1);
        if (event.level != AlarmLevel::passed) return;
        if (event.kind == DeadlineKind::performance)
            if (auto* owed = find_obligation(event.item)) {
                const auto before = owed->phase;
                advance(owed->phase, performance_region::table(), trigger<PerformanceOverdue>);
                if (owed->phase != before) owed->last = fact_;
            }
        if (closes_when_passed(event.kind)) state_.deadlines.erase(running);
    }
    void operator()(const DeadlinesRecomputed& event) {
        run(event.starts);
        for (const auto& start : event.starts)
            if (start.kind == DeadlineKind::confirmation) state_.confirmation_window = start.due;
    }
    void operator()(const CaseLinked& event) {
        if (event.relation == "feedback") stop(DeadlineKind::feedback);
    }
    void operator()(const HarmPrevented&) {}

    void operator()(const HandoverOffered& event) {
        state_.handover = {.id = event.handover,
                           .other = event.to,
                           .target = event.target,
                           .kind = event.kind,
                           .reason = event.reason,
                           .offered = fact_};
        run(event.starts);
    }
    void operator()(const HandoverAccepted& event) {
        answer_handover();
        state_.handover.reference = event.reference;
        state_.transferred = fact_;
        end_procedure(std::nullopt, {});
        hold(state_.handover.other);
    }
    void operator()(const HandoverReturned&) { end_offer(); }
    void operator()(const HandoverWithdrawn&) { end_offer(); }
    void operator()(const HandoverLapsed&) { end_offer(); }
    void operator()(const HandoverResultReceived& event) {
        settle_handover(event.outcome);
        stop(DeadlineKind::handover_result);
    }
    void operator()(const CaseTakenBack&) {
        hold_here();
        begin_proceeding();
        if (state_.closed) state_.reopened = fact_;
        state_.closed = state_.archived = {};
        state_.result.reset();
        stop(DeadlineKind::filing);
    }
    void operator()(const HandoverReceived& event) {
        state_.handover = {.id = event.handover,
                           .other = event.from,
                           .reference = event.reference,
                           .target = event.target,
                           .kind = event.kind,
                           .reason = event.reason,
                           .offered = fact_};
        state_.holder = event.from;
        state_.held_since = {header_.version, event.held_since};
        run(event.starts);
    }
    void operator()(const HandoverTaken&) { answer_handover(); }
    void operator()(const HandoverDeclined& event) {
        answer_handover();
        state_.refused = fact_;
        end_procedure(event.routes_told, {});
    }
    void operator()(const HandoverConfirmed& event) {
        answer_handover();
        state_.holder = state_.organisation;
        state_.held_since = {header_.version, event.since};
    }
    void operator()(const HandoverOfferEnded&) {
        answer_handover();
        end_procedure(std::nullopt, {});
    }
    void operator()(const HandoverResultFedBack& event) {
        settle_handover(event.outcome);
        stop(DeadlineKind::feedback);
    }
    void operator()(const CaseHandedBack& event) {
        settle_handover(event.outcome);
        stop(DeadlineKind::feedback);
        hold(state_.handover.other);
    }
    void operator()(const PersonalDataDisclosed&) {}
    void operator()(const CaseClassified& event) {
        state_.confidentiality = event.level;
        state_.classified = fact_;
    }
    // What can be read is the keys' business; nothing that decides reads a sealed text.
    void operator()(const PersonalDataErased&) {}
    void operator()(const ProcessingRestricted& event) {
        std::erase_if(state_.restricted, [&](const auto& one) { return one.first == event.subject; });
        if (!event.lifted) state_.restricted.emplace_back(event.subject, fact_.version);
    }

private:
    PartyState* find_party(PartyNumber number) {
        const auto found = std::ranges::find(state_.parties, number, [](const auto& one) { return one.party.number; });
        return found == state_.parties.end() ? nullptr : &*found;
    }
    MediatorState* find_mediator(std::string_view mediator) {
        const auto found = std::ranges::find(state_.mediators, mediator, &MediatorState::mediator);
        return found == state_.mediators.end() ? nullptr : &*found;
    }
    ObligationState* find_obligation(ObligationNumber number) {
        const auto found =
            std::ranges::find(state_.obligations, number, [](const auto& one) { return one.obligation.number; });
        return found == state_.obligations.end() ? nullptr : &*found;
    }
    template <class E>
    ObligationState* move_obligation(ObligationNumber number, const E&) {
        auto* owed = find_obligation(number);
        if (owed == nullptr) return nullptr;
        advance(owed->phase, performance_region::table(), trigger<E>);
        owed->last = fact_;
        return owed;
    }
    void settle(const ObligationState& owed) {
        stop(DeadlineKind::performance, owed.obligation.number);
        if (std::ranges::all_of(state_.obligations, [](const auto& one) { return is_settled(one.phase); }))
            stop(DeadlineKind::enforcement);
    }

    std::vector<RunningDeadline>::iterator find_deadline(DeadlineKind kind, std::uint16_t item) {
        return std::ranges::find_if(state_.deadlines, [&](const auto& running) {
            return running.start.kind == kind && running.start.item == item;
        });
    }
    bool stop(DeadlineKind kind, std::uint16_t item = 0) {
        const auto running = find_deadline(kind, item);
        if (running == state_.deadlines.end()) return false;
        state_.deadlines.erase(running);
        return true;
    }
    void run(const Deadlines& starts) {
        for (const auto& start : starts) {
            const RunningDeadline fresh{.start = start, .since = header_.version};
            if (const auto running = find_deadline(start.kind, start.item); running != state_.deadlines.end())
                *running = fresh;
            else
                state_.deadlines.push_back(fresh);
        }
    }

    void hold(std::string holder) {
        state_.holder = std::move(holder);
        state_.held_since = fact_;
    }
    void hold_here() {
        if (state_.holder != state_.organisation) hold(state_.organisation);
    }
    void answer_handover() {
        if (!state_.handover.answered) state_.handover.answered = fact_;
        stop(DeadlineKind::handover_answer);
    }
    /// Of an offer that came to nothing no result is awaited.
    void end_offer() {
        answer_handover();
        stop(DeadlineKind::handover_result);
    }
    void settle_handover(CaseResult outcome) {
        state_.handover.settled = fact_;
        state_.handover.outcome = outcome;
    }

    void add_document(DocumentKind kind) {
        if (std::ranges::find(state_.documents, kind) == state_.documents.end()) state_.documents.push_back(kind);
    }
    void drop_draft() {
        state_.draft = {};
        state_.signing_refused = {};
        for (auto& party : state_.parties) party.signature = {};
    }
    void end_consent_when_answered() {
        if (std::ranges::all_of(state_.parties, [&](const auto& one) {
                return one.consent || one.refusal ||
                       (one.party.role == PartyRole::applicant && state_.source == CaseSource::application);
            }))
            stop(DeadlineKind::consent);
    }
    void end_procedure(const std::optional<Routes>& routes_told, const Deadlines& starts) {
        state_.ended = fact_;
        if (routes_told) state_.routes_told = routes_told;
        drop_draft();
        state_.suspended = {};
        state_.suspended_days_left.reset();
        stop(DeadlineKind::acceptance);
        stop(DeadlineKind::consent);
        stop(DeadlineKind::mediation);
        run(starts);
    }
    /// Everything is kept except what only the last proceeding knew; the parties are asked anew.
    void begin_proceeding() {
        ++state_.proceedings;
        for (auto& party : state_.parties) party.consent = party.refusal = party.signature = {};
        state_.accepted = state_.refused = state_.ended = state_.transferred = state_.consent_requested = {};
        state_.first_session = state_.last_session = {};
        state_.routes_told.reset();
        drop_draft();
        stop(DeadlineKind::limitation);  // The request interrupts it (Civil Code 195).
        stop(DeadlineKind::traffic_police);
    }

    State& state_;
    const EventHeaderView& header_;
    const Fact fact_;
};

}  // namespace

bool is_settled(PerformancePhase phase) {
    return phase == PerformancePhase::performed || phase == PerformancePhase::waived ||
           phase == PerformancePhase::superseded;
}

void Dispute::evolve(State& state, const Event& event, const EventHeaderView& header) {
    advance(state.procedure, procedure_region::table(), procedure_region::trigger_of(event));
    advance(state.revisit, revisit_region::table(), revisit_region::trigger_of(event));
    advance(state.confirmation, confirmation_region::table(), confirmation_region::trigger_of(event));
    advance(state.file, file_region::table(), file_region::trigger_of(event));
    advance(state.custody, custody_region::table(), custody_region::trigger_of(event));
    std::visit(Evolver(state, header), event);
}

}  // namespace anjie::dispute
