#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Where an organisation stands in the tree that totals are made upward along (村 → 乡 → 县 → 市 → 省).
///
/// A code is segments separated by '-'. A first segment of digits is a division code (GB/T 2260 and its statistical
/// extension) whose levels end at 2, 4, 6, 9 and 12 digits; zeros that only fill a lower level are not a level. So
/// "540629102-01" stands below 540629102, 540629, 5406 and 54, and "540629000000" is the county 540629.
namespace anjie::dispute::statistics {

/// The code without filling zeros: "540629102000-01" is "540629102-01".
[[nodiscard]] std::string normal_code(std::string_view code);

/// The codes above, widest first, then the code itself, all normal. Empty for an empty code.
[[nodiscard]] std::vector<std::string> path_of(std::string_view code);

/// Whether `code` is `top` or below it. Everything is below the empty code.
[[nodiscard]] bool is_within(std::string_view code, std::string_view top);

}  // namespace anjie::dispute::statistics
