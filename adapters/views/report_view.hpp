#pragma once

#include <boost/json/object.hpp>

#include "workflows/dispute/statistics/report.hpp"

namespace anjie::views {

/// The report whole: query, as-of, figures, rates with their definitions, sections.
[[nodiscard]] boost::json::object report_json(const dispute::statistics::Report& report);

}  // namespace anjie::views
