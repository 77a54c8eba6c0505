#include "workflows/dispute/detail/handlers.hpp"
#include "workflows/dispute/phases/performance.hpp"

namespace anjie::dispute::detail {
namespace {

/// The obligation exists, its own phase allows the event, and the event is not dated before there was a duty.
template <class E>
Refusal check(const Situation& situation, ObligationNumber number) {
    const auto& state = situation.state;
    const auto* owed = find_obligation(state, number);
    if (owed == nullptr)
        return reject(Code::unknown_obligation, {state.agreement.effective.version}, both(std::to_string(number)));
    if (auto refusal = not_before(situation, state.agreement.effective, Code::performance_before_agreement))
        return refusal;
    if (!performance_region::table().permits(owed->phase, trigger<E>)) {
        const auto& phase = entry_of(owed->phase);
        return reject(Code::obligation_settled, {owed->last.version},
                      {.zh = std::to_string(number) + "：" + std::string(phase.zh),
                       .en = std::to_string(number) + ": " + std::string(phase.en)});
    }
    return std::nullopt;
}

}  // namespace

Decision handle(const Situation& situation, const PerformObligation& command) {
    if (auto refusal = check<ObligationPerformed>(situation, command.obligation))
        return std::unexpected(std::move(*refusal));
    const auto& owed = *find_obligation(situation.state, command.obligation);
    const auto& agreement = situation.state.agreement;
    if (command.on_the_spot && situation.day() != agreement.effective.on)
        return refuse(Code::not_on_the_spot, {agreement.effective.version}, both(to_string(agreement.effective.on)));
    if (command.amount.fen < 0) return refuse(Code::negative_amount);
    if (command.amount.fen != 0 && owed.obligation.amount.fen == 0) return refuse(Code::not_by_amount);
    const Money left{owed.obligation.amount.fen - owed.performed.fen};
    if (command.amount > left)
        return refuse(Code::more_than_owed, {owed.last.version},
                      both(std::to_string(command.amount.fen) + " > " + std::to_string(left.fen)));
    if (command.amount.fen == 0 || command.amount == left)
        return accept(ObligationPerformed{command.obligation, left, command.on_the_spot});
    return accept(ObligationPartlyPerformed{command.obligation, command.amount});
}

Decision handle(const Situation& situation, const UrgePerformance& command) {
    if (auto refusal = check<PerformanceUrged>(situation, command.obligation))
        return std::unexpected(std::move(*refusal));
    return accept(PerformanceUrged{command.obligation});
}

Decision handle(const Situation& situation, const RenegotiateObligation& command) {
    if (auto refusal = check<ObligationRenegotiated>(situation, command.obligation))
        return std::unexpected(std::move(*refusal));
    if (command.due <= situation.day() || command.due > latest_day())
        return refuse(Code::due_not_later, {}, both(to_string(command.due)));
    if (situation.rule_set() == nullptr) return refuse(Code::rules_unknown, {}, both(situation.state.rule_version));
    return accept(situation.with_deadlines(ObligationRenegotiated{command.obligation, command.due}));
}

Decision handle(const Situation& situation, const TellPerformanceRoutes& command) {
    if (auto refusal = check<PerformanceRoutesTold>(situation, command.obligation))
        return std::unexpected(std::move(*refusal));
    if (command.routes_told.empty()) return std::unexpected(reject_under(law("PML-32"), Code::routes_not_told));
    return accept(PerformanceRoutesTold{command.obligation, command.routes_told});
}

Decision handle(const Situation& situation, const StartPerformanceProceeding& command) {
    if (auto refusal = check<PerformanceProceedingStarted>(situation, command.obligation))
        return std::unexpected(std::move(*refusal));
    return accept(PerformanceProceedingStarted{command.obligation, command.proceeding});
}

Decision handle(const Situation& situation, const WaiveObligation& command) {
    if (auto refusal = check<ObligationWaived>(situation, command.obligation))
        return std::unexpected(std::move(*refusal));
    const auto& owed = *find_obligation(situation.state, command.obligation);
    if (command.party == 0 || command.party != owed.obligation.creditor)
        return refuse(Code::not_the_creditor, {situation.state.agreement.effective.version},
                      both(std::to_string(command.party)));
    return accept(ObligationWaived{command.obligation, command.party});
}

}  // namespace anjie::dispute::detail
