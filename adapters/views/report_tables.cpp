#include "adapters/views/report_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace anjie::views {
namespace {

namespace statistics = dispute::statistics;
using statistics::Report;
using statistics::Section;
using statistics::Unit;
using tables::Table;

/// A moment in a table's line, to the second.
std::string to_the_second(Instant at) { return to_string(Instant{at.microseconds / 1'000'000 * 1'000'000}); }

constexpr std::uint8_t places_of_wan = 6;  // Fen in 万元.
constexpr double wide = 34;
constexpr double narrow = 10;

class Words {
public:
    explicit Words(Language language) : language_(language) {}
    [[nodiscard]] std::string operator()(std::string_view zh, std::string_view en) const {
        return std::string(language_ == Language::zh ? zh : en);
    }
    [[nodiscard]] bool chinese() const { return language_ == Language::zh; }

private:
    Language language_;
};

std::string unit_text(Unit unit, const Words& words) {
    switch (unit) {
        case Unit::cases:
            return words("件", "cases");
        case Unit::people:
            return words("人", "people");
        case Unit::times:
            return words("次", "times");
        case Unit::fen:
            return words("万元", "10,000 yuan");
        case Unit::days:
            return words("天", "days");
        case Unit::percent:
            return "%";
    }
    return {};
}

/// The name with its unit, unless it says it itself.
std::string with_unit(std::string name, Unit unit, const Words& words) {
    if (name.ends_with(')') || name.ends_with("）") || unit == Unit::percent) return name;
    return fmt::format("{}({})", name, unit_text(unit, words));
}

Table about(const Report& report, const Words& words) {
    const auto& query = report.query;
    Table table{.name = words("说明", "About"), .above = {words(report.title_zh, report.title_en)}};
    table.columns = {{.heading = words("项目", "Item"), .width = 22},
                     {.heading = words("内容", "Content"), .width = 60}};
    std::vector<tables::Row> rows{
        {words("期间", "Period"), query.period.label},
        {words("起", "From"), query.period.from},
        {words("止", "To"), query.period.to},
        {words("单位", "Organisation"), query.organisation.empty() ? words("全部", "all") : query.organisation},
        {words("截至日志位置", "As of log position"), static_cast<std::int64_t>(query.as_of.position)},
        {words("截至时间", "As of"), to_the_second(query.as_of.at)},
        {words("统计口径版本", "Definitions edition"), static_cast<std::int64_t>(query.definitions)},
        {words("金额单位", "Money in"), unit_text(Unit::fen, words)}};
    if (query.public_view)
        rows.push_back({words("公开版", "For publication"),
                        fmt::format(fmt::runtime(words("小于 {} 的件数以及可由其他数字推出的数字以 * 隐去",
                                                       "* hides counts below {} and what would give them away")),
                                    statistics::small_cell)});
    table.rows = tables::all_of(std::move(rows));
    return table;
}

/// Which part of the official form a figure stands in.
std::pair<std::string_view, std::string_view> part_of_form(std::string_view figure) {
    if (figure.starts_with("committee.")) return {"不同主体调解情况", "By kind of committee"};
    if (figure.starts_with("source.")) return {"案件来源", "Sources"};
    if (figure.starts_with("type.")) return {"案件分类情况", "Types"};
    if (figure.starts_with("form.")) return {"协议形式", "Form of agreement"};
    if (figure.starts_with("harm.") || figure.starts_with("screening.")) return {"排查预防纠纷", "Prevention"};
    return {"调解情况", "Situation"};
}

void add_form_column(Table& table, std::string_view figure, std::string heading, const Words& words) {
    const auto [zh, en] = part_of_form(figure);
    const auto part = words(zh, en);
    if (table.groups.back().heading == part)
        ++table.groups.back().columns;
    else
        table.groups.push_back({part, 1});
    table.columns.push_back({.heading = std::move(heading), .width = narrow});
}

/// The official form has two columns that no dispute fills: what was found in screenings. They stand before the harm
/// that was prevented, and only the last row, the whole, has them.
Table official_form(const Report& report, const Section& section, const Words& words) {
    Table table{.name = words(section.zh, section.en),
                .above = {words(section.zh, section.en),
                          fmt::format(fmt::runtime(words("统计期间 {}   截至 {}   日志位置 {}",
                                                         "Period {}   as of {}   log position {}")),
                                      report.query.period.label, to_the_second(report.query.as_of.at),
                                      report.query.as_of.position)},
                .groups = {{"", 1}},
                .columns = {{.heading = words("单位", "Organisation"), .width = 24}}};
    constexpr std::string_view screened[]{"screening.rounds", "screening.prevented"};
    const auto harm = static_cast<std::size_t>(
        std::ranges::find_if(section.columns, [](const auto& column) { return column.id.starts_with("harm."); }) -
        section.columns.begin());
    const auto* found = report.section("screening");
    for (std::size_t i = 0; i <= section.columns.size(); ++i) {
        if (i == harm && found != nullptr)
            for (const auto id : screened) {
                const auto row = std::ranges::find(found->rows, id, &statistics::Row::id);
                if (row == found->rows.end()) continue;
                add_form_column(table, id, with_unit(words(row->zh, row->en), row->cells.front().unit, words), words);
            }
        if (i == section.columns.size()) break;
        const auto& column = section.columns[i];
        add_form_column(table, column.id, with_unit(words(column.zh, column.en), column.unit, words), words);
    }
    std::vector<tables::Row> rows;
    for (const auto& row : section.rows) {
        const bool whole = &row == &section.rows.back();
        tables::Row cells{std::string(static_cast<std::size_t>(row.depth) * 2, ' ') + words(row.zh, row.en)};
        for (std::size_t i = 0; i <= row.cells.size(); ++i) {
            if (i == harm && found != nullptr)
                for (const auto id : screened)
                    if (const auto* cell = report.cell("screening", id, "value"))
                        cells.push_back(whole ? table_cell(*cell) : tables::Cell{std::string("–")});
            if (i < row.cells.size()) cells.push_back(table_cell(row.cells[i]));
        }
        rows.push_back(std::move(cells));
    }
    table.rows = tables::all_of(std::move(rows));
    return table;
}

/// Shows that the sums hold; a report in which one did not would not have been made.
Table sums(const Report& report, const Words& words) {
    Table table{.name = words("勾稽关系", "Sums"),
                .columns = {{.heading = words("关系", "Sum"), .width = wide},
                            {.heading = words("总数", "Whole"), .width = narrow},
                            {.heading = words("分项之和", "Its parts"), .width = narrow},
                            {.heading = words("相差", "Difference"), .width = narrow}}};
    std::vector<tables::Row> rows;
    for (const auto& identity : statistics::identities()) {
        const auto* whole = report.total(identity.whole);
        bool known = whole != nullptr;
        bool hidden = known && whole->suppressed;
        std::int64_t sum = 0;
        for (const auto& part : identity.parts) {
            const auto* cell = report.total(part);
            known = known && cell != nullptr;
            if (!known) break;
            hidden = hidden || cell->suppressed;
            sum += cell->value.value_or(0);
        }
        if (!known) continue;
        tables::Row row{words(identity.zh, identity.en), table_cell(*whole)};
        if (hidden) {
            row.insert(row.end(), 2, std::string("*"));
        } else {
            row.emplace_back(sum);
            row.emplace_back(whole->value.value_or(0) - sum);
        }
        rows.push_back(std::move(row));
    }
    table.rows = tables::all_of(std::move(rows));
    return table;
}

Table plain_section(const Section& section, const Words& words) {
    Table table{
        .name = words(section.zh, section.en),
        .above = {words(section.zh, section.en)},
        .columns = {{.heading = words("代码", "Id"), .width = 24}, {.heading = words("项目", "Item"), .width = wide}}};
    for (const auto& column : section.columns) {
        auto heading = words(column.zh, column.en);
        // A list's rows differ in unit and say it themselves.
        if (section.columns.size() > 1) heading = with_unit(std::move(heading), column.unit, words);
        table.columns.push_back({.heading = std::move(heading), .width = narrow});
    }
    std::vector<tables::Row> rows;
    for (const auto& row : section.rows) {
        auto name = words(row.zh, row.en);
        if (row.cells.size() == 1) name = with_unit(std::move(name), row.cells.front().unit, words);
        tables::Row cells{row.id, std::string(static_cast<std::size_t>(row.depth) * 2, ' ') + name};
        for (const auto& cell : row.cells) cells.push_back(table_cell(cell));
        rows.push_back(std::move(cells));
    }
    table.rows = tables::all_of(std::move(rows));
    return table;
}

Table definitions(const Report& report, const Words& words) {
    Table table{
        .name = words("比率口径", "Rates"),
        .columns = {{.heading = words("代码", "Id"), .width = 26},
                    {.heading = words("比率", "Rate"), .width = 22},
                    {.heading = words("分子", "Numerator"), .width = 22},
                    {.heading = words("分母", "Denominator"), .width = 22},
                    {.heading = words("统计范围", "Cases"), .width = 40},
                    {.heading = words("依据标记", "Mark"), .width = narrow}},
        .below = {words("依据标记：C 见于法律或公布数据，S 间接来源，M 未经证实，按本地配置",
                        "Mark: C read in law or data, S secondary source, M unconfirmed, local configuration")}};
    std::vector<tables::Row> rows;
    for (const auto& one : report.definitions)
        rows.push_back({one.id, words(one.zh, one.en), one.numerator, one.denominator,
                        words(one.cohort_zh, one.cohort_en), std::string(1, one.source)});
    table.rows = tables::all_of(std::move(rows));
    return table;
}

}  // namespace

tables::Cell table_cell(const statistics::Cell& cell) {
    if (cell.suppressed) return std::string("*");
    if (!cell.value) return std::string("–");
    if (cell.unit == Unit::fen) return tables::Decimal{.units = *cell.value, .places = places_of_wan};
    if (cell.unit == Unit::percent)
        return tables::Decimal{.units = *cell.value,
                               .places = static_cast<std::uint8_t>(cell.decimals + 2),
                               .shown = tables::Decimal::Shown::percent};
    return *cell.value;
}

tables::Workbook report_workbook(const Report& report, Language language) {
    const Words words(language);
    tables::Workbook book{
        .title = words(report.title_zh, report.title_en), .as_of = report.query.as_of.at, .tables = {}};
    book.tables.push_back(about(report, words));
    if (const auto* form = report.section("official_table")) book.tables.push_back(official_form(report, *form, words));
    book.tables.push_back(sums(report, words));
    for (const auto& section : report.sections)
        if (section.id != "official_table") book.tables.push_back(plain_section(section, words));
    book.tables.push_back(definitions(report, words));
    return book;
}

}  // namespace anjie::views
