#include "workflows/dispute/statistics/organisation.hpp"

#include <algorithm>
#include <array>

namespace anjie::dispute::statistics {
namespace {

constexpr std::array<std::size_t, 5> level_ends{2, 4, 6, 9, 12};

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view first_segment(std::string_view code) { return code.substr(0, code.find('-')); }

/// The division code without the levels that only zeros fill.
std::string_view significant(std::string_view division) {
    if (std::ranges::find(level_ends, division.size()) == level_ends.end()) return division;
    for (auto level = level_ends.size() - 1; level > 0; --level) {
        const auto end = level_ends.at(level);
        const auto start = level_ends.at(level - 1);
        if (end > division.size()) continue;
        if (division.substr(start).find_first_not_of('0') != std::string_view::npos) break;
        division = division.substr(0, start);
    }
    return division;
}

}  // namespace

std::string normal_code(std::string_view code) {
    const auto first = first_segment(code);
    if (!is_digits(first)) return std::string{code};
    return std::string{significant(first)}.append(code.substr(first.size()));
}

std::vector<std::string> path_of(std::string_view code) {
    const auto normal = normal_code(code);
    std::vector<std::string> path;
    if (normal.empty()) return path;
    const auto first = first_segment(normal);
    if (is_digits(first))
        for (const auto end : level_ends)
            if (end < first.size()) path.push_back(normal.substr(0, end));
    for (auto end = first.size(); end < normal.size(); end = normal.find('-', end + 1))
        path.push_back(normal.substr(0, end));
    path.push_back(normal);
    return path;
}

bool is_within(std::string_view code, std::string_view top) {
    if (top.empty()) return true;
    const auto path = path_of(code);
    return std::ranges::find(path, normal_code(top)) != path.end();
}

}  // namespace anjie::dispute::statistics
