#pragma once

#include "adapters/cli/console.hpp"
#include "workflows/dispute/statistics/report.hpp"

namespace anjie::cli {

/// The report as tables; rows that are all zero are left out and counted at the end of their table.
void print_report(const Console& console, const dispute::statistics::Report& report);

}  // namespace anjie::cli
