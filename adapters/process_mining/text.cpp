#include "adapters/process_mining/text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>

namespace anjie::process_mining {
namespace {

std::string to_milliseconds(std::chrono::milliseconds since_epoch, char between) {
    using namespace std::chrono;
    const auto day = floor<days>(since_epoch);
    const year_month_day date{sys_days(day)};
    const hh_mm_ss time{since_epoch - day};
    return fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}.{:03}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), between,
                       time.hours().count(), time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::chrono::milliseconds milliseconds_of(Instant at) {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::microseconds{at.microseconds});
}

/// Length of the valid UTF-8 character at the front that XML 1.0 allows; 0 when there is none.
std::size_t allowed_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    std::uint32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return 0;
        point = point << 6 | (byte(i) & 0x3FU);
    }
    constexpr std::uint32_t least[]{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < least[length] || point > 0x10FFFF || surrogate || point == 0xFFFE || point == 0xFFFF) return 0;
    return length;
}

/// Calls `put` with each allowed character of the text.
template <class Put>
void each_character(std::string_view text, Put&& put) {
    while (!text.empty()) {
        const auto length = allowed_length(text);
        if (length != 0) put(text.substr(0, length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
}

}  // namespace

std::string zoned_time(Instant at) {
    return to_milliseconds(milliseconds_of(at) + std::chrono::hours{8}, 'T') + "+08:00";
}

std::string sqlite_time(Instant at) { return to_milliseconds(milliseconds_of(at), ' '); }

std::string clean_text(std::string_view text) {
    std::string out;
    each_character(text, [&](std::string_view character) { out += character; });
    return out;
}

std::string xml_text(std::string_view text) {
    std::string out;
    each_character(text, [&](std::string_view character) {
        switch (character.front()) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\t':
            case '\n':
            case '\r':
                out += fmt::format("&#{};", static_cast<int>(character.front()));
                break;
            default:
                out += character;
        }
    });
    return out;
}

std::string json_text(std::string_view text) {
    std::string out = "\"";
    each_character(text, [&](std::string_view character) {
        const char first = character.front();
        if (first == '"' || first == '\\')
            out += '\\', out += first;
        else if (static_cast<unsigned char>(first) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<int>(first));
        else
            out += character;
    });
    return out += '"';
}

}  // namespace anjie::process_mining
