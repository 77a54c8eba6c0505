#include "adapters/http/address.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace anjie::http {

namespace asio = boost::asio;

Result<Address> parse_address(std::string_view text) {
    const auto not_valid = [&] {
        return failure(ErrorCode::invalid,
                       fmt::format("\"{}\" is not an address and a port, such as 127.0.0.1:8080", text));
    };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return not_valid();
    auto host = text.substr(0, colon);
    const auto digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    Address address{std::string(host), 0};
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (digits.empty() || failed != std::errc{} || end != digits.data() + digits.size()) return not_valid();
    boost::system::error_code bad;
    (void)asio::ip::make_address(address.host, bad);
    if (bad) return not_valid();
    return address;
}

std::string to_string(const Address& address) {
    const bool v6 = address.host.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{}", v6 ? "[" : "", address.host, v6 ? "]" : "", address.port);
}

bool is_loopback(const Address& address) {
    boost::system::error_code bad;
    const auto parsed = asio::ip::make_address(address.host, bad);
    if (bad) return false;
    if (parsed.is_v6() && parsed.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, parsed.to_v6()).is_loopback();
    return parsed.is_loopback();
}

}  // namespace anjie::http
