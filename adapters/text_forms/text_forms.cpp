#include "adapters/text_forms/text_forms.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace anjie::text_forms {
namespace {

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

void skip_spaces(std::string_view& text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
}

void trim(std::string_view& text) {
    skip_spaces(text);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the leading digits, at most `digits_max` of them.
std::optional<unsigned> take_number(std::string_view& text, std::size_t digits_max) {
    skip_spaces(text);
    std::size_t count = 0;
    unsigned value = 0;
    while (count < text.size() && count < digits_max && is_digit(text[count]))
        value = value * 10 + static_cast<unsigned>(text[count++] - '0');
    if (count == 0) return std::nullopt;
    text.remove_prefix(count);
    return value;
}

std::optional<Date> existing_day(unsigned year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (year < 1900 || year > 2199 || !date.ok()) return std::nullopt;
    return Date{std::chrono::local_days{date}.time_since_epoch()};
}

/// "", " 14:30", "T14:30:00", "14时30分": a time of day that the table's program added.
bool is_time_of_day(std::string_view rest) {
    if (rest.empty()) return true;
    for (const char c : rest) {
        const bool of_a_time = is_digit(c) || c == ':' || c == ' ' || c == 'T' || c == '.' || c == '+' || c == 'Z';
        if (!of_a_time) return false;
    }
    return rest.front() == ' ' || rest.front() == 'T';
}

bool take_first_separator(std::string_view& text, char& separator) {
    skip_spaces(text);
    if (take_prefix(text, "年")) {
        separator = 'Y';
        return true;
    }
    if (text.empty() || (text.front() != '-' && text.front() != '/' && text.front() != '.')) return false;
    separator = text.front();
    text.remove_prefix(1);
    return true;
}

std::optional<Date> parse_compact(std::string_view text) {
    if (text.size() != 8) return std::nullopt;
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return existing_day(value / 10'000, value / 100 % 100, value % 100);
}

}  // namespace

std::string to_half_width(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
        // U+FF01..U+FF5E are EF BC 81 .. EF BD 9E: ASCII 0x21..0x7E in full width.
        if (i + 2 < text.size() && byte(i) == 0xEF && (byte(i + 1) == 0xBC || byte(i + 1) == 0xBD)) {
            const unsigned code = 0xF000u | (static_cast<unsigned>(byte(i + 1) & 0x3F) << 6) | (byte(i + 2) & 0x3Fu);
            if (code >= 0xFF01 && code <= 0xFF5E) {
                out.push_back(static_cast<char>(code - 0xFF01 + 0x21));
                i += 3;
                continue;
            }
        }
        if (text.substr(i).starts_with("\xE3\x80\x80")) {
            out.push_back(' ');
            i += 3;
        } else if (text.substr(i).starts_with("\xC2\xA0")) {
            out.push_back(' ');
            i += 2;
        } else if (text[i] == '\t' || text[i] == '\n' || text[i] == '\r') {
            out.push_back(' ');
            ++i;
        } else {
            out.push_back(text[i++]);
        }
    }
    std::string_view trimmed = out;
    trim(trimmed);
    return std::string(trimmed);
}

std::optional<Date> parse_date_any(std::string_view text) {
    const std::string plain = to_half_width(text);
    std::string_view rest = plain;
    if (auto compact = parse_compact(rest)) return compact;

    const auto year = take_number(rest, 4);
    char separator = 0;
    if (!year || !take_first_separator(rest, separator)) return std::nullopt;
    const auto month = take_number(rest, 2);
    skip_spaces(rest);
    if (!month || !(separator == 'Y' ? take_prefix(rest, "月") : take_prefix(rest, std::string_view(&separator, 1))))
        return std::nullopt;
    const auto day = take_number(rest, 2);
    if (!day) return std::nullopt;
    if (separator == 'Y') skip_spaces(rest);
    if (separator == 'Y' && !take_prefix(rest, "日") && !take_prefix(rest, "号") && !rest.empty()) return std::nullopt;
    if (!is_time_of_day(rest)) return std::nullopt;
    return existing_day(*year, *month, *day);
}

std::optional<dispute::Money> parse_money(std::string_view text) {
    const std::string plain = to_half_width(text);
    std::string_view rest = plain;
    for (const std::string_view sign : {"人民币", "RMB", "CNY", "¥", "￥"}) {
        if (take_prefix(rest, sign)) skip_spaces(rest);
    }
    take_suffix(rest, "整");
    if (!take_suffix(rest, "元")) take_suffix(rest, "圆");
    trim(rest);
    // How many places the written unit stands above one fen.
    int places = 2;
    if (take_suffix(rest, "亿"))
        places = 10;
    else if (take_suffix(rest, "万"))
        places = 6;
    trim(rest);

    constexpr std::int64_t fen_max = 1'000'000'000'000'000;
    std::int64_t fen = 0;
    int decimals = -1;
    bool any = false;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (is_digit(c)) {
            if (decimals >= 0 && ++decimals > places) {
                if (c != '0') return std::nullopt;
                continue;
            }
            fen = fen * 10 + (c - '0');
            if (fen >= fen_max) return std::nullopt;
            any = true;
        } else if (c == '.' && decimals < 0 && any) {
            decimals = 0;
        } else if (c != ',' || decimals >= 0 || !any || i + 1 == rest.size()) {
            return std::nullopt;
        }
    }
    if (!any) return std::nullopt;
    for (int i = decimals < 0 ? 0 : decimals; i < places; ++i) {
        fen *= 10;
        if (fen >= fen_max) return std::nullopt;
    }
    return dispute::Money{fen};
}

std::string to_text(dispute::Money amount) {
    std::string out = amount.fen < 0 ? "-" : "";
    const auto fen = static_cast<std::uint64_t>(amount.fen < 0 ? -amount.fen : amount.fen);
    out += std::to_string(fen / 100);
    out += '.';
    out += static_cast<char>('0' + fen / 10 % 10);
    out += static_cast<char>('0' + fen % 10);
    return out;
}

}  // namespace anjie::text_forms
