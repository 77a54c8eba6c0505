#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace anjie::test {

using FuzzBytes = std::span<const std::uint8_t>;

inline std::string_view as_text(FuzzBytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// A good text with the edits that the fuzzer's bytes describe, four bytes each: what to do, where, with what. Bytes
/// that were never good seldom come past the first check; these get to the last.
inline std::string edited(std::string_view good, FuzzBytes script) {
    std::string text(good);
    for (; script.size() >= 4 && !text.empty(); script = script.subspan(4)) {
        const auto at = (static_cast<std::size_t>(script[1]) << 8 | script[2]) % text.size();
        const auto letter = static_cast<char>(script[3]);
        switch (script[0] % 5) {
            case 0:
                text[at] = letter;
                break;
            case 1:
                text.insert(at, 1, letter);
                break;
            case 2:
                text.erase(at, 1 + script[3] % 64);
                break;
            case 3:  // A line once more.
                if (const auto end = text.find('\n', at); end != std::string::npos)
                    text.insert(end + 1, text.substr(at, end + 1 - at));
                break;
            default:  // Two halves change places.
                text = text.substr(at) + text.substr(0, at);
        }
        if (text.size() > 65'536) break;
    }
    return text;
}

/// The fuzzer's bytes as they are, or as edits of a good text: the first byte decides.
inline std::string raw_or_edited(std::string_view good, FuzzBytes bytes) {
    if (bytes.empty()) return {};
    const auto rest = bytes.subspan(1);
    return bytes[0] % 2 == 0 ? edited(good, rest) : std::string(as_text(rest));
}

}  // namespace anjie::test
