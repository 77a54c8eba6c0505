#include <catch2/catch.hpp>

#include <deque>
#include <map>

#include "workflows/screening/phases/region.hpp"

using namespace anjie::screening;

namespace {

/// For every phase the machine can reach and every event: what the table says is what the machine does.
template <class Phase, class Table, class Drive>
std::size_t compare(const Table& table, const Drive& drive) {
    std::map<Phase, std::vector<Trigger>> paths{{Phase{}, {}}};
    std::deque<Phase> open{Phase{}};
    while (!open.empty()) {
        const Phase from = open.front();
        open.pop_front();
        REQUIRE(drive(paths[from]) == from);
        for (Trigger event = 0; event < trigger_count; ++event) {
            auto path = paths[from];
            path.push_back(event);
            const auto reached = drive(path);
            INFO("phase " << static_cast<int>(from) << " event " << event);
            REQUIRE(reached == table.next(from, event));
            if (reached && !paths.contains(*reached)) {
                paths.emplace(*reached, path);
                open.push_back(*reached);
            }
        }
    }
    return paths.size();
}

}  // namespace

TEST_CASE("the campaign's table is its machine, for every phase and event, and every phase can be reached") {
    CHECK(compare<CampaignPhase>(campaign_region::table(), campaign_region::drive) ==
          campaign_region::Table::phase_count);
}

TEST_CASE("the lead's table is its machine, for every phase and event, and every phase can be reached") {
    CHECK(compare<LeadPhase>(lead_region::table(), lead_region::drive) == lead_region::Table::phase_count);
}

TEST_CASE("events that name no lead do not concern a lead") {
    for (const Trigger event : {trigger<CampaignOpened>, trigger<RoundReported>, trigger<HarmPrevented>,
                                trigger<CampaignClosed>, trigger<FactCorrected>, trigger<AlarmRaised>})
        for (std::size_t phase = 0; phase < lead_region::Table::phase_count; ++phase)
            CHECK_FALSE(lead_region::table().next(static_cast<LeadPhase>(phase), event));
}
