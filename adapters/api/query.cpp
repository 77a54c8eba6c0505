#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "adapters/api/detail/query.hpp"

namespace anjie::api::detail {

void Query::complain(std::string_view name, std::string_view value, std::string_view advice) {
    if (!wrong_) wrong_ = Error{ErrorCode::invalid, fmt::format("query: {}: \"{}\": {}", name, value, advice)};
}

std::string Query::text(std::string_view name) {
    known_.emplace(name);
    const auto all = parameters_.all(name);
    if (all.size() > 1) complain(name, all[1], "given twice / 重复");
    return all.empty() ? std::string{} : std::string(all.front());
}

std::vector<std::string> Query::texts(std::string_view name) {
    known_.emplace(name);
    std::vector<std::string> parts;
    for (auto value : parameters_.all(name)) {
        while (true) {
            const auto comma = value.find(',');
            if (const auto part = value.substr(0, comma); !part.empty()) parts.emplace_back(part);
            if (comma == std::string_view::npos) break;
            value.remove_prefix(comma + 1);
        }
    }
    return parts;
}

std::optional<std::uint64_t> Query::number(std::string_view name, std::uint64_t low, std::uint64_t high) {
    const auto written = text(name);
    if (written.empty()) return std::nullopt;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (error == std::errc{} && end == written.data() + written.size() && value >= low && value <= high) return value;
    complain(name, written, fmt::format("write a whole number from {} to {} / 应为整数", low, high));
    return std::nullopt;
}

std::optional<bool> Query::flag(std::string_view name) {
    const auto written = text(name);
    if (written.empty()) return std::nullopt;
    if (written == "true" || written == "false") return written == "true";
    complain(name, written, "write true or false / 应为 true 或 false");
    return std::nullopt;
}

std::optional<Date> Query::date(std::string_view name) {
    const auto written = text(name);
    if (written.empty()) return std::nullopt;
    const auto day = parse_date(written);
    if (!day) complain(name, written, "write a day like 2024-03-05 / 应为日期");
    return day;
}

std::string_view Query::one_of(std::string_view name, std::initializer_list<std::string_view> words) {
    const auto written = text(name);
    if (written.empty()) return *words.begin();
    const auto* const found = std::ranges::find(words, written);
    if (found != words.end()) return *found;
    complain(name, written, fmt::format("write {} / 应为其中之一", fmt::join(words, " or ")));
    return *words.begin();
}

Result<void> Query::check() const {
    if (wrong_) return std::unexpected(*wrong_);
    for (const auto& [name, value] : parameters_.entries())
        if (!known_.contains(name))
            return failure(ErrorCode::invalid,
                           fmt::format("query: there is no parameter \"{}\"; there are {} / 没有此参数", name,
                                       fmt::join(known_, ", ")));
    return {};
}

}  // namespace anjie::api::detail
