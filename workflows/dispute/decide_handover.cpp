#include <algorithm>

#include "workflows/dispute/detail/handlers.hpp"

// The conversation of a hand-over. Which step may follow which is the custody region's; here is what a step needs
// beside that, and what it says.
namespace anjie::dispute::detail {
namespace {

/// The same on every machine for the same order; two offers of a case differ in the version.
std::string new_handover_id(const Situation& situation) {
    const auto& state = situation.state;
    return to_string(uuid_v7_of_name(situation.context.now, state.organisation + "|" + to_string(state.number) + "|" +
                                                                std::to_string(situation.context.version)));
}

/// What the other side says belongs to the current hand-over and does not go before its beginning.
Refusal wrong_step(const Situation& situation, const std::string& handover) {
    const auto& current = situation.state.handover;
    if (!handover.empty() && handover != current.id)
        return reject(Code::handover_differs, {current.offered.version}, both(handover + " ≠ " + current.id));
    return not_before(situation, current.offered, Code::before_handover);
}

/// The deadline that the sender set for the answer, in this side's own event.
Deadlines answer_time(const Situation& situation, const ReceiveHandover& command) {
    const auto from = std::min(situation.day(), command.answer_by);
    if (command.answer_by == Date{}) return {};
    const Period period{.count = static_cast<std::int32_t>((command.answer_by - from).count())};
    return {{.kind = DeadlineKind::handover_answer,
             .start = from,
             .period = period,
             .due = {.raw = command.answer_by, .rolled = command.answer_by},
             .rule = "sender"}};
}

/// Of a procedure that has ended in any other way than by an answer to a hand-over.
std::optional<CaseResult> own_result(const State& state) {
    const auto result = result_of(state.procedure);
    return result == CaseResult::transferred ? std::nullopt : result;
}

bool is_settled_here(CaseResult result) {
    return result == CaseResult::succeeded || result == CaseResult::settled_privately;
}

}  // namespace

Decision handle(const Situation& situation, const OfferHandover& command) {
    const auto& state = situation.state;
    if (command.to.empty()) return refuse(Code::missing_value, {}, both("to"));
    if (command.to == state.organisation) return refuse(Code::handover_to_itself, {}, both(command.to));
    if (auto refusal = not_before(situation, state.held_since, Code::before_handover))
        return std::unexpected(std::move(*refusal));
    return accept(situation.with_deadlines(HandoverOffered{.handover = new_handover_id(situation),
                                                           .target = command.target,
                                                           .to = command.to,
                                                           .kind = command.kind,
                                                           .reason = command.reason,
                                                           .papers = command.papers}));
}

Decision handle(const Situation& situation, const WithdrawHandover&) {
    if (auto refusal = wrong_step(situation, {})) return std::unexpected(std::move(*refusal));
    return accept(HandoverWithdrawn{situation.state.handover.id});
}

Decision handle(const Situation& situation, const RecordHandoverAccepted& command) {
    if (auto refusal = wrong_step(situation, command.handover)) return std::unexpected(std::move(*refusal));
    return accept(HandoverAccepted{situation.state.handover.id, command.reference});
}

Decision handle(const Situation& situation, const RecordHandoverReturned& command) {
    if (auto refusal = wrong_step(situation, command.handover)) return std::unexpected(std::move(*refusal));
    return accept(HandoverReturned{situation.state.handover.id, command.ground});
}

Decision handle(const Situation& situation, const RecordHandoverResult& command) {
    if (auto refusal = wrong_step(situation, command.handover)) return std::unexpected(std::move(*refusal));
    const auto& id = situation.state.handover.id;
    if (!command.handed_back) return accept(HandoverResultReceived{id, command.outcome});
    return accept(HandoverResultReceived{id, command.outcome}, CaseTakenBack{id});
}

Decision handle(const Situation& situation, const ReceiveHandover& command) {
    for (const auto& [name, value] : {std::pair<std::string_view, const std::string&>{"handover", command.handover},
                                      {"from", command.from},
                                      {"reference", command.reference}})
        if (value.empty()) return refuse(Code::missing_value, {}, both(std::string(name)));
    if (command.from == situation.context.organisation) return refuse(Code::handover_to_itself, {}, both(command.from));
    auto events = register_case(situation, {.number = command.number,
                                            .jurisdiction = command.jurisdiction,
                                            .committee = command.committee,
                                            .source = command.source,
                                            .channel = Channel::transferred,
                                            .type = command.type,
                                            .type_detail = command.type_detail,
                                            .difficulty = command.difficulty,
                                            .parties = command.parties,
                                            .people_count = command.people_count,
                                            .amount = command.amount,
                                            .origin = handover_origin(command.handover, command.from)});
    if (!events) return events;
    events->emplace_back(HandoverReceived{.handover = command.handover,
                                          .from = command.from,
                                          .reference = command.reference,
                                          .target = command.target,
                                          .kind = command.kind,
                                          .reason = command.reason,
                                          .papers = command.papers,
                                          .held_since = command.held_since,
                                          .starts = answer_time(situation, command)});
    return events;
}

// Nobody is taken on who has clearly refused (art. 17); that all agree is asked for when the case itself is accepted.
Refusal precondition(const Situation& situation, Order<AcceptHandover>) { return nobody_refuses(situation.state); }

Decision handle(const Situation& situation, const AcceptHandover&) {
    if (auto refusal = wrong_step(situation, {})) return std::unexpected(std::move(*refusal));
    return accept(HandoverTaken{situation.state.handover.id});
}

Decision handle(const Situation& situation, const ReturnHandover& command) {
    if (auto refusal = wrong_step(situation, {})) return std::unexpected(std::move(*refusal));
    if (command.routes_told.empty()) return refuse(Code::routes_not_told);
    return accept(HandoverDeclined{situation.state.handover.id, command.ground, command.routes_told});
}

Decision handle(const Situation& situation, const RecordHandoverConfirmed& command) {
    if (auto refusal = wrong_step(situation, command.handover)) return std::unexpected(std::move(*refusal));
    return accept(HandoverConfirmed{situation.state.handover.id, command.since});
}

Decision handle(const Situation& situation, const RecordHandoverEnded& command) {
    if (auto refusal = wrong_step(situation, command.handover)) return std::unexpected(std::move(*refusal));
    return accept(HandoverOfferEnded{situation.state.handover.id, command.ending});
}

Refusal precondition(const Situation& situation, Order<FeedResultBack>) {
    if (own_result(situation.state)) return std::nullopt;
    return reject(Code::procedure_running, {situation.state.held_since.version});
}

Decision handle(const Situation& situation, const FeedResultBack&) {
    if (auto refusal = not_before(situation, situation.state.ended, Code::before_handover))
        return std::unexpected(std::move(*refusal));
    return accept(HandoverResultFedBack{situation.state.handover.id, *own_result(situation.state)});
}

Refusal precondition(const Situation& situation, Order<HandCaseBack>) {
    const auto result = own_result(situation.state);
    if (!result) return reject(Code::procedure_running, {situation.state.held_since.version});
    if (is_settled_here(*result)) return reject(Code::nothing_to_hand_back, {situation.state.ended.version});
    return std::nullopt;
}

Decision handle(const Situation& situation, const HandCaseBack&) {
    if (auto refusal = not_before(situation, situation.state.ended, Code::before_handover))
        return std::unexpected(std::move(*refusal));
    return accept(CaseHandedBack{situation.state.handover.id, *own_result(situation.state)});
}

Decision handle(const Situation&, const RecordDisclosure& command) {
    if (command.to.empty()) return refuse(Code::missing_value, {}, both("to"));
    if (command.purpose.empty()) return refuse(Code::missing_value, {}, both("purpose"));
    if (command.fields.empty()) return refuse(Code::missing_value, {}, both("fields"));
    return accept(PersonalDataDisclosed{command.to, command.purpose, command.fields, command.subjects});
}

}  // namespace anjie::dispute::detail
