#pragma once

#include <string>

#include "adapters/cli/console.hpp"
#include "adapters/tables/table.hpp"
#include "adapters/views/what_if_view.hpp"

/// A what-if as people and programs read it.
namespace anjie::cli {

using views::WhatIfView;

/// Errors: those of finding a case's number.
[[nodiscard]] Result<void> print_what_if(const Console& console, const WhatIfView& view);
/// All figures of both sides, then, when asked for, the cases: RFC 4180.
[[nodiscard]] Result<std::string> what_if_csv(const Console& console, const WhatIfView& view);

/// The same as sheets.
[[nodiscard]] Result<tables::Workbook> what_if_workbook(const Console& console, const WhatIfView& view);

}  // namespace anjie::cli
