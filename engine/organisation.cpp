#include "engine/organisation.hpp"

#include <algorithm>
#include <array>

namespace anjie {
namespace {

constexpr std::string_view nation = "CN";
/// Province, prefecture, county, township, village: how many digits a code of that level has.
constexpr std::array<std::size_t, 5> levels{2, 4, 6, 9, 12};

bool is_division(std::string_view code) {
    return std::ranges::find(levels, code.size()) != levels.end() &&
           std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

/// Without the zeros that stand for "the whole of the level above".
std::string_view significant(std::string_view division) {
    for (auto level = levels.rbegin(); level + 1 != levels.rend(); ++level) {
        if (division.size() != *level) continue;
        const auto above = *(level + 1);
        if (division.find_first_not_of('0', above) == std::string_view::npos) division = division.substr(0, above);
    }
    return division;
}

}  // namespace

OrganisationPrefixes prefixes_within(std::string_view top) {
    if (top.empty()) return {};
    if (top == nation) {
        OrganisationPrefixes all{.equal = {std::string(nation)}, .starts = {"CN-"}};
        for (char digit = '0'; digit <= '9'; ++digit) all.starts.emplace_back(1, digit);
        return all;
    }
    if (is_division(top)) return {.equal = {}, .starts = {std::string(significant(top))}};
    return {.equal = {std::string(top)}, .starts = {std::string(top) + "-"}};
}

bool is_within(std::string_view organisation, std::string_view top) {
    const auto prefixes = prefixes_within(top);
    return std::ranges::find(prefixes.equal, organisation) != prefixes.equal.end() ||
           std::ranges::any_of(prefixes.starts,
                               [&](const std::string& start) { return organisation.starts_with(start); });
}

}  // namespace anjie
