#pragma once

#include <vector>

#include "adapters/cli/console.hpp"
#include "adapters/tables/table.hpp"
#include "engine/directory.hpp"

namespace anjie::cli {

/// As many entries as a sheet may have to hold.
inline constexpr std::size_t sheet_rows_max = 1'000'000;

/// What has to be done: 一案一回访, performance ...
[[nodiscard]] std::string due_text(const DueEntry& due, Language language);
[[nodiscard]] std::string type_text(std::string_view code, Language language);
[[nodiscard]] std::string phase_text(std::string_view code, Language language);

/// Every case the filter finds, whatever its limit, a page at a time. Lifetime: the directory outlives the workbook.
[[nodiscard]] tables::Workbook case_workbook(const Directory& directory, DirectoryFilter filter, Instant now,
                                             Language language);
[[nodiscard]] tables::Workbook due_workbook(const std::vector<DueEntry>& entries, Date today, Instant now,
                                            Language language);

}  // namespace anjie::cli
