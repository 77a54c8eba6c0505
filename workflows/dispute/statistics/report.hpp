#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/dispute/statistics/tally.hpp"

/// The yearly or periodic report as a plain value: sections of rows of cells, each with stable ids and names in
/// Chinese and English, which an adapter prints as it likes. A report is a pure function of the cases' rows as of a
/// moment, the query and the edition of the definitions; docs/statistics.md says what each number means.
namespace anjie::dispute::statistics {

enum class Language : std::uint8_t { zh, en };

/// A number, or why there is none.
struct Cell {
    std::optional<std::int64_t> value;  ///< Percent: in units of 10^-decimals, rounded half up. Money: fen.
    Unit unit{Unit::cases};
    std::uint8_t decimals{};  ///< Percent only; 0 when the share is a whole percentage exactly.
    bool suppressed{};        ///< Hidden because so few cases could be recognised.
    std::string figure;       ///< Figure or rate it shows; what `cases_behind` understands.

    bool operator==(const Cell&) const = default;
};
/// "12", "97.6%", "0.35" (万元, exact), "–" for no value, "*" for a suppressed one.
[[nodiscard]] std::string to_text(const Cell& cell);

struct Column {
    std::string id;
    std::string zh;
    std::string en;
    Unit unit{Unit::cases};

    bool operator==(const Column&) const = default;
};

struct Row {
    std::string id;  ///< A figure's, a rate's, or a group's key.
    std::string zh;
    std::string en;
    int depth{};              ///< Below how many rows it stands: an organisation in its tree, "of which".
    GroupKey group;           ///< The cases the row is about.
    std::vector<Cell> cells;  ///< As many as columns.

    bool operator==(const Row&) const = default;
};

struct Section {
    std::string id;
    std::string zh;
    std::string en;
    std::vector<Column> columns;
    std::vector<Row> rows;

    bool operator==(const Section&) const = default;
};

/// What a rate is a share of, printed beside it.
struct Definition {
    std::string id;
    std::string zh;
    std::string en;
    std::string numerator;
    std::string denominator;
    std::string cohort_zh;
    std::string cohort_en;
    char source{};  ///< C read in law or data, S secondary source, M unconfirmed.

    bool operator==(const Definition&) const = default;
};

struct Report {
    ReportQuery query;  ///< With the as-of position and the edition of the definitions.
    std::string title_zh;
    std::string title_en;
    std::vector<Section> sections;
    std::vector<Definition> definitions;

    /// The section with this id, or nullptr.
    [[nodiscard]] const Section* section(std::string_view id) const;
    /// The cell of a row and column of a section, or nullptr.
    [[nodiscard]] const Cell* cell(std::string_view section_id, std::string_view row_id,
                                   std::string_view column_id) const;
    /// The value of a figure or rate over the whole report, or nullptr.
    [[nodiscard]] const Cell* total(std::string_view figure) const;

    bool operator==(const Report&) const = default;
};

/// Errors: `invalid` (the query), `corrupt` (the sums do not agree: nothing is printed then).
[[nodiscard]] Result<Report> make_report(std::span<const CaseRow> rows, const ReportQuery& query);
/// The same from a tally, for rows that are streamed or come from several partitions.
[[nodiscard]] Result<Report> make_report(const Tally& tally);

/// The cases that a figure counts, in a group (all by default), in the order of `rows`.
/// Errors: `invalid` (unknown figure; a rate names its two figures instead).
[[nodiscard]] Result<std::vector<CaseId>> cases_behind(std::span<const CaseRow> rows, const ReportQuery& query,
                                                       std::string_view figure, const GroupKey& group = {});

/// Numerator / denominator in percent, rounded half up; no value when the denominator is 0.
[[nodiscard]] Cell percentage(std::int64_t numerator, std::int64_t denominator, std::uint8_t decimals);

/// All sections, each with a title line and a header line, separated by empty lines; RFC 4180 quoting; money in 万元.
[[nodiscard]] std::string to_csv(const Report& report, Language language);

}  // namespace anjie::dispute::statistics
