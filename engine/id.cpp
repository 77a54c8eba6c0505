#include "engine/id.hpp"

#include <algorithm>
#include <bit>

namespace anjie {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_group_end(std::size_t byte) { return byte == 3 || byte == 5 || byte == 7 || byte == 9; }

std::optional<std::uint8_t> hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
    if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
    if (digit >= 'A' && digit <= 'F') return static_cast<std::uint8_t>(digit - 'A' + 10);
    return std::nullopt;
}

// Two bijective mixers of 64 bits with different shifts and multipliers, so that the two lanes of a hash do not
// collide together.
constexpr std::uint64_t mix_a(std::uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9;
    x ^= x >> 27;
    x *= 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

constexpr std::uint64_t mix_b(std::uint64_t x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccd;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53;
    return x ^ (x >> 33);
}

struct NameHash {
    std::uint64_t high{};
    std::uint64_t low{};
};

// The hash of a name, part of the format: ids derived from names must never change.
//   a = 0x9e3779b97f4a7c15, b = 0xd1b54a32d192ed03
//   for each 8 bytes w of the name, little-endian, the last one filled up with zeros:
//       a = mix_a(a ^ w), b = mix_b(b + w)                     (arithmetic modulo 2^64)
//   a = mix_a(a ^ length), b = mix_b(b + length)
//   high = a, low = mix_a(a + rotate_left(b, 32))
NameHash hash_of(std::string_view name) {
    std::uint64_t a = 0x9e3779b97f4a7c15;
    std::uint64_t b = 0xd1b54a32d192ed03;
    for (std::size_t start = 0; start < name.size(); start += 8) {
        std::uint64_t word = 0;
        const std::size_t length = std::min<std::size_t>(8, name.size() - start);
        for (std::size_t i = 0; i < length; ++i)
            word |= std::uint64_t{static_cast<std::uint8_t>(name[start + i])} << (8 * i);
        a = mix_a(a ^ word);
        b = mix_b(b + word);
    }
    a = mix_a(a ^ name.size());
    b = mix_b(b + name.size());
    return {a, mix_a(a + std::rotl(b, 32))};
}

std::uint64_t big_endian(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
    return value;
}

std::size_t hash_of(const Uuid& id) {
    return mix_a(big_endian(id.bytes.data()) ^ std::rotl(big_endian(id.bytes.data() + 8), 29));
}

}  // namespace

std::string to_string(const Uuid& id) {
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        text.push_back(hex_digits[id.bytes[i] >> 4]);
        text.push_back(hex_digits[id.bytes[i] & 15]);
        if (is_group_end(i)) text.push_back('-');
    }
    return text;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid id;
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        const auto high = hex_value(text[at++]);
        const auto low = hex_value(text[at++]);
        if (!high || !low) return std::nullopt;
        id.bytes[i] = static_cast<std::uint8_t>(*high << 4 | *low);
        if (is_group_end(i) && text[at++] != '-') return std::nullopt;
    }
    return id;
}

Uuid uuid_v7(Instant at, std::uint64_t random_high, std::uint64_t random_low) {
    const auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, at.microseconds / 1000));
    Uuid id;
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (random_high >> 8 & 0x0f));
    id.bytes[7] = static_cast<std::uint8_t>(random_high);
    for (std::size_t i = 0; i < 8; ++i) id.bytes[8 + i] = static_cast<std::uint8_t>(random_low >> (56 - 8 * i));
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
    return id;
}

Uuid uuid_v7_of_name(Instant at, std::string_view name) {
    const NameHash hash = hash_of(name);
    return uuid_v7(at, hash.high, hash.low);
}

}  // namespace anjie

std::size_t std::hash<anjie::CaseId>::operator()(const anjie::CaseId& id) const noexcept { return anjie::hash_of(id); }
std::size_t std::hash<anjie::CommandId>::operator()(const anjie::CommandId& id) const noexcept {
    return anjie::hash_of(id);
}
