#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "adapters/dossier/log_head.hpp"
#include "adapters/workspace/workspace.hpp"

namespace anjie {

/// The log of a workspace as something to be proved against.
struct LogSource {
    std::unique_ptr<HashReader> hashes;
    std::optional<dossier::LogProofSource> proofs;  ///< Refers to `hashes`.
};

/// With the checkpoint of a file, or one signed now when none is given; linked to an earlier one when asked for.
/// Errors: `not_found` (no key signs), `invalid` (the file is no checkpoint), `corrupt` (the log does
/// not hold what the checkpoint says), those of the store.
[[nodiscard]] Result<LogSource> open_log_source(Workspace& workspace,
                                                const std::optional<std::filesystem::path>& checkpoint,
                                                const std::optional<std::filesystem::path>& since);

}  // namespace anjie
