#include "adapters/json/field_text.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "adapters/text_forms/text_forms.hpp"

namespace anjie::json {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        auto part = plain(text.substr(0, end));
        if (!part.empty()) parts.push_back(std::move(part));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

template <class T>
Result<T> value_or(std::optional<T> value, std::string_view text) {
    if (!value) return unknown_text(text, form_of<T>());
    return *std::move(value);
}

}  // namespace

std::string plain(std::string_view text) { return text_forms::to_half_width(text); }

std::unexpected<Error> unknown_text(std::string_view text, std::string_view form) {
    return failure(ErrorCode::invalid,
                   fmt::format("\"{}\" is not understood / 无法识别; write / 可写: {}", text, form));
}

std::string unknown_names(const std::vector<std::string>& unknown, const std::vector<std::string_view>& known) {
    return fmt::format("unknown field / 没有此字段: {}; fields / 字段: {}", fmt::join(unknown, ", "),
                       known.empty() ? "none / 无" : fmt::format("{}", fmt::join(known, ", ")));
}

Result<bool> flag_of(std::string_view text) {
    const std::string written = plain(text);
    for (const auto* yes : {"true", "yes", "1", "是"})
        if (written == yes) return true;
    for (const auto* no : {"false", "no", "0", "否"})
        if (written == no) return false;
    return unknown_text(text, form_of<bool>());
}

Result<std::uint64_t> number_of(std::string_view text, std::uint64_t high) {
    const std::string written = plain(text);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
    if (written.empty() || error != std::errc{} || end != written.data() + written.size() || number > high)
        return unknown_text(text, fmt::format("0 - {}", high));
    return number;
}

Result<dispute::Money> money_of(std::string_view text) { return value_or(text_forms::parse_money(text), text); }
std::string money_text(dispute::Money amount) { return text_forms::to_text(amount); }
Result<Date> date_of(std::string_view text) { return value_or(text_forms::parse_date_any(text), text); }
Result<Instant> instant_of(std::string_view text) { return value_or(parse_instant(plain(text)), text); }
Result<Period> period_of(std::string_view text) { return value_or(parse_period(plain(text)), text); }
Result<dispute::CaseNumber> case_number_of(std::string_view text) {
    return value_or(dispute::parse_case_number(text), text);
}

Result<AlarmLevel> level_of(std::string_view text) {
    const auto* found = std::ranges::find(alarm_level_names, plain(text));
    if (found == std::end(alarm_level_names)) return unknown_text(text, form_of<AlarmLevel>());
    return static_cast<AlarmLevel>(found - std::begin(alarm_level_names));
}

std::vector<std::string> list_items(std::string_view text) {
    std::string written = plain(text);
    constexpr std::string_view enumeration_comma = "、";
    for (auto at = written.find(enumeration_comma); at != std::string::npos; at = written.find(enumeration_comma, at))
        written.replace(at, enumeration_comma.size(), ",");
    return split(written, ',');
}

std::vector<std::string> list_records(std::string_view text) { return split(plain(text), ';'); }

Result<std::vector<std::pair<std::string, std::string>>> record_fields(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> fields;
    const auto colon = text.find(':');
    const auto equals = text.find('=');
    if (colon != std::string_view::npos && (equals == std::string_view::npos || colon < equals)) {
        fields.emplace_back("number", plain(text.substr(0, colon)));
        text.remove_prefix(colon + 1);
    }
    for (const auto& part : split(text, ',')) {
        const auto at = part.find('=');
        // "amount=3,000": a part without a name belongs to the one before.
        if (at == std::string::npos && !fields.empty() && fields.back().first != "number")
            fields.back().second += "," + part;
        else if (at == std::string::npos)
            return unknown_text(part, "name=value");
        else
            fields.emplace_back(plain(part.substr(0, at)), plain(part.substr(at + 1)));
    }
    for (auto field = fields.begin(); field != fields.end(); ++field)
        if (std::ranges::find(field + 1, fields.end(), field->first, &std::pair<std::string, std::string>::first) !=
            fields.end())
            return failure(ErrorCode::invalid, fmt::format("{} is given twice / 重复", field->first));
    return fields;
}

}  // namespace anjie::json
