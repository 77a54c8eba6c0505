#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// `anjie backup`: makes it, and says what it holds and what its keys mean.
[[nodiscard]] cli::Exit backup_command(const cli::Console& console, const cli::BackupOrder& order);

/// `anjie restore`: makes the data directory, and says what it cannot contain.
[[nodiscard]] cli::Exit restore_command(const cli::Console& console, const cli::RestoreOrder& order);

}  // namespace anjie
