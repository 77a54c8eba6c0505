#pragma once

#include <filesystem>

#include "adapters/tables/table.hpp"
#include "engine/result.hpp"

namespace anjie::spreadsheet {

/// Writes an .xlsx file whole or not at all; one that is there is replaced. No cell is ever a formula or a link,
/// whatever its text begins with; the same workbook gives the same bytes. Readable for its owner only. Errors:
/// `unavailable` (the system's reason), `invalid` (more rows than a sheet has), what a table's rows answer. Cost:
/// memory does not grow with the rows; they go through a temporary file.
[[nodiscard]] Result<void> write_workbook(const tables::Workbook& workbook, const std::filesystem::path& file);

}  // namespace anjie::spreadsheet
