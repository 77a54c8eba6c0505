#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace anjie::dispute::audit::detail {

/// A text as it is compared: without spaces and punctuation, full-width letters and digits as ordinary ones, Latin
/// letters small. Bytes that are not UTF-8 are kept as they are.
struct NormalText {
    std::string text;
    std::size_t characters{};
};
[[nodiscard]] NormalText normal_text(std::string_view utf8);

/// Whether somebody has hidden part of the name or number (张某, 139****0101): then equal texts say nothing.
[[nodiscard]] bool is_masked(std::string_view utf8);

}  // namespace anjie::dispute::audit::detail
