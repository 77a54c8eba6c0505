#pragma once

#include <cstdint>
#include <string_view>

namespace anjie::spreadsheet::detail {

/// What a cell's number format makes of a number.
struct NumberFormat {
    enum class Kind : std::uint8_t { plain, day, month_only, time_only, zeros };
    Kind kind{Kind::plain};
    std::uint8_t places{};  ///< `zeros`: how many digits are shown at least.

    bool operator==(const NumberFormat&) const = default;
};

/// The formats that need no code, 0 to 163; those of a Chinese spreadsheet program included.
[[nodiscard]] NumberFormat built_in_format(unsigned id);
/// `yyyy"年"m"月"d"日"`, `[$-804]yyyy/m/d;@`, `0000` ...
[[nodiscard]] NumberFormat format_of_code(std::string_view code);

}  // namespace anjie::spreadsheet::detail
