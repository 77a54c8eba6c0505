#include "adapters/spreadsheet/detail/cell_values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

#include "engine/time.hpp"

namespace anjie::spreadsheet::detail {
namespace {

/// From here on a number no longer keeps every digit that was typed.
constexpr double digits_lost_from = 1e15;
constexpr int minutes_a_day = 24 * 60;

std::unexpected<Complaint> no_day(std::string_view value) {
    return std::unexpected(Complaint{
        .value = std::string(value),
        .sentence = {"这个数字按日期格式显示，但不是存在的日期", "is shown as a day, but there is no such day"},
        .remedy = {"请在该格重新输入日期，例如 2024-3-5", "type the day again, for example 2024-3-5"}});
}

std::unexpected<Complaint> digits_lost(std::string_view value) {
    return std::unexpected(Complaint{
        .value = std::string(value),
        .sentence = {"超过 15 位的号码被存成了数字，末尾几位已经丢失",
                     "a number of more than 15 digits was stored as a number: its last digits are lost"},
        .remedy = {"请先把该列的格式设为“文本”，再照原件重新输入完整号码（不能由本表恢复）",
                   "set the column's format to text first, then type the whole number again from the document"}});
}

/// Errors: nullopt outside the years 1900 to 2199, which no ledger reaches.
std::optional<Date> day_of_serial(std::int64_t serial, bool from_1904) {
    constexpr std::int64_t leap_day_that_was_none = 60;
    if (!from_1904 && (serial < 1 || serial == leap_day_that_was_none)) return std::nullopt;
    if (serial < 0 || serial > 120'000) return std::nullopt;
    const auto origin = from_1904                         ? make_date(1904, 1, 1)
                        : serial < leap_day_that_was_none ? make_date(1899, 12, 31)
                                                          : make_date(1899, 12, 30);
    const auto day = origin + std::chrono::days(serial);
    if (year_of(day) < 1900 || year_of(day) > 2199) return std::nullopt;
    return day;
}

CellText text_of_day(double value, std::string_view written, NumberFormat::Kind kind, bool from_1904) {
    auto whole = static_cast<std::int64_t>(std::floor(value));
    auto minutes = static_cast<int>(std::lround((value - std::floor(value)) * minutes_a_day));
    if (minutes == minutes_a_day) {
        minutes = 0;
        ++whole;
    }
    const auto clock = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
    if (kind == NumberFormat::Kind::time_only && whole == 0) return clock;
    const auto day = day_of_serial(whole, from_1904);
    if (!day) return no_day(written);
    const auto text = to_string(*day);
    if (kind == NumberFormat::Kind::month_only) return text.substr(0, text.find_last_of('-'));
    return minutes == 0 ? text : text + " " + clock;
}

}  // namespace

CellText text_of_number(std::string_view number, NumberFormat format, bool from_1904) {
    double value{};
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value))
        return std::unexpected(Complaint{.value = std::string(number.substr(0, 60)),
                                         .sentence = {"存的不是数字", "is stored as a number but is none"},
                                         .remedy = {"请在该格重新输入", "type it again"}});
    using Kind = NumberFormat::Kind;
    if (format.kind == Kind::day || format.kind == Kind::month_only || format.kind == Kind::time_only) {
        if (value < 0 || value > 1e9) return no_day(number);
        return text_of_day(value, number, format.kind, from_1904);
    }
    if (std::abs(value) >= digits_lost_from) return digits_lost(fmt::format("{:.5E}", value));
    // Fifteen digits are what spreadsheet programs show of a number: 1.1, not 1.1000000000000001.
    std::array<char, 400> buffer;
    const auto shown =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 15);
    double rounded{};
    std::from_chars(buffer.data(), shown.ptr, rounded);
    const auto plain = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded, std::chars_format::fixed);
    std::string text(buffer.data(), plain.ptr);
    if (text == "-0") text = "0";
    const bool whole = text.find_first_not_of("0123456789") == std::string::npos;
    if (format.kind == Kind::zeros && whole && text.size() < format.places)
        text.insert(0, format.places - text.size(), '0');
    return text;
}

CellText text_of_boolean(std::string_view value) {
    if (value == "1" || value == "true") return "是";
    if (value == "0" || value == "false") return "否";
    return std::unexpected(Complaint{.value = std::string(value.substr(0, 60)),
                                     .sentence = {"存的不是真假值", "is stored as true or false but is neither"},
                                     .remedy = {"请在该格重新输入", "type it again"}});
}

CellText text_of_iso_day(std::string_view value) {
    if (const auto day = parse_date(value.substr(0, 10))) return to_string(*day);
    return no_day(value.substr(0, 60));
}

CellText text_of_error(std::string_view value) {
    return std::unexpected(
        Complaint{.value = std::string(value.substr(0, 60)),
                  .sentence = {"公式的结果是错误值", "the formula of this cell yields an error"},
                  .remedy = {"请改正公式，或直接填写内容", "mend the formula, or write the content itself"}});
}

std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        unsigned code{};
        const auto escape = text.substr(i, 7);
        const bool is_escape = escape.size() == 7 && escape.starts_with("_x") && escape[6] == '_' &&
                               std::from_chars(escape.data() + 2, escape.data() + 6, code, 16).ptr == escape.data() + 6;
        if (!is_escape || code == 0 || (code >= 0xD800 && code <= 0xDFFF)) {
            out.push_back(text[i++]);
            continue;
        }
        if (code < 0x80) {
            out.push_back(static_cast<char>(code));
        } else if (code < 0x800) {
            out.push_back(static_cast<char>(0xC0 | code >> 6));
            out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
        } else {
            out.push_back(static_cast<char>(0xE0 | code >> 12));
            out.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3F)));
            out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
        }
        i += 7;
    }
    return out;
}

std::optional<Place> parse_place(std::string_view text) {
    Place place;
    std::size_t i = 0;
    for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && place.column <= sheet_columns_max; ++i)
        place.column = place.column * 26 + static_cast<std::size_t>(text[i] - 'A' + 1);
    if (i == 0 || place.column > sheet_columns_max) return std::nullopt;
    --place.column;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), place.row);
    if (error != std::errc{} || end != text.data() + text.size() || place.row == 0 || place.row > sheet_rows_max)
        return std::nullopt;
    return place;
}

std::string column_letters(std::size_t column) {
    std::string out;
    for (auto rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return out;
}

}  // namespace anjie::spreadsheet::detail
