#include "adapters/views/report_view.hpp"

#include <boost/json/array.hpp>

namespace anjie::views {
namespace {

using namespace dispute::statistics;

boost::json::value json_of(const Cell& cell) {
    boost::json::object out{{"figure", cell.figure}, {"text", to_text(cell)}};
    out["value"] = cell.value && !cell.suppressed ? boost::json::value(*cell.value) : boost::json::value(nullptr);
    if (cell.suppressed) out["suppressed"] = true;
    return out;
}

boost::json::object json_of(const Section& section) {
    boost::json::array columns;
    for (const auto& column : section.columns)
        columns.push_back({{"id", column.id}, {"zh", column.zh}, {"en", column.en}});
    boost::json::array rows;
    for (const auto& row : section.rows) {
        boost::json::array cells;
        for (const auto& cell : row.cells) cells.push_back(json_of(cell));
        rows.push_back(
            {{"id", row.id}, {"zh", row.zh}, {"en", row.en}, {"depth", row.depth}, {"cells", std::move(cells)}});
    }
    return {{"id", section.id},
            {"zh", section.zh},
            {"en", section.en},
            {"columns", std::move(columns)},
            {"rows", std::move(rows)}};
}

}  // namespace

boost::json::object report_json(const Report& report) {
    const auto& query = report.query;
    boost::json::array figure_list;
    for (const auto& figure : figures()) {
        const auto* cell = report.total(figure.id);
        if (cell == nullptr) continue;
        auto row = json_of(*cell).as_object();
        row["id"] = figure.id;
        row["zh"] = figure.zh;
        row["en"] = figure.en;
        figure_list.push_back(std::move(row));
    }
    boost::json::array rate_list;
    for (const auto& definition : report.definitions) {
        const auto value_of = [&](const std::string& figure) -> boost::json::value {
            const auto* cell = report.total(figure);
            return cell != nullptr && cell->value && !cell->suppressed ? boost::json::value(*cell->value)
                                                                       : boost::json::value(nullptr);
        };
        const auto* cell = report.total(definition.id);
        rate_list.push_back(
            {{"definition", definition.id},
             {"zh", definition.zh},
             {"en", definition.en},
             {"numerator_figure", definition.numerator},
             {"denominator_figure", definition.denominator},
             {"numerator", value_of(definition.numerator)},
             {"denominator", value_of(definition.denominator)},
             {"percent", cell == nullptr ? boost::json::value(nullptr) : boost::json::value(to_text(*cell))},
             {"source", std::string(1, definition.source)},
             {"cohort", {{"zh", definition.cohort_zh}, {"en", definition.cohort_en}}}});
    }
    boost::json::array sections;
    for (const auto& section : report.sections) sections.push_back(json_of(section));
    return {
        {"title", {{"zh", report.title_zh}, {"en", report.title_en}}},
        {"period",
         {{"label", query.period.label}, {"from", to_string(query.period.from)}, {"to", to_string(query.period.to)}}},
        {"organisation", query.organisation},
        {"as_of", {{"position", query.as_of.position}, {"at", to_string(query.as_of.at)}}},
        {"definitions", query.definitions},
        {"figures", std::move(figure_list)},
        {"rates", std::move(rate_list)},
        {"sections", std::move(sections)}};
}

}  // namespace anjie::views
