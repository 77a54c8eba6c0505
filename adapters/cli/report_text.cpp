#include "adapters/cli/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/table.hpp"

namespace anjie::cli {
namespace {

using namespace dispute::statistics;

/// More do not fit a screen.
constexpr std::size_t columns_max = 14;

bool says_nothing(const Row& row) {
    return std::ranges::all_of(row.cells,
                               [](const Cell& cell) { return !cell.suppressed && cell.value.value_or(0) == 0; });
}

/// Columns in which some row says something.
std::vector<std::size_t> telling_columns(const Section& section) {
    std::vector<std::size_t> telling;
    for (std::size_t i = 0; i < section.columns.size(); ++i)
        if (std::ranges::any_of(section.rows, [&](const Row& row) {
                return row.cells[i].suppressed || row.cells[i].value.value_or(0) != 0;
            }))
            telling.push_back(i);
    return telling;
}

void print_section(const Console& console, const Section& section) {
    console.line();
    console.line(console.styled(Console::Style::bold, console.pick(section.zh, section.en)));
    const auto columns = telling_columns(section);
    if (columns.size() > columns_max) {
        console.line(fmt::format(fmt::runtime(console.pick("（{} 列，屏幕放不下：请用 --csv 或 --json）",
                                                           "({} columns, too many for a screen: use --csv or --json)")),
                                 section.columns.size()));
        return;
    }
    std::vector<std::string> headings{""};
    for (const auto i : columns)
        headings.push_back(">" + std::string(console.pick(section.columns[i].zh, section.columns[i].en)));
    Table table(headings);
    std::size_t left_out = 0;
    for (const auto& row : section.rows) {
        if (says_nothing(row)) {
            ++left_out;
            continue;
        }
        std::vector<std::string> cells{std::string(static_cast<std::size_t>(row.depth) * 2, ' ') +
                                       std::string(console.pick(row.zh, row.en))};
        for (const auto i : columns) cells.push_back(to_text(row.cells[i]));
        table.row(std::move(cells));
    }
    if (!table.empty()) console.print(table.text());
    if (left_out != 0)
        console.line(console.styled(
            Console::Style::dim,
            fmt::format(fmt::runtime(console.pick("（另有 {} 行为零）", "({} rows of zeros left out)")), left_out)));
}

/// What is asked first, in one paragraph.
void print_summary(const Console& console, const Report& report) {
    const auto number = [&](std::string_view figure) {
        const auto* cell = report.total(figure);
        return cell == nullptr ? std::string("–") : to_text(*cell);
    };
    console.line(fmt::format(
        fmt::runtime(console.pick("受理 {} 件，调解成功 {} 件，成功率 {}；应回访 {} 件，已回访 {} 件，回访率 "
                                  "{}，按期回访率 {}；正在调解 {} 件。",
                                  "{} accepted, {} mediated successfully, success rate {}; {} revisits called for, {} "
                                  "made, revisit coverage {}, in time {}; {} pending.")),
        number("total"), number("succeeded"), number("success_rate/1"), number("revisit.called_for"),
        number("revisit.made"), number("revisit_coverage/1"), number("revisit_on_time/1"), number("outcome.pending")));
}

}  // namespace

void print_report(const Console& console, const Report& report) {
    const auto& query = report.query;
    console.line(console.styled(Console::Style::bold, console.pick(report.title_zh, report.title_en)));
    console.line(fmt::format(fmt::runtime(console.pick("截至日志位置 {}，{}；统计口径第 {} 版",
                                                       "As of log position {}, {}; definitions edition {}")),
                             query.as_of.position, to_string(query.as_of.at), query.definitions));
    console.line();
    print_summary(console, report);
    for (const auto& section : report.sections) print_section(console, section);
    console.line();
    console.line(console.styled(Console::Style::bold, console.pick("比率口径", "What the rates mean")));
    for (const auto& definition : report.definitions)
        console.line(fmt::format("  {}  {} = {} / {}  [{}]  {}", definition.id,
                                 console.pick(definition.zh, definition.en), definition.numerator,
                                 definition.denominator, definition.source,
                                 console.pick(definition.cohort_zh, definition.cohort_en)));
}

}  // namespace anjie::cli
