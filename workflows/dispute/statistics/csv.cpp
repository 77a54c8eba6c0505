#include <fmt/format.h>

#include "workflows/dispute/statistics/report.hpp"

namespace anjie::dispute::statistics {
namespace {

std::string quoted(std::string_view text) {
    // A spreadsheet takes what begins with these for a formula.
    constexpr std::string_view formula_starts = "=+-@\t\r";
    const bool guarded = !text.empty() && formula_starts.find(text.front()) != std::string_view::npos &&
                         text.find_first_not_of("-0123456789.") != std::string_view::npos;
    std::string inner = guarded ? "'" : "";
    inner += text;
    if (inner.find_first_of(",\"\r\n") == std::string::npos) return inner;
    std::string out = "\"";
    for (const char c : inner) {
        if (c == '"') out += '"';
        out += c;
    }
    return out += '"';
}

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
    out += quoted(zh ? report.title_zh : report.title_en) + "\r\n";
    out += fmt::format("{},{}\r\n{},{}\r\n{},{}\r\n{},{}\r\n", zh ? "期间" : "period", quoted(query.period.label),
                       zh ? "截至记录位置" : "as-of position", query.as_of.position, zh ? "截至时间" : "as-of time",
                       to_string(query.as_of.at), zh ? "口径版本" : "definitions", query.definitions);
    for (const auto& section : report.sections) {
        out += fmt::format("\r\n{}\r\nid,{}", quoted(zh ? section.zh : section.en), zh ? "项目" : "item");
        for (const auto& column : section.columns) out += "," + quoted(heading(column, language));
        out += "\r\n";
        for (const auto& row : section.rows) {
            out += quoted(row.id) + "," + quoted(label(row, language));
            for (const auto& cell : row.cells) out += "," + quoted(to_text(cell));
            out += "\r\n";
        }
    }
    out += fmt::format("\r\n{}\r\n", zh ? "口径" : "Definitions");
    for (const auto& definition : report.definitions)
        out += fmt::format("{},{},{},{},{},[{}]\r\n", quoted(definition.id), quoted(zh ? definition.zh : definition.en),
                           quoted(definition.numerator), quoted(definition.denominator),
                           quoted(zh ? definition.cohort_zh : definition.cohort_en), definition.source);
    return out;
}

}  // namespace anjie::dispute::statistics
