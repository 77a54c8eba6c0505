#pragma once

#include <string>
#include <string_view>

namespace anjie {

/// A text as a cell of a CSV file: quoted as RFC 4180 has it where it must be, and never taken for a formula. A text
/// that begins as formulas do (= + - @, also after a tab or line break) gets an apostrophe in front of it, which
/// spreadsheet programs do not show or show as itself, but do not run. Numbers, also negative ones, stay numbers.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace anjie
