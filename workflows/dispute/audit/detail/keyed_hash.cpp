#include "workflows/dispute/audit/detail/keyed_hash.hpp"

#include <bit>
#include <cstddef>

namespace anjie::dispute::audit::detail {
namespace {

struct Lanes {
    std::uint64_t a, b, c, d;

    void round() {
        a += b;
        b = std::rotl(b, 13) ^ a;
        a = std::rotl(a, 32);
        c += d;
        d = std::rotl(d, 16) ^ c;
        a += d;
        d = std::rotl(d, 21) ^ a;
        c += b;
        b = std::rotl(b, 17) ^ c;
        c = std::rotl(c, 32);
    }
    void take(std::uint64_t word) {
        d ^= word;
        round();
        round();
        a ^= word;
    }
};

std::uint64_t little_endian(std::string_view bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    return word;
}

}  // namespace

std::uint64_t keyed_hash(const std::array<std::uint64_t, 2>& key, std::string_view text) {
    Lanes lanes{key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du, key[0] ^ 0x6c7967656e657261u,
                key[1] ^ 0x7465646279746573u};
    const std::uint64_t length = text.size();
    for (; text.size() >= 8; text.remove_prefix(8)) lanes.take(little_endian(text.substr(0, 8)));
    lanes.take(little_endian(text) | length << 56);
    lanes.c ^= 0xff;
    for (int i = 0; i < 4; ++i) lanes.round();
    return lanes.a ^ lanes.b ^ lanes.c ^ lanes.d;
}

}  // namespace anjie::dispute::audit::detail
