#include "workflows/dispute/phases/performance.hpp"

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::performance_region {
namespace {

using enum PerformancePhase;
using phases::From;

// What may become of every obligation that is still owed.
template <PerformancePhase P>
using Settles = phases::mp11::mp_append<typename From<P>::template To<performed, ObligationPerformed>,
                                        typename From<P>::template To<waived, ObligationWaived>,
                                        typename From<P>::template To<renegotiated, ObligationRenegotiated>,
                                        typename From<P>::template To<superseded, AgreementSuperseded>>;

template <PerformancePhase P>
using NotYetDue =
    phases::mp11::mp_append<Settles<P>, typename From<P>::template To<partly_performed, ObligationPartlyPerformed>,
                            typename From<P>::template To<overdue, PerformanceOverdue>,
                            typename From<P>::template To<urged, PerformanceUrged>>;

template <PerformancePhase P>
using Failing = phases::mp11::mp_append<Settles<P>, typename From<P>::template Stays<ObligationPartlyPerformed>,
                                        typename From<P>::template To<in_proceedings, PerformanceProceedingStarted>>;

using AllRows = phases::mp11::mp_append<
    NotYetDue<pending>, NotYetDue<partly_performed>, NotYetDue<renegotiated>,  //
    Failing<overdue>, From<overdue>::To<urged, PerformanceUrged>,              //
    From<overdue>::To<routes_told, PerformanceRoutesTold>,                     //
    Failing<urged>, From<urged>::Stays<PerformanceUrged>,                      //
    From<urged>::To<overdue, PerformanceOverdue>,                              //
    From<urged>::To<routes_told, PerformanceRoutesTold>,                       //
    Failing<routes_told>, From<routes_told>::Stays<PerformanceUrged, PerformanceRoutesTold, PerformanceOverdue>,
    Settles<in_proceedings>,
    From<in_proceedings>::Stays<ObligationPartlyPerformed, PerformanceProceedingStarted, PerformanceOverdue>>;

struct Machine : phases::Region<Machine> {
    using Rows = AllRows;
    using initial_state = phases::In<pending>;
    struct transition_table : phases::MplRows<Rows>::type {};
};
using Explorer = phases::Explorer<Table, PerformancePhase, Machine>;

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

Trigger trigger_of(const Event& event) {
    if (const auto* alarm = std::get_if<AlarmRaised>(&event))
        if (alarm->kind == DeadlineKind::performance && alarm->level == AlarmLevel::passed)
            return trigger<PerformanceOverdue>;
    if (std::holds_alternative<AgreementEffective>(event)) return trigger<AgreementSuperseded>;
    return plain_trigger(event);
}

std::optional<PerformancePhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::dispute::performance_region
