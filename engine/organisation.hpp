#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anjie {

/// Whether `organisation` is `top` or stands below it. Codes are a division code (GB/T 2260 and 10114: 2, 4, 6, 9 or 12
/// digits, trailing zeros of a higher level dropped: 540600 is 5406), then parts after hyphens for the bodies of that
/// division: "540629-102" is below "540629", "5406" and "54", not below "540629-1". "CN" is above every division and
/// every code that begins with "CN-". Nothing is below the empty code.
[[nodiscard]] bool is_within(std::string_view organisation, std::string_view top);

/// What the codes `is_within(top)` begin with, for a store that can only look for texts.
struct OrganisationPrefixes {
    std::vector<std::string> equal;   ///< These codes themselves.
    std::vector<std::string> starts;  ///< And everything that begins so.
};
[[nodiscard]] OrganisationPrefixes prefixes_within(std::string_view top);

}  // namespace anjie
