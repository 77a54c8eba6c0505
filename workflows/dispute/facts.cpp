#include "workflows/dispute/facts.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace anjie::dispute {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> year_brackets{{
    {"〔", "〕"},
    {"（", "）"},
    {"［", "］"},
    {"【", "】"},
    {"[", "]"},
    {"(", ")"},
    {"<", ">"},
}};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view wide_space = "\u3000";
    while (true) {
        if (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
            text.remove_prefix(1);
        else if (text.starts_with(wide_space))
            text.remove_prefix(wide_space.size());
        else if (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
            text.remove_suffix(1);
        else if (text.ends_with(wide_space))
            text.remove_suffix(wide_space.size());
        else
            return text;
    }
}

/// ０ to ９ as 0 to 9: typists mix them.
std::string with_ascii_digits(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool wide = text.substr(i).starts_with("\xEF\xBC") && i + 2 < text.size() && text[i + 2] >= '\x90' &&
                          text[i + 2] <= '\x99';
        if (wide) {
            out.push_back(static_cast<char>('0' + (text[i + 2] - '\x90')));
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    text = trimmed(text);
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<CaseNumber> parse_with(std::string_view text, std::string_view open, std::string_view close) {
    const auto opens = text.find(open);
    if (opens == std::string_view::npos) return std::nullopt;
    const auto closes = text.find(close, opens + open.size());
    if (closes == std::string_view::npos) return std::nullopt;

    const auto prefix = trimmed(text.substr(0, opens));
    const auto year = parse_number<std::uint16_t>(text.substr(opens + open.size(), closes - opens - open.size()));
    auto rest = trimmed(text.substr(closes + close.size()));
    constexpr std::string_view ordinal = "第", mark = "号";
    if (rest.starts_with(ordinal)) rest.remove_prefix(ordinal.size());
    if (rest.ends_with(mark)) rest.remove_suffix(mark.size());
    const auto serial = parse_number<std::uint32_t>(rest);
    if (prefix.empty() || !year || *year < 1900 || *year > 2199 || !serial || *serial == 0) return std::nullopt;
    return CaseNumber{std::string(prefix), *year, *serial};
}

}  // namespace

std::string to_string(const CaseNumber& number) {
    return fmt::format("{}〔{}〕{}号", number.prefix, number.year, number.serial);
}

std::optional<CaseNumber> parse_case_number(std::string_view text) {
    const std::string plain = with_ascii_digits(trimmed(text));
    for (const auto& [open, close] : year_brackets)
        if (auto number = parse_with(plain, open, close)) return number;
    return std::nullopt;
}

CaseId case_id_of(std::string_view organisation, const CaseNumber& number) {
    // The year's first moment plus one second per serial: cases registered one after another lie side by side.
    const Instant start = start_of_day(make_date(number.year, 1, 1));
    const Instant at{start.microseconds + std::int64_t{number.serial} * 1'000'000};
    return CaseId{
        uuid_v7_of_name(at, fmt::format("{}/{}/{}/{}", organisation, number.prefix, number.year, number.serial))};
}

namespace {
constexpr std::string_view handover_prefix = "handover:";
}  // namespace

std::string handover_origin(std::string_view handover, std::string_view from) {
    return std::string(handover_prefix) + std::string(handover) + ":" + std::string(from);
}

std::optional<HandoverOrigin> parse_handover_origin(std::string_view origin) {
    if (!origin.starts_with(handover_prefix)) return std::nullopt;
    origin.remove_prefix(handover_prefix.size());
    const auto colon = origin.find(':');
    if (colon == std::string_view::npos) return HandoverOrigin{origin, {}};
    return HandoverOrigin{origin.substr(0, colon), origin.substr(colon + 1)};
}

}  // namespace anjie::dispute
