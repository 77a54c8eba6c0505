#pragma once

#include <bit>
#include <concepts>
#include <cstring>
#include <string>

namespace anjie::detail {

template <std::unsigned_integral Number>
[[nodiscard]] constexpr Number to_big_endian(Number value) {
    static_assert(sizeof(Number) == 4 || sizeof(Number) == 8);
    if constexpr (std::endian::native == std::endian::big)
        return value;
    else if constexpr (sizeof(Number) == 8)
        return __builtin_bswap64(value);
    else
        return __builtin_bswap32(value);
}

template <std::unsigned_integral Number>
void append_big_endian(std::string& out, Number value) {
    const auto swapped = to_big_endian(value);
    out.append(reinterpret_cast<const char*>(&swapped), sizeof swapped);
}

template <std::unsigned_integral Number>
void put_big_endian(char* out, Number value) {
    const auto swapped = to_big_endian(value);
    std::memcpy(out, &swapped, sizeof swapped);
}

template <std::unsigned_integral Number>
[[nodiscard]] Number read_big_endian(const char* bytes) {
    Number value{};
    std::memcpy(&value, bytes, sizeof value);
    return to_big_endian(value);
}

}  // namespace anjie::detail
