#pragma once

#include <filesystem>

#include "adapters/sqlite/database.hpp"

namespace anjie::access::detail {

/// Opens or creates access.sqlite in `directory`, for its owner alone, every commit synchronous; makes its tables.
/// Errors: as `sqlite::Database`; `corrupt` for a file of a later version.
[[nodiscard]] Result<sqlite::Database> open_file(const std::filesystem::path& directory);

}  // namespace anjie::access::detail
