#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// `anjie sink ...`, while no server has the data directory open.
[[nodiscard]] cli::Exit sink_command(const cli::Console& console, Workspace& workspace, const cli::SinkOrder& order);

}  // namespace anjie
