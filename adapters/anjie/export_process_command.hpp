#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// Writes a log for process-mining programs, and says how many cases and events it holds.
[[nodiscard]] cli::Exit export_process_command(const cli::Console& console, Workspace& workspace,
                                               const cli::ExportProcessRequest& request);

}  // namespace anjie
