#include "adapters/sinks/webhook/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>

namespace anjie::sinks {
namespace {

constexpr unsigned v4_bits = 96;

Address from_v4(const std::uint8_t (&bytes)[4]) {
    Address address{};
    address[10] = address[11] = 0xff;
    std::copy(std::begin(bytes), std::end(bytes), address.begin() + 12);
    return address;
}

bool is_v4(const Address& address) {
    return std::all_of(address.begin(), address.begin() + 10, [](std::uint8_t byte) { return byte == 0; }) &&
           address[10] == 0xff && address[11] == 0xff;
}

/// Networks of the special-purpose registries (RFC 6890 and its successors) that are nobody's on the open internet.
const std::vector<Network>& special() {
    static const std::vector<Network> networks = [] {
        std::vector<Network> made;
        for (const auto* text :
             {"0.0.0.0/8",      "10.0.0.0/8",   "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16", "172.16.0.0/12",
              "192.0.0.0/24",   "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",  "198.51.100.0/24",
              "203.0.113.0/24", "224.0.0.0/4",  "240.0.0.0/4",    "::/96",          "64:ff9b::/96",   "64:ff9b:1::/48",
              "100::/64",       "2001::/23",    "2001:db8::/32",  "2002::/16",      "3fff::/20",      "5f00::/16",
              "fc00::/7",       "fe80::/10",    "fec0::/10",      "ff00::/8"})
            made.push_back(parse_network(text).value());
        return made;
    }();
    return networks;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    const std::string terminated(text);
    std::uint8_t v4[4];
    if (::inet_pton(AF_INET, terminated.c_str(), v4) == 1) return from_v4(v4);
    Address address{};
    if (::inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
    return std::nullopt;
}

std::optional<Address> address_of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        std::uint8_t bytes[4];
        std::memcpy(bytes, &v4.sin_addr, sizeof bytes);
        return from_v4(bytes);
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        Address bytes{};
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        return bytes;
    }
    return std::nullopt;
}

bool Network::contains(const Address& address) const {
    for (unsigned bit = 0; bit < bits; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80u >> (bit % 8));
        if ((address[bit / 8] & mask) != (base[bit / 8] & mask)) return false;
    }
    return true;
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    unsigned bits = v4 ? 32 : 128;
    if (slash != std::string_view::npos) {
        const auto word = text.substr(slash + 1);
        unsigned given{};
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), given);
        if (error != std::errc{} || end != word.data() + word.size() || given > bits) return std::nullopt;
        bits = given;
    }
    const Network network{*address, v4 ? bits + v4_bits : bits};
    for (unsigned bit = network.bits; bit < 128; ++bit)
        if ((network.base[bit / 8] & (0x80u >> (bit % 8))) != 0) return std::nullopt;
    return network;
}

bool is_public(const Address& address) {
    const bool v4 = is_v4(address);
    // Whatever is not in 2000::/3 is not handed out (IPv4 aside).
    if (!v4 && (address[0] & 0xe0) != 0x20) return false;
    return std::ranges::none_of(special(), [&](const Network& network) { return network.contains(address); });
}

bool AddressGuard::lets(const Address& address, bool in_clear) const {
    if (std::ranges::any_of(allowed, [&](const Network& network) { return network.contains(address); })) return true;
    return !in_clear && is_public(address);
}

}  // namespace anjie::sinks
