#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie {

/// A digest of 32 bytes (摘要值): SHA-256 in the first suite, SM3 in a second.
struct Hash {
    std::array<std::byte, 32> bytes{};

    auto operator<=>(const Hash&) const = default;
};

[[nodiscard]] inline BytesView view_of(const Hash& hash) { return hash.bytes; }
[[nodiscard]] inline BytesView bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

/// Base64 of RFC 4648 section 4, with padding.
[[nodiscard]] std::string to_base64(BytesView bytes);
/// Errors: `invalid` unless it is exactly what `to_base64` writes (no other spelling of the same bytes is taken).
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);
/// Errors: `invalid` unless it is the base64 of 32 bytes.
[[nodiscard]] Result<Hash> hash_from_base64(std::string_view text);

/// Lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(BytesView bytes);
/// Errors: `invalid` unless an even number of lower-case hexadecimal digits.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);

}  // namespace anjie
