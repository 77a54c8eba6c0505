#pragma once

#include "workflows/dispute/detail/situation.hpp"

/// One handler per command, and what the case's state must be before one is looked at. `decide` and `actions` both
/// ask the same preconditions; which event may follow which phase is asked of the regions' machines before them.
namespace anjie::dispute::detail {

/// Nothing beyond the phases, unless one of the overloads below says so.
template <class C>
[[nodiscard]] Refusal precondition(const Situation&, Order<C>) {
    return std::nullopt;
}
// clang-format off
[[nodiscard]] Refusal precondition(const Situation& situation, Order<AcceptCase> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<DecideRecusal> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<HoldSession> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<AgreeExtension> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<ResumeMediation> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<DraftAgreement> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<SignAsParty> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<SignAsMediator> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<AffixSeal> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<RefuseToSign> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<MakeRevisit> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<RecordUnreachable> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<ApplyForConfirmation> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<CloseCase> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<RaiseAlarm> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<AcceptHandover> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<FeedResultBack> order);
[[nodiscard]] Refusal precondition(const Situation& situation, Order<HandCaseBack> order);
// clang-format on

[[nodiscard]] Decision handle(const Situation& situation, const RegisterCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const RequestConsent& command);
[[nodiscard]] Decision handle(const Situation& situation, const GiveConsent& command);
[[nodiscard]] Decision handle(const Situation& situation, const RefuseConsent& command);
[[nodiscard]] Decision handle(const Situation& situation, const RefuseAcceptance& command);
[[nodiscard]] Decision handle(const Situation& situation, const AcceptCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const AssignMediator& command);
[[nodiscard]] Decision handle(const Situation& situation, const DiscloseConflict& command);
[[nodiscard]] Decision handle(const Situation& situation, const RequestRecusal& command);
[[nodiscard]] Decision handle(const Situation& situation, const DecideRecusal& command);
[[nodiscard]] Decision handle(const Situation& situation, const ReplaceMediator& command);
[[nodiscard]] Decision handle(const Situation& situation, const GiveRightsNotice& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordInvestigation& command);
[[nodiscard]] Decision handle(const Situation& situation, const ScheduleSession& command);
[[nodiscard]] Decision handle(const Situation& situation, const HoldSession& command);
[[nodiscard]] Decision handle(const Situation& situation, const MissSession& command);
[[nodiscard]] Decision handle(const Situation& situation, const ReportEscalation& command);
[[nodiscard]] Decision handle(const Situation& situation, const AgreeExtension& command);
[[nodiscard]] Decision handle(const Situation& situation, const SuspendMediation& command);
[[nodiscard]] Decision handle(const Situation& situation, const ResumeMediation& command);
[[nodiscard]] Decision handle(const Situation& situation, const DraftAgreement& command);
[[nodiscard]] Decision handle(const Situation& situation, const SignAsParty& command);
[[nodiscard]] Decision handle(const Situation& situation, const SignAsMediator& command);
[[nodiscard]] Decision handle(const Situation& situation, const AffixSeal& command);
[[nodiscard]] Decision handle(const Situation& situation, const RefuseToSign& command);
[[nodiscard]] Decision handle(const Situation& situation, const FailMediation& command);
[[nodiscard]] Decision handle(const Situation& situation, const TerminateMediation& command);
[[nodiscard]] Decision handle(const Situation& situation, const WithdrawApplication& command);
[[nodiscard]] Decision handle(const Situation& situation, const SettlePrivately& command);
[[nodiscard]] Decision handle(const Situation& situation, const TransferCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const TakeOverCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const PerformObligation& command);
[[nodiscard]] Decision handle(const Situation& situation, const UrgePerformance& command);
[[nodiscard]] Decision handle(const Situation& situation, const RenegotiateObligation& command);
[[nodiscard]] Decision handle(const Situation& situation, const TellPerformanceRoutes& command);
[[nodiscard]] Decision handle(const Situation& situation, const StartPerformanceProceeding& command);
[[nodiscard]] Decision handle(const Situation& situation, const WaiveObligation& command);
[[nodiscard]] Decision handle(const Situation& situation, const MakeRevisit& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordUnreachable& command);
[[nodiscard]] Decision handle(const Situation& situation, const OpenFollowUp& command);
[[nodiscard]] Decision handle(const Situation& situation, const ResolveFollowUp& command);
[[nodiscard]] Decision handle(const Situation& situation, const EscalateFollowUp& command);
[[nodiscard]] Decision handle(const Situation& situation, const ApplyForConfirmation& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordConfirmationAccepted& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordConfirmationNotAccepted& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordConfirmationGranted& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordConfirmationDismissed& command);
[[nodiscard]] Decision handle(const Situation& situation, const WithdrawConfirmation& command);
[[nodiscard]] Decision handle(const Situation& situation, const FileDocument& command);
[[nodiscard]] Decision handle(const Situation& situation, const CloseCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const ArchiveCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const ReopenCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordLateFact& command);
[[nodiscard]] Decision handle(const Situation& situation, const CorrectFact& command);
[[nodiscard]] Decision handle(const Situation& situation, const CorrectDetails& command);
[[nodiscard]] Decision handle(const Situation& situation, const RaiseAlarm& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecomputeDeadlines& command);
[[nodiscard]] Decision handle(const Situation& situation, const LinkCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordHarmPrevented& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordErasure& command);
[[nodiscard]] Decision handle(const Situation& situation, const RestrictProcessing& command);
[[nodiscard]] Decision handle(const Situation& situation, const ClassifyCase& command);
[[nodiscard]] Decision handle(const Situation& situation, const OfferHandover& command);
[[nodiscard]] Decision handle(const Situation& situation, const WithdrawHandover& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordHandoverAccepted& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordHandoverReturned& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordHandoverResult& command);
[[nodiscard]] Decision handle(const Situation& situation, const ReceiveHandover& command);
[[nodiscard]] Decision handle(const Situation& situation, const AcceptHandover& command);
[[nodiscard]] Decision handle(const Situation& situation, const ReturnHandover& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordHandoverConfirmed& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordHandoverEnded& command);
[[nodiscard]] Decision handle(const Situation& situation, const FeedResultBack& command);
[[nodiscard]] Decision handle(const Situation& situation, const HandCaseBack& command);
[[nodiscard]] Decision handle(const Situation& situation, const RecordDisclosure& command);

/// The registration itself, whoever asks for it.
[[nodiscard]] Decision register_case(const Situation& situation, const RegisterCase& command);

}  // namespace anjie::dispute::detail
