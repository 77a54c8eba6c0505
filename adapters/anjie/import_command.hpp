#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// Imports a ledger and prints the row-by-row report.
[[nodiscard]] cli::Exit import_command(const cli::Console& console, Workspace& workspace,
                                       const cli::ImportRequest& request);

}  // namespace anjie
