#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>

#include "adapters/cli/console.hpp"
#include "adapters/tables/table.hpp"
#include "workflows/dispute/statistics/what_if.hpp"

/// A what-if as people and programs read it.
namespace anjie::cli {

/// Everything that is shown.
struct WhatIfView {
    const dispute::statistics::WhatIfReport& report;
    const dispute::RuleBook& own;    ///< The rules the cases were accepted under.
    const dispute::RuleBook& other;  ///< The rules they are judged by.
    std::string rules_file;
    bool with_cases{};
    /// The number of a case, 尼阿调〔2024〕3号.
    std::function<Result<std::string>(CaseId)> number_of;
};

/// Errors: those of finding a case's number.
[[nodiscard]] Result<void> print_what_if(const Console& console, const WhatIfView& view);
[[nodiscard]] Result<boost::json::object> what_if_json(const WhatIfView& view);
/// All figures of both sides, then, when asked for, the cases: RFC 4180.
[[nodiscard]] Result<std::string> what_if_csv(const Console& console, const WhatIfView& view);

/// The same as sheets.
[[nodiscard]] Result<tables::Workbook> what_if_workbook(const Console& console, const WhatIfView& view);

}  // namespace anjie::cli
