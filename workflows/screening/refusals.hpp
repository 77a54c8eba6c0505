#pragma once

#include <cstdint>
#include <vector>

#include "engine/rejection.hpp"

/// Why an order to a campaign is refused; every value has its sentence, rule and remedy in refusals.cpp.
namespace anjie::screening {

enum class Refusal : std::uint16_t {
    foreign_command = 1,
    campaign_not_opened,
    campaign_already_opened,
    campaign_closed,
    in_the_future,
    before_opening,
    period_backwards,
    opened_after_period,
    value_missing,
    value_invalid,
    duplicate_round,
    unknown_round,
    nil_round_has_no_leads,
    lead_before_round,
    duplicate_lead,
    unknown_lead,
    lead_settled_otherwise,
    lead_struck_off,
    no_outcome_yet,
    evidence_missing,
    leads_without_outcome,
    no_report_yet,
    nothing_to_correct,
    not_correctable,
    alarm_not_due,
    too_many_items,
};
inline constexpr Refusal last_refusal = Refusal::too_many_items;

/// The refusal with its explanation, resting on the events `facts`.
[[nodiscard]] Rejection explain(Refusal refusal, std::vector<Version> facts = {});

}  // namespace anjie::screening
