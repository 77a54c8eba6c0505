#include <algorithm>

#include "tests/workflows/screening/campaign_fixture.hpp"

using namespace anjie;
using namespace anjie::screening;
using namespace anjie::screening::testing;

namespace {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint32_t below(std::uint32_t end) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::uint32_t>((state_ >> 33) % end);
    }
    template <class T>
    T number(std::uint32_t end) {
        return static_cast<T>(below(end));
    }

private:
    std::uint64_t state_;
};

/// Sensible and senseless orders alike.
screening::Command any_order(Random& random, const State& state, Date today) {
    const auto lead = [&] { return random.number<LeadNumber>(7); };
    const Date on = today + std::chrono::days{static_cast<int>(random.below(4)) - 2};
    switch (random.below(16)) {
        case 0:
            return spring;
        case 1:
        case 2:
            return ReportRound{random.number<RoundNumber>(6), "540629102-01", on, random.below(3) == 0,
                               random.below(50)};
        case 3:
        case 4:
        case 5:
            return ReportLead{lead(),
                              random.number<RoundNumber>(6),
                              RiskLevel{static_cast<std::uint16_t>(1 + random.below(8) % 4)},
                              random.below(9) == 0 ? "" : "neighbour",
                              random.below(12),
                              "540629102"};
        case 6:
            return ResolveLead{lead()};
        case 7:
            return OpenLeadAsDispute{lead(), random.below(5) == 0 ? "no id" : std::string(dispute_id)};
        case 8:
            return ReferLead{lead(), "540629-police"};
        case 9:
            return WatchLead{lead()};
        case 10:
        case 11:
            return StrikeOffLead{lead(), Evidence{random.number<std::uint16_t>(9)}};
        case 12:
            return RecordHarmPrevented{HarmKind{random.number<std::uint16_t>(6)}, random.below(3), random.below(9)};
        case 13:
            return random.below(6) == 0 ? screening::Command{CloseCampaign{}} : screening::Command{WatchLead{lead()}};
        case 14:
            return CorrectFact{random.below(30), CorrectionReason{random.number<std::uint16_t>(6)}, random.below(2),
                               random.below(9)};
        default:
            break;
    }
    const auto running = Screening{}.deadlines(state);
    if (running.empty() || !running.front().next_alarm)
        return RaiseAlarm{DeadlineKind::round_report, 0, AlarmLevel::passed, start_of_day(on)};
    return RaiseAlarm{DeadlineKind{running.front().kind}, running.front().item, running.front().next_level,
                      *running.front().next_alarm};
}

/// domain.md 5.4 as far as this workflow promises it, read off the state alone.
void require_invariants(const State& state) {
    if (state.phase == CampaignPhase::none) {
        REQUIRE(state == State{});
        return;
    }
    for (const RoundState& round : state.rounds) REQUIRE(round.round.on >= state.opened.on);
    for (const LeadState& lead : state.leads) {
        const auto* round = find_round(state, lead.lead.round);
        REQUIRE(round != nullptr);
        REQUIRE_FALSE(round->round.nil_report);
        REQUIRE(lead.found.on >= round->round.on);
        REQUIRE(lead.last.on >= lead.found.on);
        REQUIRE((lead.phase == LeadPhase::struck_off) == (lead.evidence != Evidence::none));
        if (lead.phase == LeadPhase::opened) REQUIRE_FALSE(lead.dispute.empty());
        if (lead.phase == LeadPhase::referred) REQUIRE_FALSE(lead.referred_to.empty());
        if (state.phase == CampaignPhase::closed) REQUIRE(lead.phase != LeadPhase::found);
        REQUIRE(std::ranges::count(state.leads, lead.lead.lead, [](const auto& l) { return l.lead.lead; }) == 1);
    }
    if (state.phase == CampaignPhase::closed) REQUIRE(Screening{}.deadlines(state).empty());
}

}  // namespace

TEST_CASE("on generated orders replay equals the live state after every step, and a refused order changes nothing") {
    const auto workflow = make_workflow();
    std::size_t accepted = 0, refused = 0, closed = 0, struck_off = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        Random random(seed);
        auto live = workflow->new_state();
        auto replayed = workflow->new_state();
        Version version = 0;
        for (int step = 0; step < 120; ++step) {
            INFO("seed " << seed << " step " << step);
            const auto before = live->clone();
            const Date today = day(2, 27) + std::chrono::days{step / 3 + static_cast<int>(random.below(8))};
            const DecisionContext context{.now = start_of_day(day(5, 1)),
                                          .occurred_at = on_day(today),
                                          .actor = "m-01",
                                          .organisation = "540629102",
                                          .version = version};
            const auto order = any_order(random, ScreeningWorkflow::value_of(*live), today);
            const auto decided = workflow->decide(*live, *make_body<Screening>(order), context);
            if (!decided) {
                ++refused;
                REQUIRE(live->equals(*before));
                continue;
            }
            ++accepted;
            for (const NewEvent& event : *decided) {
                EventView view;
                view.header.version = ++version;
                view.header.workflow = workflow_id;
                view.header.type = event.type;
                view.header.schema = event.schema;
                view.header.occurred_at = context.occurred_at;
                view.header.organisation = context.organisation;
                view.payload = event.payload;
                REQUIRE(workflow->evolve(*replayed, view).has_value());
            }
            REQUIRE(replayed->equals(*live));
            REQUIRE(workflow->deadlines(*replayed) == workflow->deadlines(*live));
            require_invariants(ScreeningWorkflow::value_of(*live));
        }
        const State& end = ScreeningWorkflow::value_of(*live);
        if (end.phase == CampaignPhase::closed) ++closed;
        for (const LeadState& lead : end.leads) struck_off += lead.phase == LeadPhase::struck_off ? 1 : 0;
    }
    // The generator reaches what it is meant to reach.
    CHECK(accepted > 2'000);
    CHECK(refused > 2'000);
    CHECK(closed > 20);
    CHECK(struck_off > 50);
}
