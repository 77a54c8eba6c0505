#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/dispute/statistics/row.hpp"

/// Every number a report can hold, defined once: which cases it counts, by which date, and what it adds up. Tables,
/// rates, drill-down and the checks that sums agree all read these tables. docs/statistics.md says the same in prose.
namespace anjie::dispute::statistics {

/// The edition of all definitions below. A changed meaning is a new edition or a new figure, never a silent change.
inline constexpr std::uint32_t definition_version = 1;

/// 件, 人, 次, 分, 天.
enum class Unit : std::uint8_t { cases, people, times, fen, days, percent };

/// Which day of a case decides whether, and in which month, it falls into the period.
enum class Cohort : std::uint8_t {
    registered,   ///< Registered in the period.
    accepted,     ///< Accepted in the period.
    refused,      ///< Acceptance refused in the period.
    ended,        ///< Mediation ended in the period.
    effective,    ///< Agreement effective in the period.
    revisit_due,  ///< Last day for the revisit, as first set, in the period.
    as_of,        ///< As things stand at the as-of moment, whatever the period.
};

/// What a figure may know beside the case.
struct Frame {
    Date as_of;  ///< The day of the as-of moment.
};

struct Figure {
    std::string id;  ///< Stable, for example "source.court".
    std::string zh;
    std::string en;
    Unit unit{Unit::cases};
    Cohort cohort{Cohort::accepted};
    bool (*counts)(const CaseFacts&, const Figure&, const Frame&){};
    /// What is added for a case that counts; nullptr: 1.
    std::int64_t (*measure)(const CaseFacts&, const Figure&){};
    std::uint16_t code{};  ///< A code table's value, for figures made from one.
    std::int32_t from{};   ///< Bounds for bands, both included.
    std::int32_t to{};
    std::string cases{};  ///< For a sum: the figure that counts the cases behind it; empty: this one counts cases.
};

/// All figures in their order; ids are unique.
[[nodiscard]] std::span<const Figure> figures();
/// Place in `figures()`, or nullopt.
[[nodiscard]] std::optional<std::size_t> find_figure(std::string_view id);

/// The day by which a case falls into a period, or none (not of the cohort, or `as_of`).
[[nodiscard]] Day cohort_day(Cohort cohort, const CaseFacts& facts);
[[nodiscard]] std::string_view cohort_text_zh(Cohort cohort);
[[nodiscard]] std::string_view cohort_text_en(Cohort cohort);

/// A sum that must hold in every report and every group of it: the whole is its parts.
struct Identity {
    std::string id;
    std::string zh;
    std::string en;
    std::string whole;
    std::vector<std::string> parts;
};
[[nodiscard]] std::span<const Identity> identities();

/// A share of one figure in another.
struct Rate {
    std::string_view id;  ///< With its edition: "success_rate/1".
    std::string_view zh;
    std::string_view en;
    std::string_view numerator;
    std::string_view denominator;
    std::string_view cohort_zh;  ///< Which cases, by which date.
    std::string_view cohort_en;
    char source;  ///< C read in law or data, S secondary source, M unconfirmed.
};
[[nodiscard]] std::span<const Rate> rates();

}  // namespace anjie::dispute::statistics
