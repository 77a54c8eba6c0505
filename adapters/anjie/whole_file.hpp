#pragma once

#include <filesystem>

#include "adapters/views/full_export.hpp"

namespace anjie {

/// Writes what `fill` puts: into a file that has its name only when it is whole, readable for its owner only; "-" is
/// standard output. Errors: those of `fill`, and of the file.
[[nodiscard]] Result<void> write_lines(const std::filesystem::path& file,
                                       const std::function<Result<void>(const views::LineSink&)>& fill);

}  // namespace anjie
