#include "workflows/dispute/phases/custody.hpp"

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::custody_region {
namespace {

using enum CustodyPhase;
using phases::From;

// What the holder alone does; while an offer waits for its answer nothing is concluded that the other side reads of.
struct Asking : phases::Alike<ConsentRequested, ConsentGiven, ConsentRefused> {};
struct Working : phases::Alike<CaseAccepted, MediatorAssigned, ConflictDisclosed, RecusalRequested, RecusalDecided,
                               MediatorReplaced, RightsNoticeGiven, InvestigationRecorded, SessionScheduled,
                               SessionHeld, SessionMissed, ExtensionAgreed, MediationSuspended, MediationResumed> {};
struct Concluding
    : phases::Alike<AcceptanceRefused, AgreementDrafted, PartySigned, MediatorSigned, SealAffixed, SigningRefused,
                    AgreementEffective, MediationFailed, MediationTerminated, ApplicationWithdrawn, SettledPrivately> {
};
struct Unanswered : phases::Alike<HandoverReturned, HandoverWithdrawn, HandoverLapsed> {};

template <CustodyPhase P>
using Holds = typename From<P>::template Stays<Asking, Working, Concluding, CaseClosed, NewProceeding, CaseTakenOver>;
template <CustodyPhase P>
using MovesOn = phases::mp11::mp_append<typename From<P>::template To<offered, HandoverOffered>,
                                        typename From<P>::template To<moved, CaseTransferred>>;

using Here = phases::mp11::mp_append<From<none>::To<held, CaseRegistered>,  //
                                     Holds<held>, MovesOn<held>, Holds<fed_back>, MovesOn<fed_back>>;

// The side that offers. Its log is what decides: an answer after a withdrawal or a lapse changes nothing.
using Offering =
    phases::mp11::mp_append<From<offered>::Stays<Asking, Working>, From<offered>::To<held, Unanswered>,
                            From<offered>::To<away, HandoverAccepted>,  //
                            From<away>::Stays<CaseClosed>, From<away>::To<ended_there, HandoverResultReceived>,
                            From<ended_there>::Stays<CaseClosed>,  //
                            From<ended_there>::To<held, CaseTakenBack>>;

// Moved by letter, without a conversation: what else may happen is the other regions' business, as it always was.
using Moved = phases::mp11::mp_append<From<moved>::Stays<Asking, Working, Concluding, CaseClosed>,
                                      From<moved>::To<held, CaseTakenOver, NewProceeding>>;

// The side that is asked. It holds nothing before the offering side has confirmed.
using Receiving = phases::mp11::mp_append<
    From<none>::To<received, RegisteredFromHandover>, From<received>::Stays<HandoverReceived, Asking>,
    From<received>::To<accepting, HandoverTaken>, From<received>::To<declined, HandoverDeclined>,
    From<received>::To<held_for, HandoverConfirmed>, From<received>::To<offer_ended, HandoverOfferEnded>,  //
    From<accepting>::Stays<Asking>, From<accepting>::To<held_for, HandoverConfirmed>,
    From<accepting>::To<offer_ended, HandoverOfferEnded>,                                                  //
    From<declined>::Stays<CaseClosed>, From<offer_ended>::Stays<CaseClosed>,                               //
    From<held_for>::Stays<Asking, Working, Concluding, CaseClosed, NewProceeding>,                         //
    From<held_for>::To<fed_back, HandoverResultFedBack>, From<held_for>::To<handed_back, CaseHandedBack>,  //
    From<handed_back>::Stays<CaseClosed>>;

using AllRows = phases::mp11::mp_append<Here, Offering, Moved, Receiving>;

struct Machine : phases::Region<Machine> {
    using Rows = AllRows;
    using initial_state = phases::In<none>;
    struct transition_table : phases::MplRows<Rows>::type {};
};
using Explorer = phases::Explorer<Table, CustodyPhase, Machine>;

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

Trigger trigger_of(const Event& event) {
    if (const auto* registered = std::get_if<CaseRegistered>(&event))
        return parse_handover_origin(registered->origin) ? trigger<RegisteredFromHandover> : trigger<CaseRegistered>;
    const auto* reopened = std::get_if<CaseReopened>(&event);
    return reopened != nullptr && reopened->new_proceeding ? trigger<NewProceeding> : plain_trigger(event);
}

std::optional<CustodyPhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::dispute::custody_region
