#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// `anjie checkpoint ...` on an opened data directory.
[[nodiscard]] cli::Exit checkpoint_command(const cli::Console& console, Workspace& workspace,
                                           const cli::CheckpointOrder& order);

/// A checkpoint from outside. Errors: `invalid` (no keys, or not a checkpoint), `corrupt` (none of the keys signed).
[[nodiscard]] Result<SignedHead> read_held_checkpoint(const std::filesystem::path& file,
                                                      const std::vector<std::string>& keys);

}  // namespace anjie
