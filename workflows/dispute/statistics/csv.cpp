#include <fmt/format.h>

#include "engine/csv.hpp"
#include "workflows/dispute/statistics/report.hpp"

namespace anjie::dispute::statistics {
namespace {

std::string heading(const Column& column, Language language) {
    auto text = language == Language::zh ? column.zh : column.en;
    if (column.unit == Unit::fen) text += language == Language::zh ? "(万元)" : " (10,000 yuan)";
    return text;
}

std::string label(const Row& row, Language language) {
    auto text = language == Language::zh ? row.zh : row.en;
    // A list's rows differ in unit; a table says it in the column's heading.
    if (row.cells.size() == 1 && row.cells.front().unit == Unit::fen)
        text += language == Language::zh ? "(万元)" : " (10,000 yuan)";
    return text;
}

}  // namespace

std::string to_csv(const Report& report, Language language) {
    const bool zh = language == Language::zh;
    std::string out;
    const auto& query = report.query;
    out += csv_cell(zh ? report.title_zh : report.title_en) + "\r\n";
    out += fmt::format("{},{}\r\n{},{}\r\n{},{}\r\n{},{}\r\n", zh ? "期间" : "period", csv_cell(query.period.label),
                       zh ? "截至记录位置" : "as-of position", query.as_of.position, zh ? "截至时间" : "as-of time",
                       to_string(query.as_of.at), zh ? "口径版本" : "definitions", query.definitions);
    for (const auto& section : report.sections) {
        out += fmt::format("\r\n{}\r\nid,{}", csv_cell(zh ? section.zh : section.en), zh ? "项目" : "item");
        for (const auto& column : section.columns) out += "," + csv_cell(heading(column, language));
        out += "\r\n";
        for (const auto& row : section.rows) {
            out += csv_cell(row.id) + "," + csv_cell(label(row, language));
            for (const auto& cell : row.cells) out += "," + csv_cell(to_text(cell));
            out += "\r\n";
        }
    }
    out += fmt::format("\r\n{}\r\n", zh ? "口径" : "Definitions");
    for (const auto& definition : report.definitions)
        out += fmt::format("{},{},{},{},{},[{}]\r\n", csv_cell(definition.id),
                           csv_cell(zh ? definition.zh : definition.en), csv_cell(definition.numerator),
                           csv_cell(definition.denominator), csv_cell(zh ? definition.cohort_zh : definition.cohort_en),
                           definition.source);
    return out;
}

}  // namespace anjie::dispute::statistics
