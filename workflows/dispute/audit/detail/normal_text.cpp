#include "workflows/dispute/audit/detail/normal_text.hpp"

#include <array>
#include <cstdint>

namespace anjie::dispute::audit::detail {
namespace {

struct Character {
    std::uint32_t code{};  ///< 0: not UTF-8, one byte.
    std::size_t bytes{1};
};

Character first_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (bytes == 0 || lead > 0xf4 || text.size() < bytes) return {};
    std::uint32_t code = lead & (0xffu >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {};
        code = code << 6 | (byte(i) & 0x3fu);
    }
    return {code, bytes};
}

bool is_noise(std::uint32_t code) {
    const bool ascii = code < 0x80;
    const bool letter = (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9');
    return (ascii && !letter) || code == 0xa0 || code == 0xb7 || (code >= 0x2000 && code <= 0x206f) || code == 0x2e31 ||
           (code >= 0x3000 && code <= 0x301f) || code == 0x30fb || code == 0xfeff || (code >= 0xff5f && code <= 0xff65);
}

}  // namespace

NormalText normal_text(std::string_view utf8) {
    NormalText out;
    while (!utf8.empty()) {
        const auto [code, bytes] = first_of(utf8);
        const auto whole = utf8.substr(0, bytes);
        utf8.remove_prefix(bytes);
        // U+FF01 to U+FF5E are the full-width forms of U+0021 to U+007E.
        auto plain = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
        if (plain >= 'A' && plain <= 'Z') plain += 'a' - 'A';
        if (code != 0 && is_noise(plain)) continue;
        ++out.characters;
        if (code != 0 && plain < 0x80)
            out.text.push_back(static_cast<char>(plain));
        else
            out.text += whole;
    }
    return out;
}

bool is_masked(std::string_view utf8) {
    constexpr std::array<std::string_view, 5> masks{"*", "＊", "某", "×", "○"};
    for (const auto mask : masks)
        if (utf8.find(mask) != std::string_view::npos) return true;
    return false;
}

}  // namespace anjie::dispute::audit::detail
