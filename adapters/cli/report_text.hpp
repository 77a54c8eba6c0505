#pragma once

#include <boost/json/object.hpp>

#include "adapters/cli/console.hpp"
#include "workflows/dispute/statistics/report.hpp"

namespace anjie::cli {

/// The report as tables; rows that are all zero are left out and counted at the end of their table.
void print_report(const Console& console, const dispute::statistics::Report& report);

/// The report whole: query, as-of, figures, rates with their definitions, sections.
[[nodiscard]] boost::json::object report_json(const dispute::statistics::Report& report);

}  // namespace anjie::cli
