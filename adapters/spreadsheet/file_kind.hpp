#pragma once

#include <filesystem>

#include "engine/result.hpp"

namespace anjie::spreadsheet {

/// What a file is by its content, whatever its name says.
enum class FileKind {
    package,   ///< A zip archive, as .xlsx is.
    binary,    ///< A .xls or .et of old.
    password,  ///< A workbook that only opens with a password.
    other,
};

/// Errors: `not_found`, `invalid` (not a regular file), `unavailable` (cannot be read).
[[nodiscard]] Result<FileKind> kind_of(const std::filesystem::path& file);

}  // namespace anjie::spreadsheet
