#include "adapters/spreadsheet/detail/sheet_text.hpp"

#include <fmt/format.h>

namespace anjie::spreadsheet::detail {
namespace {

constexpr std::size_t cell_characters_max = 32'000;
constexpr std::size_t name_characters_max = 31;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Bytes of the character at the front, or 0 when it is none that XML can hold.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    std::uint32_t code = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
        code = code << 6 | (byte(i) & 0x3F);
    }
    constexpr std::uint32_t least[]{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code >= least[length] && code <= 0x10FFFF && !surrogate && code != 0xFFFE && code != 0xFFFF ? length : 0;
}

template <class Take>
void each_character(std::string_view text, Take take) {
    while (!text.empty()) {
        const auto bytes = character_bytes(text);
        if (!take(bytes == 0 ? replacement : text.substr(0, bytes))) return;
        text.remove_prefix(std::max<std::size_t>(bytes, 1));
    }
}

}  // namespace

std::string sheet_text(std::string_view text) {
    std::string out;
    std::size_t characters = 0;
    each_character(text, [&](std::string_view one) {
        // A character outside the basic plane counts two in a cell.
        characters += one.size() == 4 ? 2 : 1;
        const bool fits = characters < cell_characters_max;
        out += fits ? one : "…";
        return fits;
    });
    return out;
}

std::string SheetNames::next(std::string_view wanted) {
    std::string name;
    std::size_t characters = 0;
    each_character(wanted, [&](std::string_view one) {
        const bool forbidden =
            one.size() == 1 && (static_cast<unsigned char>(one[0]) < 0x20 ||
                                std::string_view("[]:*?/\\'").find(one[0]) != std::string_view::npos);
        name += forbidden ? "_" : one;
        return ++characters < name_characters_max - 4;  // Room for a number.
    });
    if (name.empty()) name = "_";
    std::string unique = name;
    const auto folded = [](std::string text) {
        for (char& c : text)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return text;
    };
    for (int i = 2; !used_.insert(folded(unique)).second; ++i) unique = fmt::format("{} {}", name, i);
    return unique;
}

}  // namespace anjie::spreadsheet::detail
