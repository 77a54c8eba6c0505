#include "adapters/cli/table.hpp"

#include <clocale>
#include <cwchar>
#include <optional>

#include "engine/assert.hpp"

namespace anjie::cli {
namespace {

/// Longer headings go on several lines.
constexpr std::size_t heading_width = 14;

struct Character {
    std::size_t bytes;
    std::size_t columns;
};

/// The first character of the text; an unreadable byte counts one column.
Character first_character(std::string_view text) {
    static const bool utf8_widths = std::setlocale(LC_CTYPE, "C.UTF-8") != nullptr;
    if (text.size() >= 2 && text[0] == '\033' && text[1] == '[') {
        const auto end = text.find('m');
        return {end == std::string_view::npos ? text.size() : end + 1, 0};
    }
    if (!utf8_widths) return {1, 1};
    std::mbstate_t state{};
    wchar_t wide{};
    const auto used = std::mbrtowc(&wide, text.data(), text.size(), &state);
    if (used == 0 || used > text.size()) return {1, 1};
    const int columns = wcwidth(wide);
    return {used, columns < 0 ? 0u : static_cast<std::size_t>(columns)};
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    while (!utf8.empty()) {
        const auto [bytes, columns] = first_character(utf8);
        width += columns;
        utf8.remove_prefix(bytes);
    }
    return width;
}

std::string padded(std::string_view utf8, std::size_t width, bool right) {
    const auto have = display_width(utf8);
    const std::string fill(have < width ? width - have : 0, ' ');
    return right ? fill + std::string(utf8) : std::string(utf8) + fill;
}

std::string clipped(std::string_view utf8, std::size_t width) {
    if (display_width(utf8) <= width) return std::string(utf8);
    std::string out;
    std::size_t used = 0;
    while (!utf8.empty()) {
        const auto [bytes, columns] = first_character(utf8);
        if (used + columns + 1 > width) break;
        out.append(utf8.substr(0, bytes));
        used += columns;
        utf8.remove_prefix(bytes);
    }
    return out + "…";
}

std::vector<std::string> wrapped(std::string_view utf8, std::size_t width) {
    std::vector<std::string> lines(1);
    std::string word;
    const auto place = [&] {
        const auto used = display_width(lines.back());
        if (used != 0 && used + display_width(word) > width) lines.emplace_back();
        if (lines.back().empty()) word.erase(0, word.find_first_not_of(' '));
        lines.back() += word;
        word.clear();
    };
    while (!utf8.empty()) {
        const auto [bytes, columns] = first_character(utf8);
        if (columns == 2 || utf8.front() == ' ') place();
        word += utf8.substr(0, bytes);
        if (columns == 2) place();
        utf8.remove_prefix(bytes);
    }
    place();
    return lines;
}

Table::Table(std::vector<std::string> headings) : headings_(std::move(headings)) {
    for (auto& heading : headings_) {
        right_.push_back(heading.starts_with('>'));
        if (right_.back()) heading.erase(0, 1);
    }
}

void Table::row(std::vector<std::string> cells) {
    ANJIE_ASSERT(cells.size() == headings_.size());
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::vector<std::string>> headings;
    std::vector<std::size_t> widths;
    std::size_t heading_lines = 0;
    for (const auto& heading : headings_) {
        headings.push_back(wrapped(heading, heading_width));
        heading_lines = std::max(heading_lines, headings.back().size());
        widths.push_back(0);
        for (const auto& line : headings.back()) widths.back() = std::max(widths.back(), display_width(line));
    }
    for (const auto& cells : rows_)
        for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], display_width(cells[i]));

    std::string out;
    const auto add = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i != 0) line += "  ";
            line += i + 1 == cells.size() && !right_[i] ? cells[i] : padded(cells[i], widths[i], right_[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    };
    for (std::size_t line = 0; line < heading_lines; ++line) {
        std::vector<std::string> cells;
        for (const auto& lines : headings) {  // Headings stand on the rule below them.
            const auto above = heading_lines - lines.size();
            cells.push_back(line < above ? std::string{} : lines[line - above]);
        }
        add(cells);
    }
    std::string rule;
    for (std::size_t i = 0; i < widths.size(); ++i) rule += (i == 0 ? "" : "  ") + std::string(widths[i], '-');
    out += rule + "\n";
    for (const auto& cells : rows_) add(cells);
    return out;
}

}  // namespace anjie::cli
