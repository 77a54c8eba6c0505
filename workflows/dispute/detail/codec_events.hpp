#pragma once

#include "workflows/dispute/detail/codec_values.hpp"
#include "workflows/dispute/dispute.capnp.h"
#include "workflows/dispute/events.hpp"

/// Each event's own layout, both ways side by side in codec_<region>.cpp. A field missing there fails the round trip.
namespace anjie::dispute::detail {

// `write` makes the event the union's member; `read` requires that it is.
#define ANJIE_STORED_EVENT(E)                                \
    void write(schema::Event::Builder root, const E& event); \
    void read(schema::Event::Reader root, E& event, Check& check);

ANJIE_STORED_EVENT(CaseRegistered)
ANJIE_STORED_EVENT(ConsentRequested)
ANJIE_STORED_EVENT(ConsentGiven)
ANJIE_STORED_EVENT(ConsentRefused)
ANJIE_STORED_EVENT(AcceptanceRefused)
ANJIE_STORED_EVENT(CaseAccepted)
ANJIE_STORED_EVENT(MediatorAssigned)
ANJIE_STORED_EVENT(ConflictDisclosed)
ANJIE_STORED_EVENT(RecusalRequested)
ANJIE_STORED_EVENT(RecusalDecided)
ANJIE_STORED_EVENT(MediatorReplaced)
ANJIE_STORED_EVENT(RightsNoticeGiven)
ANJIE_STORED_EVENT(InvestigationRecorded)
ANJIE_STORED_EVENT(SessionScheduled)
ANJIE_STORED_EVENT(SessionHeld)
ANJIE_STORED_EVENT(SessionMissed)
ANJIE_STORED_EVENT(EscalationReported)
ANJIE_STORED_EVENT(ExtensionAgreed)
ANJIE_STORED_EVENT(MediationSuspended)
ANJIE_STORED_EVENT(MediationResumed)
ANJIE_STORED_EVENT(AgreementDrafted)
ANJIE_STORED_EVENT(PartySigned)
ANJIE_STORED_EVENT(MediatorSigned)
ANJIE_STORED_EVENT(SealAffixed)
ANJIE_STORED_EVENT(SigningRefused)
ANJIE_STORED_EVENT(AgreementEffective)
ANJIE_STORED_EVENT(MediationFailed)
ANJIE_STORED_EVENT(MediationTerminated)
ANJIE_STORED_EVENT(ApplicationWithdrawn)
ANJIE_STORED_EVENT(SettledPrivately)
ANJIE_STORED_EVENT(CaseTransferred)
ANJIE_STORED_EVENT(CaseTakenOver)
ANJIE_STORED_EVENT(ObligationPerformed)
ANJIE_STORED_EVENT(ObligationPartlyPerformed)
ANJIE_STORED_EVENT(PerformanceUrged)
ANJIE_STORED_EVENT(ObligationRenegotiated)
ANJIE_STORED_EVENT(PerformanceRoutesTold)
ANJIE_STORED_EVENT(PerformanceProceedingStarted)
ANJIE_STORED_EVENT(ObligationWaived)
ANJIE_STORED_EVENT(RevisitMade)
ANJIE_STORED_EVENT(RevisitUnreachable)
ANJIE_STORED_EVENT(FollowUpOpened)
ANJIE_STORED_EVENT(FollowUpResolved)
ANJIE_STORED_EVENT(FollowUpEscalated)
ANJIE_STORED_EVENT(ConfirmationApplied)
ANJIE_STORED_EVENT(ConfirmationAccepted)
ANJIE_STORED_EVENT(ConfirmationNotAccepted)
ANJIE_STORED_EVENT(ConfirmationGranted)
ANJIE_STORED_EVENT(ConfirmationDismissed)
ANJIE_STORED_EVENT(ConfirmationWithdrawn)
ANJIE_STORED_EVENT(DocumentFiled)
ANJIE_STORED_EVENT(CaseClosed)
ANJIE_STORED_EVENT(CaseArchived)
ANJIE_STORED_EVENT(CaseReopened)
ANJIE_STORED_EVENT(LateFactRecorded)
ANJIE_STORED_EVENT(FactCorrected)
ANJIE_STORED_EVENT(DetailsCorrected)
ANJIE_STORED_EVENT(AlarmRaised)
ANJIE_STORED_EVENT(DeadlinesRecomputed)
ANJIE_STORED_EVENT(CaseLinked)
ANJIE_STORED_EVENT(HarmPrevented)
ANJIE_STORED_EVENT(PersonalDataErased)
ANJIE_STORED_EVENT(ProcessingRestricted)
ANJIE_STORED_EVENT(CaseClassified)
#undef ANJIE_STORED_EVENT

}  // namespace anjie::dispute::detail
