#include "adapters/anjie/bench_figures.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/table.hpp"

namespace anjie {

void BenchFigures::add(std::string id, std::string_view zh, std::string_view en, double value, std::string unit,
                       std::string beside) {
    rows_.push_back({std::move(id), std::string(console_.pick(zh, en)), value, std::move(unit), std::move(beside)});
    console_.note(fmt::format("  {}: {:.6g} {}", rows_.back().name, value, rows_.back().unit));
}

void BenchFigures::print() const {
    if (console_.json) {
        boost::json::array rows;
        for (const auto& row : rows_)
            rows.push_back({{"id", row.id}, {"value", row.value}, {"unit", row.unit}, {"beside", row.beside}});
        console_.line(boost::json::serialize(rows));
        return;
    }
    cli::Table table({std::string(console_.pick("数字", "Figure")), std::string(console_.pick(">值", ">Value")),
                      std::string(console_.pick("单位", "Unit")),
                      std::string(console_.pick("对照", "Beside its raw limit"))});
    for (const auto& row : rows_)
        table.row({row.name, row.value < 100 ? fmt::format("{:.3g}", row.value) : fmt::format("{:.0f}", row.value),
                   row.unit, row.beside});
    console_.print(table.text());
}

}  // namespace anjie
