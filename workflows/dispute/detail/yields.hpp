#pragma once

#include <array>

#include "workflows/dispute/commands.hpp"
#include "workflows/dispute/phases/region.hpp"

/// Which events an order asks for: what the regions' machines are asked about before it is judged. Events that follow
/// of themselves (an agreement taking effect with its last signature) are not listed.
namespace anjie::dispute::detail {

template <class... E>
struct Any {
    static constexpr std::array<Trigger, sizeof...(E)> triggers{trigger<E>...};
};

// clang-format off
template <class C> struct Yields;
template <> struct Yields<RegisterCase> : Any<CaseRegistered> {};
template <> struct Yields<RequestConsent> : Any<ConsentRequested> {};
template <> struct Yields<GiveConsent> : Any<ConsentGiven> {};
template <> struct Yields<RefuseConsent> : Any<ConsentRefused> {};
template <> struct Yields<RefuseAcceptance> : Any<AcceptanceRefused> {};
template <> struct Yields<AcceptCase> : Any<CaseAccepted> {};
template <> struct Yields<AssignMediator> : Any<MediatorAssigned> {};
template <> struct Yields<DiscloseConflict> : Any<ConflictDisclosed> {};
template <> struct Yields<RequestRecusal> : Any<RecusalRequested> {};
template <> struct Yields<DecideRecusal> : Any<RecusalDecided> {};
template <> struct Yields<ReplaceMediator> : Any<MediatorReplaced> {};
template <> struct Yields<GiveRightsNotice> : Any<RightsNoticeGiven> {};
template <> struct Yields<RecordInvestigation> : Any<InvestigationRecorded> {};
template <> struct Yields<ScheduleSession> : Any<SessionScheduled> {};
template <> struct Yields<HoldSession> : Any<SessionHeld> {};
template <> struct Yields<MissSession> : Any<SessionMissed> {};
template <> struct Yields<ReportEscalation> : Any<EscalationReported> {};
template <> struct Yields<AgreeExtension> : Any<ExtensionAgreed> {};
template <> struct Yields<SuspendMediation> : Any<MediationSuspended> {};
template <> struct Yields<ResumeMediation> : Any<MediationResumed> {};
template <> struct Yields<DraftAgreement> : Any<AgreementDrafted> {};
template <> struct Yields<SignAsParty> : Any<PartySigned> {};
template <> struct Yields<SignAsMediator> : Any<MediatorSigned> {};
template <> struct Yields<AffixSeal> : Any<SealAffixed> {};
template <> struct Yields<RefuseToSign> : Any<SigningRefused> {};
template <> struct Yields<FailMediation> : Any<MediationFailed> {};
template <> struct Yields<TerminateMediation> : Any<MediationTerminated> {};
template <> struct Yields<WithdrawApplication> : Any<ApplicationWithdrawn> {};
template <> struct Yields<SettlePrivately> : Any<SettledPrivately> {};
template <> struct Yields<TransferCase> : Any<CaseTransferred> {};
template <> struct Yields<TakeOverCase> : Any<CaseTakenOver> {};
template <> struct Yields<PerformObligation> : Any<ObligationPerformed, ObligationPartlyPerformed> {};
template <> struct Yields<UrgePerformance> : Any<PerformanceUrged> {};
template <> struct Yields<RenegotiateObligation> : Any<ObligationRenegotiated> {};
template <> struct Yields<TellPerformanceRoutes> : Any<PerformanceRoutesTold> {};
template <> struct Yields<StartPerformanceProceeding> : Any<PerformanceProceedingStarted> {};
template <> struct Yields<WaiveObligation> : Any<ObligationWaived> {};
template <> struct Yields<MakeRevisit> : Any<RevisitMade, RevisitFoundProblem> {};
template <> struct Yields<RecordUnreachable> : Any<RevisitUnreachable> {};
template <> struct Yields<OpenFollowUp> : Any<FollowUpOpened> {};
template <> struct Yields<ResolveFollowUp> : Any<FollowUpResolved> {};
template <> struct Yields<EscalateFollowUp> : Any<FollowUpEscalated> {};
template <> struct Yields<ApplyForConfirmation> : Any<ConfirmationApplied> {};
template <> struct Yields<RecordConfirmationAccepted> : Any<ConfirmationAccepted> {};
template <> struct Yields<RecordConfirmationNotAccepted> : Any<ConfirmationNotAccepted> {};
template <> struct Yields<RecordConfirmationGranted> : Any<ConfirmationGranted> {};
template <> struct Yields<RecordConfirmationDismissed> : Any<ConfirmationDismissed> {};
template <> struct Yields<WithdrawConfirmation> : Any<ConfirmationWithdrawn> {};
template <> struct Yields<FileDocument> : Any<DocumentFiled> {};
template <> struct Yields<CloseCase> : Any<CaseClosed> {};
template <> struct Yields<ArchiveCase> : Any<CaseArchived> {};
template <> struct Yields<ReopenCase> : Any<CaseReopened, NewProceeding> {};
template <> struct Yields<RecordLateFact> : Any<LateFactRecorded> {};
template <> struct Yields<CorrectFact> : Any<FactCorrected> {};
template <> struct Yields<CorrectDetails> : Any<DetailsCorrected> {};
template <> struct Yields<RaiseAlarm> : Any<AlarmRaised> {};
template <> struct Yields<RecomputeDeadlines> : Any<DeadlinesRecomputed> {};
template <> struct Yields<LinkCase> : Any<CaseLinked> {};
template <> struct Yields<RecordHarmPrevented> : Any<HarmPrevented> {};
template <> struct Yields<RecordErasure> : Any<PersonalDataErased> {};
template <> struct Yields<RestrictProcessing> : Any<ProcessingRestricted> {};
template <> struct Yields<ClassifyCase> : Any<CaseClassified> {};
template <> struct Yields<OfferHandover> : Any<HandoverOffered> {};
template <> struct Yields<WithdrawHandover> : Any<HandoverWithdrawn> {};
template <> struct Yields<RecordHandoverAccepted> : Any<HandoverAccepted> {};
template <> struct Yields<RecordHandoverReturned> : Any<HandoverReturned> {};
template <> struct Yields<RecordHandoverResult> : Any<HandoverResultReceived> {};
template <> struct Yields<ReceiveHandover> : Any<RegisteredFromHandover> {};
template <> struct Yields<AcceptHandover> : Any<HandoverTaken> {};
template <> struct Yields<ReturnHandover> : Any<HandoverDeclined> {};
template <> struct Yields<RecordHandoverConfirmed> : Any<HandoverConfirmed> {};
template <> struct Yields<RecordHandoverEnded> : Any<HandoverOfferEnded> {};
template <> struct Yields<FeedResultBack> : Any<HandoverResultFedBack> {};
template <> struct Yields<HandCaseBack> : Any<CaseHandedBack> {};
template <> struct Yields<RecordDisclosure> : Any<PersonalDataDisclosed> {};
// clang-format on

}  // namespace anjie::dispute::detail
