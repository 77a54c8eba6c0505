#include "workflows/screening/phases/explore.hpp"
#include "workflows/screening/phases/region.hpp"

namespace anjie::screening::campaign_region {
namespace {

using enum CampaignPhase;

// A closed campaign takes no new round and no new lead; what is learned late about its leads (watched ones are carried
// on), prevented harm and corrections may still be recorded.
using Explorer =
    phases::Explorer<Table, CampaignPhase, none,  //
                     phases::To<none, open, CampaignOpened>,
                     phases::Stays<open, RoundReported, LeadFound, LeadResolvedOnSpot, LeadOpenedAsDispute,
                                   LeadReferred, LeadWatched, LeadStruckOff, HarmPrevented, FactCorrected, AlarmRaised>,
                     phases::To<open, closed, CampaignClosed>,
                     phases::Stays<closed, LeadResolvedOnSpot, LeadOpenedAsDispute, LeadReferred, LeadWatched,
                                   LeadStruckOff, HarmPrevented, FactCorrected>>;

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

std::optional<CampaignPhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::screening::campaign_region
