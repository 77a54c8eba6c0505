#pragma once

#include <filesystem>

#include "adapters/sqlite/database.hpp"

namespace anjie::access::detail {

/// Opens or creates access.sqlite in `directory`, for its owner alone, every commit synchronous; makes its tables.
/// Errors: as `sqlite::Database`; `corrupt` for a file of a later version.
[[nodiscard]] Result<sqlite::Database> open_file(const std::filesystem::path& directory);

/// The file without its companions, for its owner alone; `conflict` when it is there.
[[nodiscard]] Result<void> copy_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace anjie::access::detail
