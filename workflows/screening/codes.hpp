#pragma once

#include <cstdint>
#include <span>

#include "engine/describe.hpp"

/// The code tables of the screening workflow (排查). Numbers are stored in events and are never used twice; codes and
/// names are in codes.cpp.
namespace anjie::screening {

/// 常规排查, 专项排查.
enum class CampaignKind : std::uint16_t { regular = 1, special };
/// 红, 橙, 黄 [S].
enum class RiskLevel : std::uint16_t { red = 1, orange, yellow };
/// What shows that a lead may be struck off (销号). `none` is what a careless order says, and is refused.
enum class Evidence : std::uint16_t {
    none = 1,
    visit_record,
    signed_statement,
    agreement,
    referral_receipt,
    case_closed,
    other,
};
/// 防止…(件/人): the four columns of the statistics.
enum class HarmKind : std::uint16_t { suicide = 1, criminal, group_petition, group_fight };
enum class CorrectionReason : std::uint16_t { entry_error = 1, new_information, duplicate, other };
/// Numbers of `Deadline::kind`.
enum class DeadlineKind : std::uint16_t {
    round_report = 1,  ///< A round, if only a nil report, by the end of the campaign's period.
    lead_outcome,      ///< An outcome of each lead, by the end of the period or the day it was found if later.
};
/// Field codes of sealed text. Subject n: lead n; subject 0: the campaign. None of it is read by a decision.
enum class SealedCode : std::uint16_t { people = 1, place, narrative, measures, responsible, reason, note };

// Phases: one enum per region.
enum class CampaignPhase : std::uint16_t { none, open, closed };
enum class LeadPhase : std::uint16_t { none, found, resolved, opened, referred, watched, struck_off };

[[nodiscard]] std::span<const CodeEntry<CampaignKind>> code_table(CampaignKind);
[[nodiscard]] std::span<const CodeEntry<RiskLevel>> code_table(RiskLevel);
[[nodiscard]] std::span<const CodeEntry<Evidence>> code_table(Evidence);
[[nodiscard]] std::span<const CodeEntry<HarmKind>> code_table(HarmKind);
[[nodiscard]] std::span<const CodeEntry<CorrectionReason>> code_table(CorrectionReason);
[[nodiscard]] std::span<const CodeEntry<DeadlineKind>> code_table(DeadlineKind);
[[nodiscard]] std::span<const CodeEntry<SealedCode>> code_table(SealedCode);
[[nodiscard]] std::span<const CodeEntry<CampaignPhase>> code_table(CampaignPhase);
[[nodiscard]] std::span<const CodeEntry<LeadPhase>> code_table(LeadPhase);

}  // namespace anjie::screening
