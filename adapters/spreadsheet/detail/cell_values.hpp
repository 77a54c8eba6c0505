#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/spreadsheet/complaint.hpp"
#include "adapters/spreadsheet/detail/number_formats.hpp"

namespace anjie::spreadsheet::detail {

/// What a cell says as text, or why that cannot be known.
using CellText = std::expected<std::string, Complaint>;

/// A number as its format shows it: a day as 2024-03-05. Days count from 1900 (with the leap day that was none) or
/// 1904. Errors: more digits than a number keeps, no such day.
[[nodiscard]] CellText text_of_number(std::string_view number, NumberFormat format, bool from_1904);
/// TRUE and FALSE as 是 and 否.
[[nodiscard]] CellText text_of_boolean(std::string_view value);
/// 2024-03-05T00:00:00 as a day.
[[nodiscard]] CellText text_of_iso_day(std::string_view value);
/// Errors: always: #REF! and its like are no content.
[[nodiscard]] CellText text_of_error(std::string_view value);

/// The text with its _x000D_ escapes undone.
[[nodiscard]] std::string unescaped(std::string_view text);

/// A place as B7: column from 0, row from 1. Errors: nullopt for anything else and beyond XFD1048576.
struct Place {
    std::size_t column{};
    std::uint64_t row{};
};
[[nodiscard]] std::optional<Place> parse_place(std::string_view text);
/// "B" for 1.
[[nodiscard]] std::string column_letters(std::size_t column);

inline constexpr std::uint64_t sheet_rows_max = 1'048'576;
inline constexpr std::size_t sheet_columns_max = 16'384;

}  // namespace anjie::spreadsheet::detail
