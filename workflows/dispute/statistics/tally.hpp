#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/result.hpp"
#include "workflows/dispute/statistics/figures.hpp"

/// Adding cases up: every figure, over the whole and over every group a table shows.
namespace anjie::dispute::statistics {

/// Days from `from` to `to`, both included.
struct Period {
    Date from;
    Date to;
    std::string label;  ///< "2024", "2024-H1", "2024-Q1", "2024-03", "2024-01-01..2024-06-15".

    bool operator==(const Period&) const = default;
};
[[nodiscard]] Period year_period(int year);
/// Requires: half is 1 or 2.
[[nodiscard]] Period half_year_period(int year, unsigned half);
/// Requires: quarter is 1 to 4.
[[nodiscard]] Period quarter_period(int year, unsigned quarter);
/// Requires: month is 1 to 12.
[[nodiscard]] Period month_period(int year, unsigned month);
[[nodiscard]] Period period_between(Date from, Date to);

/// What screenings found, which no dispute holds (排查预防纠纷); harm by HarmKind, from 1.
struct ScreeningFigures {
    struct Harm {
        std::int64_t cases{};
        std::int64_t people{};
        bool operator==(const Harm&) const = default;
    };
    std::int64_t rounds{};     ///< 排查纠纷(次)
    std::int64_t prevented{};  ///< 预防纠纷(件)
    std::array<Harm, 4> harm{};

    bool operator==(const ScreeningFigures&) const = default;
};

/// Up to where the log was read.
struct AsOf {
    Position position{};
    Instant at;

    bool operator==(const AsOf&) const = default;
};

struct ReportQuery {
    Period period;
    std::string organisation;  ///< An organisation and all below it; empty: all.
    AsOf as_of;
    std::uint32_t definitions{definition_version};
    std::uint8_t decimals{1};    ///< Of rates, at most 4; exact whole percentages are printed without.
    bool by_organisation{true};  ///< Whether to make the tables by organisation.
    bool public_view{};          ///< Hide counts below `small_cell`, and what would give them away.
    std::optional<ScreeningFigures> screening;

    bool operator==(const ReportQuery&) const = default;
};
/// Counts from 1 to one less than this are hidden in a public view.
inline constexpr std::int64_t small_cell = 5;

/// What a table's rows are made by. `own` is an organisation without those below it.
enum class Dimension : std::uint8_t { all, month, organisation, own, type, source, committee, form, amount };

/// One group of cases: its dimension and key ("2024-03", "540629-102", "neighbour"); `all` has the empty key.
using GroupKey = std::pair<Dimension, std::string>;
/// One number per figure, in the order of `figures()`.
using Values = std::vector<std::int64_t>;

/// The sums of a report in the making. Merging the tallies of parts gives the tally of the whole, in any order.
class Tally {
public:
    /// Errors: `invalid` (an empty period, unknown definitions, too many decimals).
    [[nodiscard]] static Result<Tally> start(ReportQuery query);

    /// Counts a case once. Requires: every case is added once.
    void add(const CaseRow& row);
    /// Requires: both began with the same query.
    void merge(const Tally& other);

    /// Errors: `corrupt` when a sum that must hold does not; names the sum, both sides and some of the cases.
    [[nodiscard]] Result<void> reconcile() const;

    [[nodiscard]] const ReportQuery& query() const { return query_; }
    [[nodiscard]] const std::map<GroupKey, Values>& groups() const { return groups_; }
    /// Zero for a group or figure nobody is in.
    [[nodiscard]] std::int64_t value(const GroupKey& group, std::string_view figure) const;

private:
    explicit Tally(ReportQuery query);

    struct Organisation {
        std::vector<Values*> groups;
        bool within{};
    };
    const Organisation& organisation_of(const std::string& code);
    Values& group(Dimension dimension, std::string_view key);
    void note_violations(const CaseRow& row, const Values& values);
    [[nodiscard]] Result<void> reconcile_parts(Dimension dimension, std::string_view what) const;

    ReportQuery query_;
    Frame frame_;
    std::map<GroupKey, Values> groups_;
    std::map<std::string, Organisation, std::less<>> organisations_;
    std::map<std::string, std::vector<CaseId>> violations_;  ///< By identity, a few cases each.
};

/// What a case adds to a figure of the query, in a group; 0 where it is not behind it.
struct Contribution {
    bool counts{};
    std::int64_t value{};
    Day day;  ///< The cohort's day; none for figures as of a moment.
};
[[nodiscard]] Contribution contribution(const CaseRow& row, const Figure& figure, const ReportQuery& query);

/// The key of a case in a dimension with one key per case (not month, organisation); nullopt: in no group of it.
[[nodiscard]] std::optional<std::string_view> key_in(Dimension dimension, const CaseFacts& facts);

/// "2024-03".
[[nodiscard]] std::string month_key(Date day);

}  // namespace anjie::dispute::statistics
