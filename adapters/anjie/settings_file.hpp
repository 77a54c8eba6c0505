#pragma once

#include <filesystem>

#include "adapters/workspace/workspace.hpp"

namespace anjie {

/// Reads anjie.json. Errors: `not_found` (no data directory here), `invalid` (names the file, the key and the way out).
[[nodiscard]] Result<Settings> read_settings(const std::filesystem::path& file);
/// Writes it whole or not at all, readable by its owner's group only. Durable when it returns.
[[nodiscard]] Result<void> write_settings(const std::filesystem::path& file, const Settings& settings);

}  // namespace anjie
