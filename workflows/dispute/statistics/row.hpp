#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "engine/event.hpp"
#include "engine/result.hpp"
#include "workflows/dispute/events.hpp"

/// The facts of one case that the figures of docs/statistics.md are made of: one row per case, folded from the case's
/// own events. A row is the whole memory of a figure: no report reads an event.
namespace anjie::dispute::statistics {

/// A day in China, as days since 1970-01-01; or no day.
class Day {
public:
    constexpr Day() = default;
    constexpr explicit Day(Date date) : days_(static_cast<std::int32_t>(date.time_since_epoch().count())) {}

    constexpr explicit operator bool() const { return days_ != none; }
    /// Requires: there is a day.
    [[nodiscard]] constexpr Date date() const { return Date{std::chrono::days{days_}}; }
    /// The number in the row. Requires: there is a day.
    [[nodiscard]] constexpr std::int32_t number() const { return days_; }

    auto operator<=>(const Day&) const = default;

private:
    static constexpr std::int32_t none = INT32_MIN;
    std::int32_t days_{none};
};

/// Harm of one kind prevented (防止…件/人), with what a correction of the last one needs.
struct PreventedHarm {
    std::uint32_t cases{};
    std::uint32_t people{};
    std::uint32_t last_people{};
    Version last_version{};

    bool operator==(const PreventedHarm&) const = default;
};

/// What a revisit answered.
struct RevisitAnswer {
    Day on;
    Version version{};
    Satisfaction satisfaction{};
    Fulfilment fulfilment{};
    ResidualRisk residual_risk{};
    RevisitProblem problem{};

    bool operator==(const RevisitAnswer&) const = default;
};

/// A fact's day and the event it came from, so that a correction naming that event finds it.
struct DatedFact {
    Day on;
    Version version{};

    bool operator==(const DatedFact&) const = default;
};

/// A deadline as first set and as it stands now (moved by agreement, resumption or an amended calendar).
struct TrackedDeadline {
    Day raw;
    Day first_rolled;
    Day rolled;

    bool operator==(const TrackedDeadline&) const = default;
};

/// The terms of an agreement that statistics count.
struct AgreementFacts {
    std::int64_t amount_fen{};
    Version version{};  ///< 0: none.
    AgreementForm form{};
    std::uint16_t partial{};
    std::uint16_t number{};
    std::uint16_t obligations{};
    std::uint32_t reserved{};

    bool operator==(const AgreementFacts&) const = default;
};

/// Fixed-width facts, stored as they lie in memory (little-endian machines only). Has no padding, so equal facts are
/// equal bytes. Every change of it changes `layout_version`.
struct CaseFacts {
    static constexpr std::uint32_t layout_version = 1;

    std::uint32_t layout{layout_version};
    std::uint16_t organisation_bytes{};  ///< Length of the organisation's code, which follows the facts.
    std::uint16_t jurisdiction_bytes{};  ///< Length of the division code, which follows that.

    Instant first_recorded_at;
    Instant last_recorded_at;
    std::int64_t dispute_amount_fen{};
    std::int64_t performed_fen{};
    AgreementFacts drafted;               ///< The last draft, of the current proceeding.
    AgreementFacts agreement;             ///< The effective one, of the current proceeding.
    std::array<PreventedHarm, 4> harm{};  ///< By HarmKind, from 1.

    DatedFact registered;
    DatedFact accepted;  ///< The first acceptance: a case is counted once.
    DatedFact refused;
    DatedFact ended;      ///< Of the current proceeding: agreement effective, failed, terminated, withdrawn ...
    DatedFact effective;  ///< Of the current proceeding.
    DatedFact closed;     ///< Of the file; nothing once reopened.
    DatedFact performed_last;
    RevisitAnswer first_revisit;
    RevisitAnswer last_revisit;
    TrackedDeadline revisit_due;
    TrackedDeadline mediation_due;

    Version version{};  ///< Of the case.
    std::uint32_t people{};
    std::int32_t entry_lag_days_max{};  ///< Longest time from a fact's day to the day it was recorded.
    std::uint32_t revisits{};
    std::uint32_t revisits_unreachable{};
    std::uint32_t follow_ups_opened{};
    std::uint32_t follow_ups_resolved{};
    std::uint32_t follow_ups_escalated{};
    std::uint32_t problems_found{};
    std::uint32_t alarms_passed{};
    std::uint32_t mediation_alarms_passed{};
    std::uint32_t revisit_alarms_passed{};
    std::uint32_t corrections{};
    std::uint32_t urged{};
    std::uint32_t extensions{};

    DisputeType type{};
    CaseSource source{};
    CommitteeKind committee{};
    Channel channel{};
    Difficulty difficulty{};
    CaseResult outcome{};        ///< 0: not ended. Of the current proceeding.
    CaseResult closed_result{};  ///< As closed; 0: not closed.
    ConfirmationPhase confirmation{};
    std::uint16_t parties{};
    std::uint16_t performed{};
    std::uint16_t performed_on_the_spot{};
    std::uint16_t waived{};
    std::uint16_t transfers{};
    std::uint16_t taken_over{};
    std::uint16_t proceedings{};
    std::uint16_t reopened{};
    std::uint16_t suspensions{};
    std::uint16_t in_proceedings{};  ///< Obligations taken to court, arbitration ...

    bool operator==(const CaseFacts&) const = default;
};
static_assert(std::is_trivially_copyable_v<CaseFacts>);
static_assert(std::has_unique_object_representations_v<CaseFacts>);

/// One case's facts with the codes they are grouped by.
struct CaseRow {
    CaseId id;
    CaseFacts facts;
    std::string organisation;  ///< The one that holds the case.
    std::string jurisdiction;

    bool operator==(const CaseRow&) const = default;
};

/// The bytes of a projection row: the facts, then the two codes.
[[nodiscard]] std::string encode_row(const CaseRow& row);
/// Errors: `corrupt` (shorter or longer than it says, or of another layout).
[[nodiscard]] Result<CaseRow> decode_row(CaseId id, std::string_view bytes);

/// What every event changes whatever its type: versions, moments and the lag of its entry.
void apply_header(CaseFacts& facts, const EventHeaderView& header);
/// Folds one event into the row. Includes `apply_header`.
void apply(CaseRow& row, const Event& event, const EventHeaderView& header);

/// Whether any figure needs more of this type of event than its header. Types nobody knows are counted, so that they
/// are looked at.
[[nodiscard]] bool is_counted(EventType type);

/// Whether the agreement has been carried out: every obligation performed or waived by its creditor; where none was
/// recorded, the last revisit found it fulfilled.
[[nodiscard]] bool is_fully_performed(const CaseFacts& facts);

}  // namespace anjie::dispute::statistics
