#include <algorithm>
#include <array>

#include "workflows/dispute/detail/handlers.hpp"

namespace anjie::dispute::detail {
namespace {

Refusal known_mediator(const State& state, std::string_view mediator) {
    if (find_mediator(state, mediator) != nullptr) return std::nullopt;
    return reject(Code::unknown_mediator, {}, both(std::string(mediator)));
}

/// The last day before which the parties may still agree or the committee must end it, as the limit stands.
bool limit_has_passed(const Situation& situation) {
    const auto* limit = find_running(situation.state, DeadlineKind::mediation);
    return limit != nullptr && situation.day() > limit->start.due.rolled;
}

Refusal check_ending(const Situation& situation, bool by_limit) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.accepted, Code::before_acceptance)) return refusal;
    if (auto refusal = not_before(situation, state.last_session, Code::before_last_session)) return refusal;
    if (!by_limit || limit_has_passed(situation)) return std::nullopt;
    const auto* limit = find_running(state, DeadlineKind::mediation);
    return reject(Code::limit_not_passed, {limit == nullptr ? Version{0} : limit->since},
                  limit == nullptr ? Text{} : both(to_string(limit->start.due.rolled)));
}

/// Longer than nothing, and no longer than ten years whatever the unit.
bool is_sensible(Period period) {
    constexpr std::array<std::int32_t, 4> most{3660, 2600, 120, 10};
    return period.count > 0 && period.count <= most[static_cast<std::size_t>(period.unit) % most.size()];
}

const DeadlineRule* mediation_rule(const Situation& situation) {
    return detail::mediation_rule(situation.rule_set(), situation.state);
}

}  // namespace

Decision handle(const Situation& situation, const AssignMediator& command) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.accepted, Code::before_acceptance))
        return std::unexpected(std::move(*refusal));
    if (command.mediator.empty()) return refuse(Code::missing_value, {}, both("mediator"));
    if (const auto* already = find_mediator(state, command.mediator))
        return refuse(Code::already_assigned, {already->assigned.version}, both(command.mediator));
    if (const auto* first = presiding(state); first != nullptr && command.role == MediatorRole::presiding)
        return refuse(Code::presiding_taken, {first->assigned.version}, both(first->mediator));
    return accept(MediatorAssigned{command.mediator, command.role, command.basis});
}

Decision handle(const Situation& situation, const DiscloseConflict& command) {
    if (auto refusal = known_mediator(situation.state, command.mediator)) return std::unexpected(std::move(*refusal));
    return accept(ConflictDisclosed{command.mediator});
}

Decision handle(const Situation& situation, const RequestRecusal& command) {
    if (auto refusal = known_mediator(situation.state, command.mediator)) return std::unexpected(std::move(*refusal));
    if (auto refusal = only_parties(situation.state, {command.party})) return std::unexpected(std::move(*refusal));
    if (const auto* mediator = find_mediator(situation.state, command.mediator); mediator->recusal_requested)
        return refuse(Code::recusal_pending, {mediator->recusal_requested.version});
    return accept(RecusalRequested{command.party, command.mediator});
}

Refusal precondition(const Situation& situation, Order<DecideRecusal>) {
    if (std::ranges::any_of(situation.state.mediators,
                            [](const auto& one) { return static_cast<bool>(one.recusal_requested); }))
        return std::nullopt;
    return reject(Code::no_recusal_requested);
}

Decision handle(const Situation& situation, const DecideRecusal& command) {
    if (auto refusal = known_mediator(situation.state, command.mediator)) return std::unexpected(std::move(*refusal));
    const auto* mediator = find_mediator(situation.state, command.mediator);
    if (!mediator->recusal_requested) return refuse(Code::no_recusal_requested, {}, both(command.mediator));
    return accept(RecusalDecided{command.mediator, command.outcome});
}

Decision handle(const Situation& situation, const ReplaceMediator& command) {
    if (auto refusal = known_mediator(situation.state, command.from)) return std::unexpected(std::move(*refusal));
    if (command.to.empty()) return refuse(Code::missing_value, {}, both("to"));
    if (const auto* already = find_mediator(situation.state, command.to))
        return refuse(Code::already_assigned, {already->assigned.version}, both(command.to));
    return accept(MediatorReplaced{command.from, command.to});
}

Decision handle(const Situation&, const GiveRightsNotice&) { return accept(RightsNoticeGiven{}); }
Decision handle(const Situation&, const RecordInvestigation&) { return accept(InvestigationRecorded{}); }

Decision handle(const Situation& situation, const ScheduleSession& command) {
    if (command.on < situation.day()) return refuse(Code::day_in_the_past, {}, both(to_string(command.on)));
    return accept(SessionScheduled{command.on});
}

Refusal precondition(const Situation& situation, Order<HoldSession>) {
    const auto& state = situation.state;
    if (auto refusal = nobody_refuses(state)) return refusal;
    std::vector<PartyNumber> missing;
    for (const auto& one : state.parties)
        if (one.party.role == PartyRole::respondent && !one.consent) missing.push_back(one.party.number);
    if (!missing.empty())
        return reject(Code::consent_missing, {state.registered.version, state.consent_requested.version},
                      both(join(missing)));
    const auto* first = presiding(state);
    if (first == nullptr) return reject(Code::no_presiding_mediator);
    if (first->recusal_requested) return reject(Code::recusal_pending, {first->recusal_requested.version});
    if (first->recused) return reject(Code::mediator_recused, {first->recused.version}, both(first->mediator));
    return std::nullopt;
}

Decision handle(const Situation& situation, const HoldSession& command) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.accepted, Code::session_before_acceptance))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = only_parties(state, command.present)) return std::unexpected(std::move(*refusal));
    return accept(SessionHeld{command.present.empty() ? all_parties(state) : command.present});
}

Decision handle(const Situation& situation, const MissSession& command) {
    if (auto refusal = not_before(situation, situation.state.accepted, Code::session_before_acceptance))
        return std::unexpected(std::move(*refusal));
    if (command.absent.empty()) return refuse(Code::missing_value, {}, both("absent"));
    if (auto refusal = only_parties(situation.state, command.absent)) return std::unexpected(std::move(*refusal));
    return accept(SessionMissed{command.absent});
}

Decision handle(const Situation&, const ReportEscalation& command) {
    return accept(EscalationReported{command.target});
}

Refusal precondition(const Situation& situation, Order<AgreeExtension>) {
    const auto* limit = find_running(situation.state, DeadlineKind::mediation);
    if (limit == nullptr) return reject(Code::no_limit_running, {situation.state.accepted.version});
    const auto* rule = mediation_rule(situation);
    if (rule == nullptr) return reject(Code::rules_unknown, {}, both(situation.state.rule_version));
    if (!rule->extendable) return reject_under(rule->reference, Code::not_extendable, {limit->since});
    return std::nullopt;
}

Decision handle(const Situation& situation, const AgreeExtension& command) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.accepted, Code::before_acceptance))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = only_parties(state, command.parties)) return std::unexpected(std::move(*refusal));
    if (!is_sensible(command.period)) return refuse(Code::bad_period, {}, both(to_string(command.period)));
    const auto* limit = find_running(state, DeadlineKind::mediation);
    const auto* rule = mediation_rule(situation);
    if (const auto missing = missing_from(state, command.parties); !missing.empty())
        return std::unexpected(
            reject_under(rule->reference, Code::extension_needs_all, {limit->since}, both(join(missing))));
    if (situation.day() > limit->start.due.rolled)
        return refuse(Code::limit_already_passed, {limit->since}, both(to_string(limit->start.due.rolled)));
    const DeadlineStart longer{.kind = DeadlineKind::mediation, .period = command.period};
    return accept(situation.with_deadlines(ExtensionAgreed{command.parties, {longer}}));
}

Decision handle(const Situation& situation, const SuspendMediation& command) {
    if (auto refusal = not_before(situation, situation.state.first_session, Code::before_last_session))
        return std::unexpected(std::move(*refusal));
    return accept(situation.with_deadlines(MediationSuspended{.reason = command.reason}));
}

Refusal precondition(const Situation& situation, Order<ResumeMediation>) { return nobody_refuses(situation.state); }

Decision handle(const Situation& situation, const ResumeMediation&) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.suspended, Code::before_suspension))
        return std::unexpected(std::move(*refusal));
    if (state.suspended_days_left && mediation_rule(situation) == nullptr)
        return refuse(Code::rules_unknown, {}, both(state.rule_version));
    return accept(situation.with_deadlines(MediationResumed{}));
}

Decision handle(const Situation& situation, const FailMediation& command) {
    if (command.routes_told.empty()) return refuse(Code::routes_not_told);
    if (auto refusal = check_ending(situation, command.reason == FailureReason::limit_expired))
        return std::unexpected(std::move(*refusal));
    return accept(situation.with_deadlines(MediationFailed{command.reason, command.routes_told}));
}

Decision handle(const Situation& situation, const TerminateMediation& command) {
    if (command.routes_told.empty()) return refuse(Code::routes_not_told);
    if (auto refusal = check_ending(situation, command.cause == TerminationCause::limit_expired))
        return std::unexpected(std::move(*refusal));
    if (command.cause == TerminationCause::refuses_to_sign && !situation.state.signing_refused)
        return refuse(Code::nobody_refused_to_sign);
    return accept(situation.with_deadlines(MediationTerminated{command.cause, command.routes_told}));
}

Decision handle(const Situation& situation, const WithdrawApplication& command) {
    const auto* party = find_party(situation.state, command.party);
    if (party == nullptr)
        return refuse(Code::unknown_party, {situation.state.registered.version}, both(std::to_string(command.party)));
    if (party->party.role != PartyRole::applicant)
        return refuse(Code::not_the_applicant, {situation.state.registered.version},
                      both(std::to_string(command.party)));
    if (auto refusal = check_ending(situation, false)) return std::unexpected(std::move(*refusal));
    return accept(situation.with_deadlines(ApplicationWithdrawn{command.party}));
}

Decision handle(const Situation& situation, const SettlePrivately&) {
    if (auto refusal = check_ending(situation, false)) return std::unexpected(std::move(*refusal));
    return accept(situation.with_deadlines(SettledPrivately{}));
}

}  // namespace anjie::dispute::detail
