#pragma once

#include <string>

#include "adapters/cli/session.hpp"
#include "adapters/tables/table.hpp"

namespace anjie::cli {

/// Writes a text for spreadsheet programs, marked as UTF-8; "-" is standard output.
[[nodiscard]] Exit write_csv_file(const Console& console, const std::string& text, const std::string& file);
/// Writes a workbook and says so.
[[nodiscard]] Exit write_xlsx_file(const Session& session, const tables::Workbook& workbook, const std::string& file);
/// --xlsx FILE. Lifetime: `file` outlives the command.
void add_xlsx_option(CLI::App& command, const Session& session, std::string& file);

/// A moment in a table's line: 2024-03-05 14:02:11 +08:00 as `to_string` has it, to the second.
[[nodiscard]] std::string to_the_second(Instant at);

}  // namespace anjie::cli
