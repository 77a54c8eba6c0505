#include "workflows/screening/phases/explore.hpp"
#include "workflows/screening/phases/region.hpp"

namespace anjie::screening::lead_region {
namespace {

using enum LeadPhase;
using phases::To;

// A lead that was settled, referred or watched may flare up and be opened as a dispute; struck off is the end.
using Explorer = phases::Explorer<Table, LeadPhase, none,  //
                                  To<none, found, LeadFound>, To<found, resolved, LeadResolvedOnSpot>,
                                  To<found, opened, LeadOpenedAsDispute>, To<found, referred, LeadReferred>,
                                  To<found, watched, LeadWatched>,  //
                                  phases::Stays<watched, LeadWatched>, To<watched, resolved, LeadResolvedOnSpot>,
                                  To<watched, opened, LeadOpenedAsDispute>, To<watched, referred, LeadReferred>,
                                  To<watched, struck_off, LeadStruckOff>,  //
                                  phases::Stays<referred, LeadReferred>, To<referred, opened, LeadOpenedAsDispute>,
                                  To<referred, struck_off, LeadStruckOff>,  //
                                  To<resolved, opened, LeadOpenedAsDispute>, To<resolved, struck_off, LeadStruckOff>,
                                  To<opened, struck_off, LeadStruckOff>>;

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

std::optional<LeadPhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::screening::lead_region
