#include <algorithm>

#include "workflows/dispute/detail/handlers.hpp"
#include "workflows/dispute/phases/confirmation.hpp"

namespace anjie::dispute::detail {
namespace {

bool has_draft(const State& state) { return state.draft.number != 0; }

Refusal needs_draft(const State& state) {
    if (!has_draft(state)) return reject(Code::no_agreement_drafted, {state.agreement.effective.version});
    if (state.draft.form == AgreementForm::oral) return reject(Code::not_signed_orally, {state.draft.drafted.version});
    return std::nullopt;
}

/// What takes effect, and from when: derived from the last signature or seal, never typed in.
AgreementEffective effective(const Situation& situation, const AgreementState& agreement, Date on) {
    AgreementEffective event{.agreement = agreement.number, .on = on};
    set_deadlines(situation.yardstick(), situation.state, agreement.obligations, event);
    return event;
}

/// The events of one signature: itself, and the agreement's effect when it was the last one missing.
template <class E>
Decision sign(const Situation& situation, E event, PartyNumber party, bool by_presiding, bool seal) {
    const auto& state = situation.state;
    const auto& draft = state.draft;
    Date last = situation.day();
    bool complete = true;
    const auto count = [&](const Fact& fact, bool now) {
        if (now) return;
        complete &= static_cast<bool>(fact);
        if (fact) last = std::max(last, fact.on);
    };
    for (const auto& one : state.parties) count(one.signature, one.party.number == party);
    count(draft.mediator_signed, by_presiding);
    count(draft.sealed, seal);
    if (!complete) return accept(std::move(event));
    return accept(std::move(event), effective(situation, draft, last));
}

Refusal check_obligation(const Situation& situation, const Obligation& owed) {
    const auto& state = situation.state;
    const bool debtor = find_party(state, owed.debtor) != nullptr;
    const bool creditor = owed.creditor == 0 || find_party(state, owed.creditor) != nullptr;
    if (!debtor || !creditor || owed.debtor == owed.creditor || owed.amount.fen < 0 ||
        (owed.kind == ObligationKind::payment && owed.amount.fen == 0))
        return reject(Code::bad_obligation, {}, both(std::to_string(owed.number)));
    if (owed.due < situation.day())
        return reject(Code::no_obligation_due_before_agreement, {}, both(to_string(owed.due)));
    if (owed.due > latest_day()) return reject(Code::bad_obligation, {}, both(to_string(owed.due)));
    return std::nullopt;
}

std::string default_label(const State& state, std::uint16_t number) {
    auto label = to_string(state.number);
    return number == 1 ? label : label + "-" + std::to_string(number);
}

/// Kinds of dispute for which the law asks for writing.
const RuleReference* writing_rule(DisputeType type) {
    if (type == DisputeType::medical) return &law("MED-39");
    if (type == DisputeType::other_labour) return &law("LAB-14");
    return nullptr;
}

}  // namespace

Refusal precondition(const Situation& situation, Order<DraftAgreement>) {
    const auto& state = situation.state;
    if (auto refusal = nobody_refuses(state)) return refusal;
    if (!permits(state, trigger<ConfirmationWindowOpened>))
        return reject(Code::confirmation_pending, {state.confirmation_applied.version});
    if (situation.rule_set() == nullptr) return reject(Code::rules_unknown, {}, both(state.rule_version));
    return std::nullopt;
}

Decision handle(const Situation& situation, const DraftAgreement& command) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.accepted, Code::agreement_before_acceptance))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = not_before(situation, state.first_session, Code::agreement_before_session))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = not_before(situation, state.agreement.effective, Code::signature_before_agreement))
        return std::unexpected(std::move(*refusal));
    if (const auto* rule = writing_rule(state.type); rule != nullptr && command.form == AgreementForm::oral)
        return std::unexpected(reject_under(*rule, Code::must_be_written, {state.registered.version}));
    if (command.amount.fen < 0) return refuse(Code::negative_amount);
    const auto copies_min = static_cast<std::uint16_t>(state.parties.size() + 1);
    if (command.copies != 0 && command.copies < copies_min)
        return refuse(Code::too_few_copies, {}, both(std::to_string(command.copies)));

    AgreementDrafted event{.agreement = static_cast<std::uint16_t>(state.agreement.number + 1),
                           .form = command.form,
                           .partial = command.partial,
                           .number = command.number,
                           .copies = command.copies == 0 ? copies_min : command.copies,
                           .obligations = command.obligations,
                           .amount = command.amount};
    if (event.number.empty()) event.number = default_label(state, event.agreement);
    auto number =
        static_cast<ObligationNumber>(state.obligations.empty() ? 0 : state.obligations.back().obligation.number);
    for (auto& owed : event.obligations) {
        owed.number = ++number;
        if (auto refusal = check_obligation(situation, owed)) return std::unexpected(std::move(*refusal));
    }
    if (event.form == AgreementForm::written) return accept(std::move(event));
    // An oral agreement takes effect the day it is reached (art. 30).
    const AgreementState oral{.number = event.agreement, .obligations = event.obligations};
    return accept(std::move(event), effective(situation, oral, situation.day()));
}

Refusal precondition(const Situation& situation, Order<SignAsParty>) { return needs_draft(situation.state); }
Refusal precondition(const Situation& situation, Order<SignAsMediator>) {
    if (auto refusal = needs_draft(situation.state)) return refusal;
    const auto* first = presiding(situation.state);
    if (first == nullptr) return reject(Code::no_presiding_mediator);
    if (first->recused) return reject(Code::mediator_recused, {first->recused.version}, both(first->mediator));
    return std::nullopt;
}
Refusal precondition(const Situation& situation, Order<AffixSeal>) {
    if (auto refusal = needs_draft(situation.state)) return refusal;
    if (situation.state.draft.sealed) return reject(Code::already_signed, {situation.state.draft.sealed.version});
    return std::nullopt;
}
Refusal precondition(const Situation& situation, Order<RefuseToSign>) { return needs_draft(situation.state); }

namespace {

Refusal check_signature(const Situation& situation, SigningMethod method) {
    const auto& state = situation.state;
    if (auto refusal = not_before(situation, state.draft.drafted, Code::signature_before_agreement)) return refusal;
    const auto* set = situation.rule_set();
    if (set == nullptr) return reject(Code::rules_unknown, {}, both(state.rule_version));
    if (method == SigningMethod::electronic &&
        std::ranges::find(set->no_electronic_signature, state.type) != set->no_electronic_signature.end())
        return reject(Code::electronic_not_allowed, {state.registered.version});
    return std::nullopt;
}

}  // namespace

Decision handle(const Situation& situation, const SignAsParty& command) {
    const auto* party = find_party(situation.state, command.party);
    if (party == nullptr)
        return refuse(Code::unknown_party, {situation.state.registered.version}, both(std::to_string(command.party)));
    if (party->signature) return refuse(Code::already_signed, {party->signature.version});
    if (auto refusal = check_signature(situation, command.method)) return std::unexpected(std::move(*refusal));
    return sign(situation, PartySigned{command.party, command.method}, command.party, false, false);
}

Decision handle(const Situation& situation, const SignAsMediator& command) {
    const auto& state = situation.state;
    const std::string mediator = command.mediator.empty() ? std::string(presiding_mediator(state)) : command.mediator;
    if (find_mediator(state, mediator) == nullptr) return refuse(Code::unknown_mediator, {}, both(mediator));
    if (auto refusal = check_signature(situation, command.method)) return std::unexpected(std::move(*refusal));
    const bool by_presiding = mediator == presiding_mediator(state);
    if (by_presiding && state.draft.mediator_signed)
        return refuse(Code::already_signed, {state.draft.mediator_signed.version});
    return sign(situation, MediatorSigned{mediator, command.method}, 0, by_presiding, false);
}

Decision handle(const Situation& situation, const AffixSeal&) {
    if (auto refusal = check_signature(situation, SigningMethod::seal)) return std::unexpected(std::move(*refusal));
    return sign(situation, SealAffixed{}, 0, false, true);
}

Decision handle(const Situation& situation, const RefuseToSign& command) {
    const auto* party = find_party(situation.state, command.party);
    if (party == nullptr)
        return refuse(Code::unknown_party, {situation.state.registered.version}, both(std::to_string(command.party)));
    if (party->signature) return refuse(Code::already_signed, {party->signature.version});
    if (auto refusal = not_before(situation, situation.state.draft.drafted, Code::signature_before_agreement))
        return std::unexpected(std::move(*refusal));
    return accept(SigningRefused{command.party});
}

}  // namespace anjie::dispute::detail
