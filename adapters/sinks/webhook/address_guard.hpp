#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

struct sockaddr;

namespace anjie::sinks {

/// An address as IPv6 writes it; IPv4 as ::ffff:a.b.c.d, so that both spellings are one.
using Address = std::array<std::uint8_t, 16>;

/// Nullopt unless it is one IPv4 or IPv6 address.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
/// Nullopt for other families.
[[nodiscard]] std::optional<Address> address_of(const sockaddr& address);

/// Addresses that begin with the same bits.
struct Network {
    Address base{};
    unsigned bits{};

    [[nodiscard]] bool contains(const Address& address) const;
};
/// "10.1.0.0/16", "10.1.2.3", "fd00::/8". Nullopt for anything else, bits set beyond the prefix included.
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);

/// Whether an address is one of the open internet: not this machine, a private, shared or link-local network (where
/// clouds keep their metadata), multicast, documentation, or a way around by 6to4, Teredo or NAT64.
[[nodiscard]] bool is_public(const Address& address);

/// Where a webhook may connect to. Judged on the address of the very connection, after the name was resolved.
struct AddressGuard {
    std::vector<Network> allowed;  ///< Private addresses that are meant.

    /// Over TLS: public addresses and those allowed. In clear: only those allowed.
    [[nodiscard]] bool lets(const Address& address, bool in_clear) const;
};

}  // namespace anjie::sinks
