#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// `anjie serve` on an opened data directory, until SIGINT or SIGTERM.
[[nodiscard]] cli::Exit serve_command(const cli::Console& console, Workspace& workspace, const cli::ServeOrder& order);

/// `anjie serve --print-config`.
[[nodiscard]] cli::Exit print_serve_settings(const cli::Console& console, const cli::ServeOrder& order);

}  // namespace anjie
