#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/tables/table.hpp"
#include "adapters/views/language.hpp"
#include "engine/directory.hpp"

namespace anjie::views {

/// As many entries as a sheet may have to hold.
inline constexpr std::size_t sheet_rows_max = 1'000'000;

/// What has to be done: 一案一回访, performance ...
[[nodiscard]] std::string due_text(const DueEntry& due, Language language);
[[nodiscard]] std::string type_text(std::string_view code, Language language);
[[nodiscard]] std::string phase_text(std::string_view code, Language language);

/// Gives cases one after the other; false at the end.
using Entries = std::function<Result<bool>(DirectoryEntry&)>;
/// Every case the filter finds, whatever its limit, a page at a time. Lifetime: that of the directory.
[[nodiscard]] Entries all_found(const Directory& directory, DirectoryFilter filter);
/// These.
[[nodiscard]] Entries all_of(std::vector<DirectoryEntry> entries);

/// The cases as a sheet. Lifetime: that of `entries`.
[[nodiscard]] tables::Workbook case_workbook(Entries entries, Instant now, Language language);
[[nodiscard]] tables::Workbook due_workbook(const std::vector<DueEntry>& entries, Date today, Instant now,
                                            Language language);

}  // namespace anjie::views
