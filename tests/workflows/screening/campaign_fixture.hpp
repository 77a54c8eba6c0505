#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "workflows/screening/screening.hpp"

namespace anjie::screening::testing {

inline Date day(unsigned month, unsigned number) { return make_date(2024, month, number); }

inline const OpenCampaign spring{"尼阿排〔2024〕1号", "工地欠薪专项排查", "540629102",          day(3, 1),
                                 day(3, 31),          "540629102-01",     CampaignKind::special};
inline constexpr std::string_view dispute_id = "018e0000-0000-7000-8000-000000000001";

/// One campaign: given events that have happened, when an order comes, then events or a refusal.
class Campaign {
public:
    /// Requires: accepted.
    Campaign& given(const Command& order, Date on) {
        const auto decided = when(order, on);
        INFO((decided ? std::string() : decided.error().code));
        REQUIRE(decided.has_value());
        for (const Event& event : *decided) happen(event, on);
        return *this;
    }
    [[nodiscard]] std::expected<std::vector<Event>, Rejection> when(const Command& order, Date on) const {
        return Screening{}.decide(state_, order, context(on));
    }
    /// "" when accepted, else the refusal's code.
    [[nodiscard]] std::string refusal(const Command& order, Date on) const {
        const auto decided = when(order, on);
        return decided ? std::string() : decided.error().code;
    }
    /// The events it rests on.
    [[nodiscard]] std::vector<Version> facts(const Command& order, Date on) const {
        const auto decided = when(order, on);
        REQUIRE_FALSE(decided.has_value());
        return decided.error().facts;
    }
    void happen(const Event& event, Date on) {
        EventHeaderView header;
        header.version = ++version_;
        header.workflow = workflow_id;
        header.occurred_at = on_day(on);
        header.organisation = "540629102";
        Screening::evolve(state_, event, header);
    }
    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] Version version() const { return version_; }
    /// The day on which everything is recorded.
    Date today = day(6, 1);

private:
    [[nodiscard]] DecisionContext context(Date on) const {
        return {.now = {start_of_day(today).microseconds + 36'000'000'000},
                .occurred_at = on_day(on),
                .actor = "m-01",
                .organisation = "540629102",
                .version = version_};
    }
    State state_;
    Version version_{};
};

inline Campaign opened() {
    Campaign campaign;
    campaign.given(spring, day(3, 1));
    return campaign;
}

/// Version 2 is round 1, version 3 lead 1.
inline Campaign with_lead() {
    auto campaign = opened();
    campaign.given(ReportRound{1, "540629102-01", day(3, 5), false, 40}, day(3, 5));
    campaign.given(ReportLead{1, 1, RiskLevel::orange, "migrant_wages", 6, "540629102"}, day(3, 5));
    return campaign;
}

/// A campaign whose lead 1 is in a phase.
inline Campaign with_lead_in(LeadPhase phase) {
    auto campaign = with_lead();
    switch (phase) {
        case LeadPhase::none:
        case LeadPhase::found:
            break;
        case LeadPhase::resolved:
            campaign.given(ResolveLead{1}, day(3, 6));
            break;
        case LeadPhase::opened:
            campaign.given(OpenLeadAsDispute{1, std::string(dispute_id)}, day(3, 6));
            break;
        case LeadPhase::referred:
            campaign.given(ReferLead{1, "540629-police"}, day(3, 6));
            break;
        case LeadPhase::watched:
            campaign.given(WatchLead{1}, day(3, 6));
            break;
        case LeadPhase::struck_off:
            campaign.given(WatchLead{1}, day(3, 6));
            campaign.given(StrikeOffLead{1, Evidence::visit_record}, day(3, 7));
            break;
    }
    return campaign;
}

/// One event of each type, in the order of `Event`.
inline std::vector<Event> one_of_each() {
    return {CampaignOpened{"尼阿排〔2024〕1号", "工地欠薪专项排查", "540629102", day(3, 1), day(3, 31), "540629102-01",
                           CampaignKind::special},
            RoundReported{1, "540629102-01", day(3, 5), true, 40},
            LeadFound{2, 3, RiskLevel::orange, "migrant_wages", 6, "540629102"},
            LeadResolvedOnSpot{2},
            LeadOpenedAsDispute{2, std::string(dispute_id)},
            LeadReferred{2, "540629-police"},
            LeadWatched{2},
            LeadStruckOff{2, Evidence::signed_statement},
            HarmPrevented{HarmKind::group_petition, 1, 23},
            CampaignClosed{},
            FactCorrected{9, CorrectionReason::entry_error, 1, 21},
            AlarmRaised{DeadlineKind::lead_outcome, 2, AlarmLevel::near, start_of_day(day(3, 28))}};
}

}  // namespace anjie::screening::testing
