#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string_view>

#include "engine/result.hpp"

namespace anjie::http {

/// What JSON from outside may hold.
struct JsonLimits {
    std::size_t depth_max{32};
    std::size_t string_bytes_max{65'536};
    std::size_t array_items_max{10'000};
    std::size_t members_max{1'000};  ///< Of one object.
};

/// Reads one JSON text. Errors: `invalid` with the byte where: not JSON or not UTF-8, something after it, a limit
/// passed, or a member named twice (two readers would understand it differently).
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view body, const JsonLimits& limits = {});

}  // namespace anjie::http
