#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/deadline.hpp"
#include "workflows/screening/events.hpp"

/// A campaign as of one version: plain values made by `evolve` alone. No personal data is in here.
namespace anjie::screening {

/// The longest clear text and the most rounds, leads and prevented harms of one campaign.
inline constexpr std::size_t text_bytes_max = 600;
inline constexpr std::size_t items_max = 10'000;

/// Since which version of the case, on which day, something is so; what refusals cite.
struct Fact {
    Version version{};  ///< 0: not a fact yet.
    Date on{};

    bool operator==(const Fact&) const = default;
};

struct RoundState {
    RoundReported round{};
    Version reported{};

    bool operator==(const RoundState&) const = default;
};

struct LeadState {
    LeadFound lead{};
    LeadPhase phase{};
    Fact found{};
    Fact last{};            ///< What put it in this phase.
    std::string dispute{};  ///< Case id, once it was opened as a dispute.
    std::string referred_to{};
    Evidence evidence{Evidence::none};

    bool operator==(const LeadState&) const = default;
};

struct HarmState {
    HarmPrevented harm{};
    Fact recorded{};

    bool operator==(const HarmState&) const = default;
};

/// The last alarm of a deadline that was raised.
struct RaisedAlarm {
    DeadlineKind kind{};
    std::uint16_t item{};
    AlarmLevel level{};

    bool operator==(const RaisedAlarm&) const = default;
};

struct State {
    CampaignPhase phase{};
    std::string organisation{};  ///< On whose behalf it was opened.
    CampaignOpened campaign{};
    Fact opened{};
    Fact closed{};
    std::vector<RoundState> rounds{};
    std::vector<LeadState> leads{};
    std::vector<HarmState> harms{};
    std::vector<RaisedAlarm> alarms{};

    bool operator==(const State&) const = default;
};

[[nodiscard]] const RoundState* find_round(const State& state, RoundNumber number);
[[nodiscard]] const LeadState* find_lead(const State& state, LeadNumber number);

}  // namespace anjie::screening
