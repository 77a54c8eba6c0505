#include "workflows/dispute/phases/procedure.hpp"

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::procedure_region {
namespace {

using enum ProcedurePhase;
using phases::From;

// Before acceptance: consent is sought, and everything may still end.
using Intake = phases::mp11::mp_append<
    From<none>::To<registered, CaseRegistered>,                                //
    From<registered>::To<consent, ConsentRequested, ConsentGiven, ConsentRefused>,  //
    From<registered>::To<ProcedurePhase::refused, AcceptanceRefused>,          //
    From<registered>::To<accepted, CaseAccepted>,                              //
    From<registered>::To<withdrawn, ApplicationWithdrawn>,                     //
    From<registered>::To<settled_privately, SettledPrivately>,                 //
    From<registered>::To<transferred, CaseTransferred>,                        //
    From<registered>::Stays<CaseTakenOver>,                                    //
    From<consent>::Stays<ConsentRequested, ConsentGiven, ConsentRefused, CaseTakenOver>,
    From<consent>::To<ProcedurePhase::refused, AcceptanceRefused>,  //
    From<consent>::To<accepted, CaseAccepted>,                      //
    From<consent>::To<withdrawn, ApplicationWithdrawn>,             //
    From<consent>::To<settled_privately, SettledPrivately>,         //
    From<consent>::To<transferred, CaseTransferred>>;

// Accepted and assigned: until the first session the respondents may still be asked.
using Preparation = phases::mp11::mp_append<
    From<accepted>::To<assigned, MediatorAssigned>,  //
    From<accepted>::Stays<ConsentRequested, ConsentGiven, ConsentRefused, RightsNoticeGiven, InvestigationRecorded,
                          ExtensionAgreed, CaseTakenOver>,
    From<assigned>::Stays<ConsentRequested, ConsentGiven, ConsentRefused, RightsNoticeGiven, InvestigationRecorded,
                          ExtensionAgreed, CaseTakenOver, MediatorAssigned, ConflictDisclosed, RecusalRequested,
                          RecusalDecided, MediatorReplaced, SessionScheduled, SessionMissed>,
    From<assigned>::To<in_mediation, SessionHeld>>;

using Mediation = phases::mp11::mp_append<
    From<in_mediation>::Stays<ConsentGiven, ConsentRefused, RightsNoticeGiven, InvestigationRecorded, ExtensionAgreed,
                              MediatorAssigned, ConflictDisclosed, RecusalRequested, RecusalDecided, MediatorReplaced,
                              SessionScheduled, SessionMissed, SessionHeld>,
    From<in_mediation>::To<suspended, MediationSuspended>,  //
    From<in_mediation>::To<agreed, AgreementDrafted>,       //
    From<suspended>::Stays<ConsentGiven, ConsentRefused, InvestigationRecorded, MediatorReplaced>,
    From<suspended>::To<in_mediation, MediationResumed>,
    From<agreed>::Stays<AgreementDrafted, PartySigned, MediatorSigned, SealAffixed, SigningRefused, ExtensionAgreed,
                        SessionScheduled, SessionMissed, MediatorReplaced>,
    From<agreed>::To<in_mediation, SessionHeld>,  // Back to the table: the draft falls.
    From<agreed>::To<effective, AgreementEffective>,
    // A later agreement may take the place of the one in force.
    From<effective>::Stays<AgreementDrafted, PartySigned, MediatorSigned, SealAffixed, SigningRefused,
                           AgreementEffective>>;

template <ProcedurePhase P>
using Ends = phases::mp11::mp_append<
    typename From<P>::template To<not_reached, MediationFailed>,
    typename From<P>::template To<terminated, MediationTerminated>,
    typename From<P>::template To<withdrawn, ApplicationWithdrawn>,
    typename From<P>::template To<settled_privately, SettledPrivately>,
    typename From<P>::template To<transferred, CaseTransferred>>;
using Endings = phases::mp11::mp_append<Ends<accepted>, Ends<assigned>, Ends<in_mediation>, Ends<suspended>, Ends<agreed>>;

template <ProcedurePhase P>
using Again = typename From<P>::template To<registered, NewProceeding>;
using NewProceedings =
    phases::mp11::mp_append<Again<ProcedurePhase::refused>, Again<effective>, Again<not_reached>, Again<terminated>,
                            Again<withdrawn>, Again<settled_privately>, Again<transferred>>;

using Rows = phases::mp11::mp_append<Intake, Preparation, Mediation, Endings, NewProceedings>;
using Explorer = phases::Explorer<ProcedurePhase, Table::phase_count, none, Rows>;

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

Trigger trigger_of(const Event& event) {
    const auto* reopened = std::get_if<CaseReopened>(&event);
    return reopened != nullptr && reopened->new_proceeding ? trigger<NewProceeding> : plain_trigger(event);
}

std::optional<ProcedurePhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::dispute::procedure_region
