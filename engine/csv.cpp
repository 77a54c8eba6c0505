#include "engine/csv.hpp"

namespace anjie {

std::string csv_cell(std::string_view text) {
    constexpr std::string_view dangerous = "=+-@\t\r\n";
    constexpr std::string_view number = "-0123456789.";
    const bool formula = !text.empty() && dangerous.find(text.front()) != std::string_view::npos &&
                         text.find_first_not_of(number) != std::string_view::npos;
    const bool quotes = formula || text.find_first_of(",;\"\r\n\t") != std::string_view::npos;
    if (!quotes) return std::string(text);
    std::string cell = formula ? "\"'" : "\"";
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

}  // namespace anjie
