#pragma once

#include "adapters/cli/console.hpp"
#include "adapters/tables/table.hpp"

namespace anjie {

/// An empty ledger whose columns the import knows, with the values that may be chosen, and a sheet that explains them.
[[nodiscard]] tables::Workbook ledger_template(cli::Language language);

}  // namespace anjie
