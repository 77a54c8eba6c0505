#pragma once

#include <string>

#include "adapters/cli/console.hpp"
#include "adapters/tables/table.hpp"
#include "adapters/views/audit_view.hpp"

namespace anjie::cli {

/// `listed_max` per kind, the gravest first; 0: all.
void print_audit(const Console& console, const views::AuditShown& shown, views::CaseNumbers& numbers,
                 std::size_t listed_max);

/// The same as a sheet.
[[nodiscard]] tables::Workbook audit_workbook(const views::AuditShown& shown, views::CaseNumbers& numbers,
                                              Language language, Instant now);

}  // namespace anjie::cli
