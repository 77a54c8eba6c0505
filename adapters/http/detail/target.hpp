#pragma once

#include <string_view>

#include "adapters/http/detail/refusal.hpp"

namespace anjie::http::detail {

/// How many `name=value` a query may hold.
inline constexpr std::size_t query_parameters_max = 100;

/// Decodes a request's target once into path, segments and query of `request`. Requires: `target` is of visible ASCII.
[[nodiscard]] Accepted<void> read_target(std::string_view target, Request& request);

/// Whether every byte belongs to well-formed UTF-8: no overlong forms, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace anjie::http::detail
