#pragma once

#include <string>

#include "adapters/cli/session.hpp"
#include "adapters/tables/table.hpp"

namespace anjie::cli {

/// Writes a text for spreadsheet programs, marked as UTF-8; "-" is standard output. That `what` leaves is in the access
/// journal before it does.
[[nodiscard]] Exit export_csv(const Session& session, Workspace& workspace, std::string_view what,
                              const std::string& text, const std::string& file);
/// Writes a workbook and says so. Recorded as above.
[[nodiscard]] Exit export_xlsx(const Session& session, Workspace& workspace, std::string_view what,
                               const tables::Workbook& workbook, const std::string& file);
/// The same with a workbook that says nothing of any case, for example an empty form: not recorded.
[[nodiscard]] Exit write_xlsx_file(const Session& session, const tables::Workbook& workbook, const std::string& file);
/// --xlsx FILE. Lifetime: `file` outlives the command.
void add_xlsx_option(CLI::App& command, const Session& session, std::string& file);

}  // namespace anjie::cli
