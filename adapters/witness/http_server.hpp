#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "engine/trust/witness.hpp"

namespace anjie::witness {

struct HttpLimits {
    std::size_t body_bytes_max{WitnessLimits::request_bytes_max};
    std::uint32_t header_bytes_max{8'192};
    std::size_t connections_max{64};        ///< One more is closed at once.
    std::size_t requests_max{1'000};        ///< Of one connection, then it is closed.
    std::chrono::seconds request_time{15};  ///< For a whole request to come in, and an answer to go out.
};

/// Where to listen: "127.0.0.1:8080", "[::1]:0". Port 0 is any free one.
struct HttpAddress {
    std::string host;
    std::uint16_t port{};

    bool operator==(const HttpAddress&) const = default;
};
/// Errors: `invalid` unless it is a numeric address and a port.
[[nodiscard]] Result<HttpAddress> parse_http_address(std::string_view text);
[[nodiscard]] std::string to_string(const HttpAddress& address);

/// Serves POST /add-checkpoint and GET /<hex sha256(origin)>/checkpoint until SIGINT or SIGTERM. Calls `listening`
/// with the address it got. No TLS and no names of callers: what it signs is public, and whom it believes is said by
/// signatures; beyond one machine put a TLS proxy in front.
/// Errors: `unavailable` when it cannot listen there.
[[nodiscard]] Result<void> serve_witness(Witness& witness, const HttpAddress& address, const HttpLimits& limits,
                                         const std::function<void(const HttpAddress&)>& listening);

}  // namespace anjie::witness
