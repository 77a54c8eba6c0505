#include "workflows/dispute/detail/explain.hpp"

#include <algorithm>

#include "workflows/dispute/phases/confirmation.hpp"
#include "workflows/dispute/phases/custody.hpp"
#include "workflows/dispute/phases/file.hpp"
#include "workflows/dispute/phases/performance.hpp"
#include "workflows/dispute/phases/procedure.hpp"
#include "workflows/dispute/phases/revisit.hpp"

namespace anjie::dispute::detail {
namespace {

using Events = std::span<const Trigger>;

template <class Table, class Phase>
bool allows(const Table& table, Phase phase, Events events) {
    return std::ranges::any_of(events, [&](Trigger event) { return table.permits(phase, event); });
}

Rejection explain_file(const State& state) {
    switch (state.file) {
        case FilePhase::none:
            return reject(Code::not_registered);
        case FilePhase::open:
            return reject(Code::case_not_closed, {state.reopened.version, state.registered.version});
        case FilePhase::closed:
            return reject(Code::case_closed, {state.closed.version});
        case FilePhase::archived:
            return reject(Code::case_archived, {state.archived.version});
    }
    return reject(Code::not_registered);
}

/// The first phase of the procedure, in the order of a life, in which one of the events may happen.
ProcedurePhase earliest(Events events) {
    const auto& table = procedure_region::table();
    for (std::size_t i = 0; i < procedure_region::Table::phase_count; ++i)
        if (allows(table, static_cast<ProcedurePhase>(i), events)) return static_cast<ProcedurePhase>(i);
    return ProcedurePhase::none;
}

Rejection explain_procedure(const State& state, Events events, std::optional<Code> early) {
    const auto first = earliest(events);
    switch (state.procedure) {
        case ProcedurePhase::none:
            return reject(Code::not_registered);
        case ProcedurePhase::registered:
        case ProcedurePhase::consent:
            return reject(first >= ProcedurePhase::refused && first > ProcedurePhase::accepted && early
                              ? *early
                              : Code::not_accepted,
                          {state.registered.version});
        case ProcedurePhase::accepted:
            if (first > ProcedurePhase::accepted) return reject(Code::no_mediator, {state.accepted.version});
            return reject(Code::past_that_stage, {state.accepted.version});
        case ProcedurePhase::assigned:
            if (first > ProcedurePhase::assigned)
                return reject(Code::no_session_held, {state.mediators.back().assigned.version});
            return reject(Code::past_that_stage, {state.accepted.version});
        case ProcedurePhase::in_mediation:
            if (first == ProcedurePhase::suspended) return reject(Code::not_suspended);
            if (first > ProcedurePhase::in_mediation)
                return reject(Code::no_agreement_drafted, {state.last_session.version});
            return reject(Code::past_that_stage, {state.accepted.version});
        case ProcedurePhase::suspended:
            return reject(Code::mediation_suspended, {state.suspended.version});
        case ProcedurePhase::agreed:
            return reject(Code::agreement_being_signed, {state.draft.drafted.version});
        case ProcedurePhase::refused:
        case ProcedurePhase::effective:
        case ProcedurePhase::not_reached:
        case ProcedurePhase::terminated:
        case ProcedurePhase::withdrawn:
        case ProcedurePhase::settled_privately:
        case ProcedurePhase::transferred:
            return reject(Code::procedure_ended, {state.ended.version});
    }
    return reject(Code::past_that_stage);
}

Rejection explain_performance(const State& state) {
    if (state.obligations.empty() && !state.agreement.effective)
        return reject(Code::performance_before_agreement, {state.draft.drafted.version, state.registered.version});
    std::vector<Version> facts{state.agreement.effective.version};
    for (const auto& owed : state.obligations) facts.push_back(owed.last.version);
    return reject(Code::nothing_left_to_perform, std::move(facts));
}

Rejection explain_revisit(const State& state, Events events) {
    if (std::ranges::find(events, trigger<FollowUpOpened>) == events.end())
        return reject(Code::no_follow_up_open, {state.revisits.empty() ? Version{0} : state.revisits.back().version});
    if (state.revisit == RevisitPhase::following_up)
        return reject(Code::follow_up_running, {state.follow_ups.back().opened.version});
    return reject(Code::no_problem_found, {state.revisits.empty() ? Version{0} : state.revisits.back().version});
}

Rejection explain_confirmation(const State& state) {
    if (!state.agreement.effective)
        return reject(Code::confirmation_before_agreement, {state.draft.drafted.version, state.registered.version});
    if (is_status_matter(state)) return reject(Code::status_matter, {state.registered.version});
    return reject(
        Code::confirmation_not_available,
        {state.confirmation_applied.version, state.confirmation_step.version, state.confirmation_ruled.version});
}

/// Who holds the case decides before its procedure does.
Rejection explain_custody(const State& state, Events events) {
    const auto& handover = state.handover;
    switch (state.custody) {
        case CustodyPhase::offered:
            return reject(Code::handover_offered, {handover.offered.version}, both(handover.other));
        case CustodyPhase::received:
            return reject(Code::handover_unanswered, {handover.offered.version}, both(handover.other));
        case CustodyPhase::accepting:
            return reject(Code::handover_unconfirmed, {handover.answered.version}, both(handover.other));
        case CustodyPhase::held_for:
            if (allows(custody_region::table(), CustodyPhase::held, events))
                return reject(Code::handover_result_owed, {state.held_since.version}, both(handover.other));
            return reject(Code::no_handover_open, {state.held_since.version});
        case CustodyPhase::none:
        case CustodyPhase::held:
        case CustodyPhase::fed_back:
            return reject(Code::no_handover_open, {handover.answered.version, handover.settled.version});
        case CustodyPhase::away:
        case CustodyPhase::ended_there:
        case CustodyPhase::moved:
        case CustodyPhase::handed_back:
        case CustodyPhase::declined:
        case CustodyPhase::offer_ended:
            return reject(Code::held_elsewhere, {state.held_since.version}, both(state.holder));
    }
    return reject(Code::no_handover_open);
}

}  // namespace

Refusal phase_refusal(const State& state, std::span<const Trigger> events, std::optional<Code> early) {
    if (std::ranges::any_of(events, [&](Trigger event) { return permits(state, event); })) return std::nullopt;
    if (state.file == FilePhase::none) return reject(Code::not_registered);
    events = events.first(1);  // The order's usual event is the one to explain.
    if (!allows(custody_region::table(), state.custody, events)) return explain_custody(state, events);
    if (!allows(procedure_region::table(), state.procedure, events)) {
        // A closed file says more than the ended procedure beneath it.
        if (state.file != FilePhase::open) return explain_file(state);
        return explain_procedure(state, events, early);
    }
    if (!allows(file_region::table(), state.file, events)) return explain_file(state);
    if (!allows(revisit_region::table(), state.revisit, events)) return explain_revisit(state, events);
    if (!allows(confirmation_region::table(), state.confirmation, events)) return explain_confirmation(state);
    return explain_performance(state);
}

}  // namespace anjie::dispute::detail
