#include "adapters/spreadsheet/detail/number_formats.hpp"

#include <algorithm>
#include <string>

namespace anjie::spreadsheet::detail {
namespace {

/// The letters of the first section of a format that mean something: without texts in quotes, escapes, colours,
/// languages and conditions; [h], [m] and [s] stay, as h, m and s.
std::string meaning_of(std::string_view code) {
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == ';') break;
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const auto close = std::min(code.find(']', i), code.size());
            const auto inside = code.substr(i + 1, close - i - 1);
            const bool elapsed = !inside.empty() && std::ranges::all_of(inside, [](char x) {
                return x == 'h' || x == 'H' || x == 'm' || x == 'M' || x == 's' || x == 'S';
            });
            if (elapsed) out += inside;
            i = close;
        } else {
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        }
    }
    return out;
}

}  // namespace

NumberFormat format_of_code(std::string_view code) {
    using Kind = NumberFormat::Kind;
    std::string letters = meaning_of(code);
    for (const std::string_view word : {"general", "am/pm", "a/p", "上午/下午"})
        for (auto at = letters.find(word); at != std::string::npos; at = letters.find(word))
            letters.erase(at, word.size());
    const auto has = [&](char c) { return letters.contains(c); };
    // e is the year of an era, and E the exponent of a number: 0.00E+00.
    const bool number = has('0') || has('#') || has('?');
    if (has('d')) return {.kind = Kind::day};
    if (has('y') || (has('e') && !number)) return {.kind = Kind::month_only};
    if (has('h') || has('s')) return {.kind = Kind::time_only};
    if (has('m')) return {.kind = Kind::month_only};
    const bool zeros =
        letters.size() >= 2 && letters.size() <= 15 && std::ranges::all_of(letters, [](char c) { return c == '0'; });
    if (zeros) return {.kind = Kind::zeros, .places = static_cast<std::uint8_t>(letters.size())};
    return {};
}

NumberFormat built_in_format(unsigned id) {
    using Kind = NumberFormat::Kind;
    switch (id) {
        case 14:  // m/d/yyyy, shown as the reader's short day
        case 15:
        case 16:
        case 22:
        case 30:
        case 31:  // yyyy"年"m"月"d"日"
        case 51:
        case 53:
        case 54:
        case 58:  // m"月"d"日"
        case 28:
        case 29:
            return {.kind = Kind::day};
        case 17:
        case 27:  // yyyy"年"m"月"
        case 36:
        case 50:
        case 52:
        case 57:
            return {.kind = Kind::month_only};
        case 18:
        case 19:
        case 20:
        case 21:
        case 32:
        case 33:
        case 34:
        case 35:
        case 45:
        case 46:
        case 47:
        case 55:
        case 56:
            return {.kind = Kind::time_only};
        default:
            return {};
    }
}

}  // namespace anjie::spreadsheet::detail
