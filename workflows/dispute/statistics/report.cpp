#include "workflows/dispute/statistics/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "workflows/dispute/statistics/organisation.hpp"
#include "workflows/dispute/statistics/sections.hpp"

namespace anjie::dispute::statistics {
namespace {

constexpr std::int64_t powers_of_ten[]{1, 10, 100, 1'000, 10'000};

std::string fen_in_wan(std::int64_t fen) {
    constexpr std::int64_t fen_per_wan = 1'000'000;
    const auto size = fen < 0 ? -fen : fen;
    auto text = fmt::format("{}{}.{:06}", fen < 0 ? "-" : "", size / fen_per_wan, size % fen_per_wan);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string scope_of(const ReportQuery& query) {
    return query.organisation.empty() ? std::string{} : query.organisation + " ";
}

bool is_in_group(const CaseRow& row, const Contribution& part, const GroupKey& group) {
    const auto& [dimension, key] = group;
    switch (dimension) {
        case Dimension::all:
            return true;
        case Dimension::month:
            return part.day && month_key(part.day.date()) == key;
        case Dimension::organisation:
            return is_within(row.organisation, key);
        case Dimension::own:
            return normal_code(row.organisation) == normal_code(key);
        case Dimension::type:
        case Dimension::source:
        case Dimension::committee:
        case Dimension::form:
        case Dimension::amount:
            return key_in(dimension, row.facts) == key;
    }
    return false;
}

}  // namespace

Cell percentage(std::int64_t numerator, std::int64_t denominator, std::uint8_t decimals) {
    Cell cell{.value = std::nullopt, .unit = Unit::percent, .decimals = decimals, .suppressed = false, .figure = {}};
    if (denominator <= 0) return cell;
    if (numerator * 100 % denominator == 0) {
        cell.decimals = 0;
        cell.value = numerator * 100 / denominator;
        return cell;
    }
    const auto scaled = numerator * 100 * powers_of_ten[decimals];
    cell.value = (2 * scaled + denominator) / (2 * denominator);
    return cell;
}

std::string to_text(const Cell& cell) {
    if (cell.suppressed) return "*";
    if (!cell.value) return "–";
    if (cell.unit == Unit::fen) return fen_in_wan(*cell.value);
    if (cell.unit != Unit::percent) return fmt::format("{}", *cell.value);
    if (cell.decimals == 0) return fmt::format("{}%", *cell.value);
    const auto one = powers_of_ten[cell.decimals];
    return fmt::format("{}.{:0{}}%", *cell.value / one, *cell.value % one, cell.decimals);
}

const Section* Report::section(std::string_view id) const {
    const auto found = std::ranges::find(sections, id, &Section::id);
    return found == sections.end() ? nullptr : &*found;
}

const Cell* Report::cell(std::string_view section_id, std::string_view row_id, std::string_view column_id) const {
    const auto* where = section(section_id);
    if (where == nullptr) return nullptr;
    const auto row = std::ranges::find(where->rows, row_id, &Row::id);
    const auto column = std::ranges::find(where->columns, column_id, &Column::id);
    if (row == where->rows.end() || column == where->columns.end()) return nullptr;
    return &row->cells[static_cast<std::size_t>(column - where->columns.begin())];
}

const Cell* Report::total(std::string_view figure) const {
    for (const auto& where : sections)
        for (const auto& row : where.rows)
            if (row.id == figure && row.group.first == Dimension::all)
                for (const auto& cell : row.cells)
                    if (cell.figure == figure) return &cell;
    return nullptr;
}

Result<Report> make_report(const Tally& tally) {
    ANJIE_CHECK(tally.reconcile());
    const auto& query = tally.query();
    Report report{.query = query,
                  .title_zh = fmt::format("{}{} 人民调解案件情况统计", scope_of(query), query.period.label),
                  .title_en = fmt::format("{}People's mediation, {}", scope_of(query), query.period.label),
                  .sections = make_sections(tally),
                  .definitions = {}};
    for (const auto& rate : rates())
        report.definitions.push_back({.id = std::string{rate.id},
                                      .zh = std::string{rate.zh},
                                      .en = std::string{rate.en},
                                      .numerator = std::string{rate.numerator},
                                      .denominator = std::string{rate.denominator},
                                      .cohort_zh = std::string{rate.cohort_zh},
                                      .cohort_en = std::string{rate.cohort_en},
                                      .source = rate.source});
    return report;
}

Result<Report> make_report(std::span<const CaseRow> rows, const ReportQuery& query) {
    ANJIE_TRY(auto tally, Tally::start(query));
    for (const auto& row : rows) tally.add(row);
    return make_report(tally);
}

Result<std::vector<CaseId>> cases_behind(std::span<const CaseRow> rows, const ReportQuery& query,
                                         std::string_view figure, const GroupKey& group) {
    for (const auto& rate : rates())
        if (rate.id == figure)
            return failure(ErrorCode::invalid, fmt::format("{} is a share: ask for the cases of {} or of {}", figure,
                                                           rate.numerator, rate.denominator));
    const auto place = find_figure(figure);
    if (!place) return failure(ErrorCode::invalid, fmt::format("no figure has the id \"{}\"", figure));
    std::vector<CaseId> out;
    for (const auto& row : rows) {
        const auto part = contribution(row, figures()[*place], query);
        if (part.counts && is_in_group(row, part, group)) out.push_back(row.id);
    }
    return out;
}

}  // namespace anjie::dispute::statistics
