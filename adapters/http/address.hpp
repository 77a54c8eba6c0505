#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace anjie::http {

/// Where to listen: "127.0.0.1:8080", "[::1]:0". Port 0 is any free one.
struct Address {
    std::string host;
    std::uint16_t port{};

    bool operator==(const Address&) const = default;
};
/// Errors: `invalid` unless it is a numeric address and a port.
[[nodiscard]] Result<Address> parse_address(std::string_view text);
[[nodiscard]] std::string to_string(const Address& address);
/// Whether only this machine can reach it.
[[nodiscard]] bool is_loopback(const Address& address);

}  // namespace anjie::http
