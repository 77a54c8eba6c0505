#pragma once

#include "adapters/tables/table.hpp"
#include "adapters/views/language.hpp"
#include "workflows/dispute/statistics/report.hpp"

namespace anjie::views {

/// A report as sheets: what it is and as of when, the official form, the sums that hold, every section, the rates'
/// definitions. What is hidden in the report is hidden in it.
[[nodiscard]] tables::Workbook report_workbook(const dispute::statistics::Report& report, Language language);
/// A number as a cell: money in 万元, a share as a percentage; "*" where it is hidden, "–" where there is none.
[[nodiscard]] tables::Cell table_cell(const dispute::statistics::Cell& cell);

}  // namespace anjie::views
