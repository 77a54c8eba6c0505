#include "workflows/dispute/phases/procedure.hpp"

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::procedure_region {
namespace {

using enum ProcedurePhase;
using phases::From;

struct Asking : phases::Alike<ConsentRequested, ConsentGiven, ConsentRefused> {};
struct Preparing : phases::Alike<RightsNoticeGiven, InvestigationRecorded, ExtensionAgreed> {};
struct Staffing : phases::Alike<MediatorAssigned, ConflictDisclosed, RecusalRequested, RecusalDecided, MediatorReplaced,
                                SessionScheduled, SessionMissed> {};
struct Refusing : phases::Alike<AcceptanceRefused, HandoverDeclined> {};
struct Withdrawing : phases::Alike<ApplicationWithdrawn, HandoverOfferEnded> {};
struct Leaving : phases::Alike<CaseTransferred, HandoverAccepted> {};
struct Signing : phases::Alike<AgreementDrafted, PartySigned, MediatorSigned, SealAffixed, SigningRefused> {};

// Before acceptance: consent is sought, and everything may still end.
template <ProcedurePhase P>
using Undecided = phases::mp11::mp_append<
    typename From<P>::template To<ProcedurePhase::refused, Refusing>,
    typename From<P>::template To<accepted, CaseAccepted>, typename From<P>::template To<consent, Asking>,
    typename From<P>::template To<withdrawn, Withdrawing>,
    typename From<P>::template To<settled_privately, SettledPrivately>,
    typename From<P>::template To<transferred, Leaving>, typename From<P>::template Stays<HandoverOffered>>;
using Intake =
    phases::mp11::mp_append<From<none>::To<registered, CaseRegistered>, Undecided<registered>, Undecided<consent>>;

// The parties may still be asked, and may still refuse, while mediation goes on.
using Mediation = phases::mp11::mp_append<
    From<accepted>::Stays<Asking, Preparing>, From<accepted>::To<assigned, MediatorAssigned>,  //
    From<assigned>::Stays<Asking, Preparing, Staffing>, From<assigned>::To<in_mediation, SessionHeld>,
    From<in_mediation>::Stays<Asking, Preparing, Staffing, SessionHeld>,
    From<in_mediation>::To<suspended, MediationSuspended>,  //
    From<in_mediation>::To<agreed, AgreementDrafted>,       //
    From<suspended>::Stays<Asking, InvestigationRecorded>, From<suspended>::To<in_mediation, MediationResumed>,
    From<agreed>::Stays<Preparing, Staffing, Signing>,  //
    From<agreed>::To<in_mediation, SessionHeld>,        // Back to the table: the draft falls.
    From<agreed>::To<effective, AgreementEffective>,    //
    // A later agreement may take the place of the one in force.
    From<effective>::Stays<Signing, AgreementEffective>>;

template <ProcedurePhase P>
using Ends = phases::mp11::mp_append<typename From<P>::template To<not_reached, MediationFailed>,
                                     typename From<P>::template To<terminated, MediationTerminated>,
                                     typename From<P>::template To<withdrawn, Withdrawing>,
                                     typename From<P>::template To<settled_privately, SettledPrivately>,
                                     typename From<P>::template To<transferred, Leaving>,
                                     typename From<P>::template Stays<HandoverOffered>>;
using Endings =
    phases::mp11::mp_append<Ends<accepted>, Ends<assigned>, Ends<in_mediation>, Ends<suspended>, Ends<agreed>>;

// What failed here may go up or elsewhere (宁波 18 [C, local]), and come back.
using Onward = phases::mp11::mp_append<
    From<not_reached>::Stays<HandoverOffered>, From<not_reached>::To<transferred, HandoverAccepted>,
    From<terminated>::Stays<HandoverOffered>, From<terminated>::To<transferred, HandoverAccepted>,
    From<transferred>::To<registered, CaseTakenBack>>;

template <ProcedurePhase P>
using Again = typename From<P>::template To<registered, NewProceeding>;
using NewProceedings =
    phases::mp11::mp_append<Again<ProcedurePhase::refused>, Again<effective>, Again<not_reached>, Again<terminated>,
                            Again<withdrawn>, Again<settled_privately>, Again<transferred>>;

using AllRows = phases::mp11::mp_append<Intake, Mediation, Endings, Onward, NewProceedings>;

struct Machine : phases::Region<Machine> {
    using Rows = AllRows;
    using initial_state = phases::In<none>;
    struct transition_table : phases::MplRows<Rows>::type {};
};
using Explorer = phases::Explorer<Table, ProcedurePhase, Machine>;

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
