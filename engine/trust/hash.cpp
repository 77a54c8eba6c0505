#include "engine/trust/hash.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace anjie {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex_digits = "0123456789abcdef";

std::unexpected<Error> not_base64() { return failure(ErrorCode::invalid, "this is not base64 as RFC 4648 writes it"); }

}  // namespace

std::string to_base64(BytesView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto count = std::min<std::size_t>(bytes.size() - i, 3);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= count ? letters[group >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

Result<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return not_base64();
    auto digits = text;
    while (digits.ends_with('=') && text.size() - digits.size() < 2) digits.remove_suffix(1);
    Bytes bytes;
    bytes.reserve(digits.size() * 3 / 4);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char letter : digits) {
        const auto value = letters.find(letter);
        if (value == std::string_view::npos) return not_base64();
        group = group << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::byte>(group >> bits & 0xff));
        }
    }
    // Left-over bits must be zero: one spelling for one value.
    if (bits >= 6 || (group & ((1u << bits) - 1)) != 0) return not_base64();
    if ((digits.size() + 3) / 4 * 4 != text.size()) return not_base64();
    return bytes;
}

Result<Hash> hash_from_base64(std::string_view text) {
    ANJIE_TRY(const auto bytes, from_base64(text));
    Hash hash;
    if (bytes.size() != hash.bytes.size())
        return failure(ErrorCode::invalid, fmt::format("a hash has 32 bytes, not {}", bytes.size()));
    std::memcpy(hash.bytes.data(), bytes.data(), bytes.size());
    return hash;
}

std::string to_hex(BytesView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += hex_digits[std::to_integer<unsigned>(byte) >> 4];
        text += hex_digits[std::to_integer<unsigned>(byte) & 15];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return failure(ErrorCode::invalid, "an odd number of hexadecimal digits");
    Bytes bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_digits.find(text[i]);
        const auto low = hex_digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos)
            return failure(ErrorCode::invalid, "not a lower-case hexadecimal digit");
        bytes.push_back(static_cast<std::byte>(high << 4 | low));
    }
    return bytes;
}

}  // namespace anjie
