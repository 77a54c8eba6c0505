#pragma once

#include <filesystem>
#include <optional>

#include "adapters/workspace/workspace.hpp"

namespace anjie {

/// A change of keys that was begun and may not be finished, as the file `key-change` of the data directory.

/// Durable: when it returns. Errors: `conflict` (another is unfinished), `unavailable`.
[[nodiscard]] Result<void> write_key_change(const std::filesystem::path& root, const KeyChange& change);
/// Nullopt when none is under way. Errors: `invalid` (not such a file), `unavailable`.
[[nodiscard]] Result<std::optional<KeyChange>> read_key_change(const std::filesystem::path& root);
/// Durable: when it returns.
[[nodiscard]] Result<void> remove_key_change(const std::filesystem::path& root);

}  // namespace anjie
