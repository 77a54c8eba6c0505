@0x9fed9215c5631690;

# Events of the dispute workflow at rest. Ordinals are part of the format: add fields and events at the end, never
# change or reuse one. A union member's ordinal is its event type minus one.
#
# A code is the number of the enum named beside it (codes.hpp); a day counts from 1970-01-01; money is in fen.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("anjie::dispute::schema");

struct Event {
  union {
    caseRegistered @0 :CaseRegistered;
    consentRequested @1 :ConsentRequested;
    consentGiven @2 :ConsentGiven;
    consentRefused @3 :ConsentRefused;
    acceptanceRefused @4 :AcceptanceRefused;
    caseAccepted @5 :CaseAccepted;
    mediatorAssigned @6 :MediatorAssigned;
    conflictDisclosed @7 :ConflictDisclosed;
    recusalRequested @8 :RecusalRequested;
    recusalDecided @9 :RecusalDecided;
    mediatorReplaced @10 :MediatorReplaced;
    rightsNoticeGiven @11 :RightsNoticeGiven;
    investigationRecorded @12 :InvestigationRecorded;
    sessionScheduled @13 :SessionScheduled;
    sessionHeld @14 :SessionHeld;
    sessionMissed @15 :SessionMissed;
    escalationReported @16 :EscalationReported;
    extensionAgreed @17 :ExtensionAgreed;
    mediationSuspended @18 :MediationSuspended;
    mediationResumed @19 :MediationResumed;
    agreementDrafted @20 :AgreementDrafted;
    partySigned @21 :PartySigned;
    mediatorSigned @22 :MediatorSigned;
    sealAffixed @23 :SealAffixed;
    signingRefused @24 :SigningRefused;
    agreementEffective @25 :AgreementEffective;
    mediationFailed @26 :MediationFailed;
    mediationTerminated @27 :MediationTerminated;
    applicationWithdrawn @28 :ApplicationWithdrawn;
    settledPrivately @29 :SettledPrivately;
    caseTransferred @30 :CaseTransferred;
    caseTakenOver @31 :CaseTakenOver;
    obligationPerformed @32 :ObligationPerformed;
    obligationPartlyPerformed @33 :ObligationPartlyPerformed;
    performanceUrged @34 :PerformanceUrged;
    obligationRenegotiated @35 :ObligationRenegotiated;
    performanceRoutesTold @36 :PerformanceRoutesTold;
    performanceProceedingStarted @37 :PerformanceProceedingStarted;
    obligationWaived @38 :ObligationWaived;
    revisitMade @39 :RevisitMade;
    revisitUnreachable @40 :RevisitUnreachable;
    followUpOpened @41 :FollowUpOpened;
    followUpResolved @42 :FollowUpResolved;
    followUpEscalated @43 :FollowUpEscalated;
    confirmationApplied @44 :ConfirmationApplied;
    confirmationAccepted @45 :ConfirmationAccepted;
    confirmationNotAccepted @46 :ConfirmationNotAccepted;
    confirmationGranted @47 :ConfirmationGranted;
    confirmationDismissed @48 :ConfirmationDismissed;
    confirmationWithdrawn @49 :ConfirmationWithdrawn;
    documentFiled @50 :DocumentFiled;
    caseClosed @51 :CaseClosed;
    caseArchived @52 :CaseArchived;
    caseReopened @53 :CaseReopened;
    lateFactRecorded @54 :LateFactRecorded;
    factCorrected @55 :FactCorrected;
    detailsCorrected @56 :DetailsCorrected;
    alarmRaised @57 :AlarmRaised;
    deadlinesRecomputed @58 :DeadlinesRecomputed;
    caseLinked @59 :CaseLinked;
    harmPrevented @60 :HarmPrevented;
    personalDataErased @61 :PersonalDataErased;
    processingRestricted @62 :ProcessingRestricted;
    caseClassified @63 :CaseClassified;
    handoverOffered @64 :HandoverOffered;
    handoverAccepted @65 :HandoverAccepted;
    handoverReturned @66 :HandoverReturned;
    handoverWithdrawn @67 :HandoverWithdrawn;
    handoverLapsed @68 :HandoverLapsed;
    handoverResultReceived @69 :HandoverResultReceived;
    caseTakenBack @70 :CaseTakenBack;
    handoverReceived @71 :HandoverReceived;
    handoverTaken @72 :HandoverTaken;
    handoverDeclined @73 :HandoverDeclined;
    handoverConfirmed @74 :HandoverConfirmed;
    handoverOfferEnded @75 :HandoverOfferEnded;
    handoverResultFedBack @76 :HandoverResultFedBack;
    caseHandedBack @77 :CaseHandedBack;
    personalDataDisclosed @78 :PersonalDataDisclosed;
  }
}

struct Party {
  number @0 :UInt16;
  role @1 :UInt16;  # PartyRole
  kind @2 :UInt16;  # PartyKind
}

struct Obligation {
  number @0 :UInt16;
  debtor @1 :UInt16;
  creditor @2 :UInt16;
  kind @3 :UInt16;  # ObligationKind
  amount @4 :Int64;  # fen
  due @5 :Int32;  # day
}

struct DeadlineStart {
  kind @0 :UInt16;  # DeadlineKind
  item @1 :UInt16;
  start @2 :Int32;  # day
  count @3 :Int32;
  unit @4 :UInt16;  # PeriodUnit
  provisional @5 :Bool;
  raw @6 :Int32;  # day
  rolled @7 :Int32;  # day
  rule @8 :Text;
}

struct CaseRegistered {
  number :group {
    prefix @0 :Text;
    year @1 :UInt16;
    serial @2 :UInt32;
  }
  jurisdiction @3 :Text;
  committee @4 :UInt16;  # CommitteeKind
  source @5 :UInt16;  # CaseSource
  channel @6 :UInt16;  # Channel
  type @7 :UInt16;  # DisputeType
  typeDetail @8 :Text;
  typeTable @9 :Text;
  difficulty @10 :UInt16;  # Difficulty
  parties @11 :List(Party);
  peopleCount @12 :UInt32;
  amount @13 :Int64;  # fen
  origin @14 :Text;
  rules @15 :Text;
  starts @16 :List(DeadlineStart);
}

struct ConsentRequested {
  starts @0 :List(DeadlineStart);
}

struct ConsentGiven {
  party @0 :UInt16;
}

struct ConsentRefused {
  party @0 :UInt16;
}

struct AcceptanceRefused {
  ground @0 :UInt16;  # RefusalGround
  routesTold @1 :List(UInt16);  # Route
}

struct CaseAccepted {
  rules @0 :Text;
  starts @1 :List(DeadlineStart);
}

struct MediatorAssigned {
  mediator @0 :Text;
  role @1 :UInt16;  # MediatorRole
  basis @2 :UInt16;  # AssignmentBasis
}

struct ConflictDisclosed {
  mediator @0 :Text;
}

struct RecusalRequested {
  party @0 :UInt16;
  mediator @1 :Text;
}

struct RecusalDecided {
  mediator @0 :Text;
  outcome @1 :UInt16;  # RecusalOutcome
}

struct MediatorReplaced {
  from @0 :Text;
  to @1 :Text;
}

struct RightsNoticeGiven {}

struct InvestigationRecorded {}

struct SessionScheduled {
  on @0 :Int32;  # day
}

struct SessionHeld {
  present @0 :List(UInt16);
}

struct SessionMissed {
  absent @0 :List(UInt16);
}

struct EscalationReported {
  target @0 :UInt16;  # EscalationTarget
}

struct ExtensionAgreed {
  parties @0 :List(UInt16);
  starts @1 :List(DeadlineStart);
}

struct MediationSuspended {
  reason @0 :UInt16;  # SuspensionReason
  daysLeft @1 :UInt16;
}

struct MediationResumed {
  starts @0 :List(DeadlineStart);
}

struct AgreementDrafted {
  agreement @0 :UInt16;
  form @1 :UInt16;  # AgreementForm
  partial @2 :Bool;
  number @3 :Text;
  copies @4 :UInt16;
  obligations @5 :List(Obligation);
  amount @6 :Int64;  # fen
}

struct PartySigned {
  party @0 :UInt16;
  method @1 :UInt16;  # SigningMethod
}

struct MediatorSigned {
  mediator @0 :Text;
  method @1 :UInt16;  # SigningMethod
}

struct SealAffixed {}

struct SigningRefused {
  party @0 :UInt16;
}

struct AgreementEffective {
  agreement @0 :UInt16;
  on @1 :Int32;  # day
  starts @2 :List(DeadlineStart);
}

struct MediationFailed {
  reason @0 :UInt16;  # FailureReason
  routesTold @1 :List(UInt16);  # Route
  starts @2 :List(DeadlineStart);
}

struct MediationTerminated {
  cause @0 :UInt16;  # TerminationCause
  routesTold @1 :List(UInt16);  # Route
  starts @2 :List(DeadlineStart);
}

struct ApplicationWithdrawn {
  party @0 :UInt16;
  starts @1 :List(DeadlineStart);
}

struct SettledPrivately {
  starts @0 :List(DeadlineStart);
}

struct CaseTransferred {
  target @0 :UInt16;  # TransferTarget
  to @1 :Text;
}

struct CaseTakenOver {
  from @0 :Text;
  reference @1 :Text;
}

struct ObligationPerformed {
  obligation @0 :UInt16;
  amount @1 :Int64;  # fen
  onTheSpot @2 :Bool;
}

struct ObligationPartlyPerformed {
  obligation @0 :UInt16;
  amount @1 :Int64;  # fen
}

struct PerformanceUrged {
  obligation @0 :UInt16;
}

struct ObligationRenegotiated {
  obligation @0 :UInt16;
  due @1 :Int32;  # day
  starts @2 :List(DeadlineStart);
}

struct PerformanceRoutesTold {
  obligation @0 :UInt16;
  routesTold @1 :List(UInt16);  # Route
}

struct PerformanceProceedingStarted {
  obligation @0 :UInt16;
  proceeding @1 :UInt16;  # NonPerformanceProceeding
}

struct ObligationWaived {
  obligation @0 :UInt16;
  party @1 :UInt16;
}

struct RevisitMade {
  agreementNumber @0 :Text;
  revisitor @1 :Text;
  method @2 :UInt16;  # RevisitMethod
  satisfaction @3 :UInt16;  # Satisfaction
  fulfilment @4 :UInt16;  # Fulfilment
  residualRisk @5 :UInt16;  # ResidualRisk
  problem @6 :UInt16;  # RevisitProblem
  parties @7 :List(UInt16);
}

struct RevisitUnreachable {
  revisitor @0 :Text;
  method @1 :UInt16;  # RevisitMethod
  retryOn @2 :Int32;  # day
}

struct FollowUpOpened {
  assignee @0 :Text;
  problem @1 :UInt16;  # RevisitProblem
  starts @2 :List(DeadlineStart);
}

struct FollowUpResolved {}

struct FollowUpEscalated {
  target @0 :UInt16;  # EscalationTarget
}

struct ConfirmationApplied {
  parties @0 :List(UInt16);
  court @1 :Text;
}

struct ConfirmationAccepted {}

struct ConfirmationNotAccepted {
  obstacle @0 :UInt16;  # ConfirmationObstacle
}

struct ConfirmationGranted {
  ruling @0 :Text;
  starts @1 :List(DeadlineStart);
}

struct ConfirmationDismissed {
  obstacle @0 :UInt16;  # ConfirmationObstacle
}

struct ConfirmationWithdrawn {
  deemed @0 :Bool;
}

struct DocumentFiled {
  kind @0 :UInt16;  # DocumentKind
  pages @1 :UInt16;
}

struct CaseClosed {
  result @0 :UInt16;  # CaseResult
  starts @1 :List(DeadlineStart);
}

struct CaseArchived {
  volume @0 :Text;
  retention @1 :UInt16;  # Retention
}

struct CaseReopened {
  newProceeding @0 :Bool;
}

struct LateFactRecorded {}

struct FactCorrected {
  corrects @0 :UInt32;
  field @1 :Text;
  value @2 :Text;
}

struct DetailsCorrected {
  type @0 :UInt16;  # DisputeType
  source @1 :UInt16;  # CaseSource
  difficulty @2 :UInt16;  # Difficulty
  peopleCount @3 :UInt32;
  amount @4 :Int64;  # fen
}

struct AlarmRaised {
  kind @0 :UInt16;  # DeadlineKind
  item @1 :UInt16;
  level @2 :UInt16;  # AlarmLevel
  due @3 :Int64;  # microseconds
  deadline :group {
    raw @4 :Int32;  # day
    rolled @5 :Int32;  # day
    provisional @6 :Bool;
  }
}

struct DeadlinesRecomputed {
  calendar @0 :Text;
  starts @1 :List(DeadlineStart);
}

struct CaseLinked {
  relation @0 :Text;
  reference @1 :Text;
}

struct HarmPrevented {
  kind @0 :UInt16;  # HarmKind
  people @1 :UInt32;
}

struct PersonalDataErased {
  subject @0 :UInt16;
  basis @1 :Text;
}

struct ProcessingRestricted {
  subject @0 :UInt16;
  lifted @1 :Bool;
  basis @2 :Text;
}

struct CaseClassified {
  level @0 :UInt16;  # ConfidentialityLevel
  ground @1 :UInt16;  # ConfidentialityGround
}

struct HandoverOffered {
  handover @0 :Text;
  target @1 :UInt16;  # TransferTarget
  to @2 :Text;
  kind @3 :UInt16;  # HandoverKind
  reason @4 :UInt16;  # HandoverReason
  papers @5 :List(UInt16);  # DocumentKind
  starts @6 :List(DeadlineStart);
}

struct HandoverAccepted {
  handover @0 :Text;
  reference @1 :Text;
}

struct HandoverReturned {
  handover @0 :Text;
  ground @1 :UInt16;  # RefusalGround
}

struct HandoverWithdrawn {
  handover @0 :Text;
}

struct HandoverLapsed {
  handover @0 :Text;
}

struct HandoverResultReceived {
  handover @0 :Text;
  outcome @1 :UInt16;  # CaseResult
}

struct CaseTakenBack {
  handover @0 :Text;
}

struct HandoverReceived {
  handover @0 :Text;
  from @1 :Text;
  reference @2 :Text;
  target @3 :UInt16;  # TransferTarget
  kind @4 :UInt16;  # HandoverKind
  reason @5 :UInt16;  # HandoverReason
  papers @6 :List(UInt16);  # DocumentKind
  heldSince @7 :Int32;  # day
  starts @8 :List(DeadlineStart);
}

struct HandoverTaken {
  handover @0 :Text;
}

struct HandoverDeclined {
  handover @0 :Text;
  ground @1 :UInt16;  # RefusalGround
  routesTold @2 :List(UInt16);  # Route
}

struct HandoverConfirmed {
  handover @0 :Text;
  since @1 :Int32;  # day
}

struct HandoverOfferEnded {
  handover @0 :Text;
  ending @1 :UInt16;  # HandoverEnding
}

struct HandoverResultFedBack {
  handover @0 :Text;
  outcome @1 :UInt16;  # CaseResult
}

struct CaseHandedBack {
  handover @0 :Text;
  outcome @1 :UInt16;  # CaseResult
}

struct PersonalDataDisclosed {
  to @0 :Text;
  purpose @1 :Text;
  fields @2 :List(UInt16);  # SealedCode
  subjects @3 :List(UInt16);
}
