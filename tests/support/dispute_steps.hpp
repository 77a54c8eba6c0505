#pragma once

#include <vector>

#include "tests/support/dispute_rules.hpp"
#include "workflows/dispute/commands.hpp"

/// The steps that most stories begin with.
namespace anjie::test::steps {

using namespace anjie::dispute;

inline RegisterCase registration(DisputeType type = DisputeType::neighbour,
                                 CaseSource source = CaseSource::application) {
    return {.number = {.prefix = "尼阿调", .year = 2024, .serial = 12},
            .jurisdiction = std::string(township),
            .committee = CommitteeKind::township,
            .source = source,
            .channel = Channel::oral,
            .type = type,
            .difficulty = Difficulty::ordinary,
            .parties = {{.number = 1, .role = PartyRole::applicant}, {.number = 2, .role = PartyRole::respondent}},
            .amount = {300000}};
}

/// A case that a court has offered.
inline ReceiveHandover handed_over(std::string from = "540600-002") {
    const auto order = registration();
    return {.number = order.number,
            .jurisdiction = order.jurisdiction,
            .committee = order.committee,
            .source = CaseSource::court,
            .type = order.type,
            .difficulty = order.difficulty,
            .parties = order.parties,
            .amount = order.amount,
            .handover = "h-1",
            .from = std::move(from),
            .reference = "法〔2024〕9号",
            .target = TransferTarget::other_committee,
            .kind = HandoverKind::entrustment,
            .reason = HandoverReason::entrusted_mediation,
            .held_since = make_date(2024, 2, 20),
            .answer_by = make_date(2024, 3, 11)};
}

inline Obligation payment(std::int64_t fen, Date due, ObligationNumber number = 0) {
    return {.number = number, .debtor = 2, .creditor = 1, .kind = ObligationKind::payment, .amount = {fen}, .due = due};
}

inline std::vector<Command> accepted(const RegisterCase& registered = registration()) {
    return {registered, RequestConsent{}, GiveConsent{1}, GiveConsent{2}, AcceptCase{}};
}
inline std::vector<Command> assigned() {
    return {AssignMediator{"m-1", MediatorRole::presiding, AssignmentBasis::designated}};
}
inline std::vector<Command> signatures() {
    return {SignAsParty{1, SigningMethod::handwritten}, SignAsParty{2, SigningMethod::fingerprint},
            SignAsMediator{"", SigningMethod::handwritten}, AffixSeal{}};
}
inline DraftAgreement agreement(std::vector<Obligation> obligations) {
    return {.form = AgreementForm::written, .obligations = std::move(obligations), .amount = {300000}};
}
inline MakeRevisit good_revisit(RevisitProblem problem = RevisitProblem::none) {
    return {.revisitor = "m-2",
            .method = RevisitMethod::home_visit,
            .satisfaction = Satisfaction::satisfied,
            .fulfilment = Fulfilment::fulfilled,
            .residual_risk = ResidualRisk::none,
            .problem = problem};
}

}  // namespace anjie::test::steps
