#include "workflows/dispute/detail/handlers.hpp"

namespace anjie::dispute::detail {
namespace {

/// A revisit follows an agreement in force, or the end of a procedure without one.
Refusal check_revisit(const Situation& situation) {
    const auto& state = situation.state;
    if (!state.agreement.effective && !state.ended)
        return reject(Code::revisit_before_agreement, {state.draft.drafted.version, state.accepted.version});
    return std::nullopt;
}

Refusal check_day(const Situation& situation) {
    const auto& state = situation.state;
    const auto& base = state.agreement.effective ? state.agreement.effective : state.ended;
    return not_before(situation, base, Code::revisit_before_agreement);
}

std::string or_actor(const Situation& situation, const std::string& revisitor) {
    return revisitor.empty() ? std::string(situation.context.actor) : revisitor;
}

}  // namespace

Refusal precondition(const Situation& situation, Order<MakeRevisit>) { return check_revisit(situation); }
Refusal precondition(const Situation& situation, Order<RecordUnreachable>) { return check_revisit(situation); }

Decision handle(const Situation& situation, const MakeRevisit& command) {
    const auto& state = situation.state;
    if (auto refusal = check_day(situation)) return std::unexpected(std::move(*refusal));
    if (auto refusal = only_parties(state, command.parties)) return std::unexpected(std::move(*refusal));
    if (!command.agreement_number.empty() && command.agreement_number != state.agreement.label)
        return refuse(Code::agreement_number_differs, {state.agreement.effective.version},
                      both(command.agreement_number + " ≠ " + state.agreement.label));
    return accept(RevisitMade{.agreement_number = state.agreement.label,
                              .revisitor = or_actor(situation, command.revisitor),
                              .method = command.method,
                              .satisfaction = command.satisfaction,
                              .fulfilment = command.fulfilment,
                              .residual_risk = command.residual_risk,
                              .problem = command.problem,
                              .parties = command.parties.empty() ? all_parties(state) : command.parties});
}

Decision handle(const Situation& situation, const RecordUnreachable& command) {
    if (auto refusal = check_day(situation)) return std::unexpected(std::move(*refusal));
    if (command.retry_on <= situation.day())
        return refuse(Code::retry_not_later, {}, both(to_string(command.retry_on)));
    return accept(RevisitUnreachable{or_actor(situation, command.revisitor), command.method, command.retry_on});
}

Decision handle(const Situation& situation, const OpenFollowUp& command) {
    const auto& state = situation.state;
    const RevisitState* cause = nullptr;
    for (const auto& revisit : state.revisits)
        if (revisit.problem != RevisitProblem::none) cause = &revisit;
    if (cause == nullptr) return refuse(Code::no_problem_found);
    if (auto refusal = not_before(situation, {cause->version, cause->on}, Code::follow_up_before_revisit))
        return std::unexpected(std::move(*refusal));
    FollowUpOpened event{.assignee = command.assignee, .problem = command.problem};
    if (event.problem == RevisitProblem{} || event.problem == RevisitProblem::none) event.problem = cause->problem;
    if (event.assignee.empty()) event.assignee = presiding_mediator(state);
    if (event.assignee.empty()) event.assignee = situation.context.actor;
    return accept(situation.with_deadlines(std::move(event)));
}

Decision handle(const Situation& situation, const ResolveFollowUp&) {
    if (auto refusal = not_before(situation, situation.state.follow_ups.back().opened, Code::resolved_before_follow_up))
        return std::unexpected(std::move(*refusal));
    return accept(FollowUpResolved{});
}

Decision handle(const Situation& situation, const EscalateFollowUp& command) {
    if (auto refusal = not_before(situation, situation.state.follow_ups.back().opened, Code::resolved_before_follow_up))
        return std::unexpected(std::move(*refusal));
    return accept(FollowUpEscalated{command.target});
}

}  // namespace anjie::dispute::detail
