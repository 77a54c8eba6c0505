#pragma once

#include <filesystem>

#include "storage/sqlite/detail/database.hpp"

namespace anjie::sqlite_detail {

/// Changes whenever a table, or what is written into one, does; a file of another version is made anew.
inline constexpr int schema_version = 2;

/// Opens the file with its tables, making it anew when it is not a sound directory of this schema version.
/// Errors: `unavailable`.
[[nodiscard]] Result<Database> open_directory_file(const std::filesystem::path& file);

/// Removes the file with SQLite's side files and makes an empty one. Requires: no connection of ours is open.
[[nodiscard]] Result<Database> recreate_directory_file(const std::filesystem::path& file);

/// Removes every row, overwrites what they held, and sets the cursor to 0.
[[nodiscard]] Result<void> empty_directory(const Database& database);

}  // namespace anjie::sqlite_detail
