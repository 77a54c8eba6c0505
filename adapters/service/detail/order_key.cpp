#include "adapters/service/detail/order_key.hpp"

namespace anjie::service::detail {
namespace {

constexpr unsigned kept_bits = 61;
constexpr std::uint64_t kept = (std::uint64_t{1} << kept_bits) - 1;

/// Parts with their lengths, so that no two lists of parts read the same.
std::uint64_t digest(const Hasher& hasher, std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const auto part : parts) text.append(std::to_string(part.size())).append(":").append(part);
    const auto hash = hasher.digest(bytes_of(text));
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < sizeof word; ++i) word = word << 8 | std::to_integer<std::uint64_t>(hash.bytes[i]);
    return word & kept;
}

}  // namespace

OrderKey order_key(const Hasher& hasher, std::string_view principal, std::string_view key, std::string_view content) {
    return {digest(hasher, {"key", principal, key}), digest(hasher, {"order", content})};
}

// 48 bits, version, 12 bits, variant, 62 bits: the key has the first 48 + 12 and one of the 62, the content the rest.
CommandId command_id_of(const OrderKey& key) {
    const auto high = (key.key >> 13) << 16 | std::uint64_t{8} << 12 | (key.key >> 1 & 0xfff);
    const auto low = std::uint64_t{2} << 62 | (key.key & 1) << 61 | key.content;
    CommandId id;
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
        id.bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
    }
    return id;
}

OrderKey order_key_of(const CommandId& id) {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        high = high << 8 | id.bytes[i];
        low = low << 8 | id.bytes[8 + i];
    }
    if ((high >> 12 & 0xf) != 8) return {~std::uint64_t{0}, ~std::uint64_t{0}};
    return {(high >> 16) << 13 | (high & 0xfff) << 1 | (low >> 61 & 1), low & kept};
}

}  // namespace anjie::service::detail
