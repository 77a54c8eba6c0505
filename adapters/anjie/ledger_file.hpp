#pragma once

#include <filesystem>
#include <string>

#include "adapters/ledger/import.hpp"
#include "adapters/workspace/workspace.hpp"

namespace anjie {

/// Imports a ledger from a text (CSV) or a workbook (.xlsx), told apart by what is in the file; the rules are the same.
/// `sheet`: which one of a workbook; empty: its first visible one. Errors: as `ledger::import_ledger`, and `not_found`,
/// `invalid`, `unavailable` for the file itself.
[[nodiscard]] Result<ledger::ImportReport> import_file(Workspace& workspace, const std::filesystem::path& file,
                                                       const std::string& sheet, const ledger::ImportOptions& options);

}  // namespace anjie
