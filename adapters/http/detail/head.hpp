#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/http/detail/refusal.hpp"
#include "adapters/http/server.hpp"

namespace anjie::http::detail {

/// A request's head, after every check that needs no route.
struct Head {
    Request request;  ///< All but body, peer and what the router finds.
    bool keep_alive{};
    bool one_dot_zero{};      ///< HTTP/1.0: nothing chunked.
    bool expects_continue{};  ///< Waits for "100 Continue" before it sends the body.
    bool chunked{};
    std::uint64_t length{};  ///< Of the body, unless it is chunked.
};

/// Whether what came so far can still become a head that is accepted; asked after each piece, so that what is no HTTP
/// or too long is answered at once.
[[nodiscard]] Accepted<void> check_beginning(std::string_view so_far, const Limits& limits);

/// Reads one head, up to and with its empty line. `fallback` gets what is known when it is refused: language, trace.
[[nodiscard]] Accepted<Head> read_head(std::string_view text, const Limits& limits, Request& fallback);

/// 32 hexadecimal digits that nobody had before. Threads: any.
[[nodiscard]] std::string new_trace_id();

}  // namespace anjie::http::detail
