#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace anjie::cli {

/// Columns that a terminal shows for the text: a Chinese character counts two, a combining mark none, an escape
/// sequence for colour none.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

/// The text filled with spaces up to a width; never cut.
[[nodiscard]] std::string padded(std::string_view utf8, std::size_t width, bool right = false);
/// The text cut to a width, with … where something was cut.
[[nodiscard]] std::string clipped(std::string_view utf8, std::size_t width);

/// The text on several lines of at most `width` columns, broken at spaces and between Chinese characters.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view utf8, std::size_t width);

/// Rows under aligned headings, long headings on several lines. A heading that begins with '>' aligns its column to the
/// right.
class Table {
public:
    explicit Table(std::vector<std::string> headings);
    void row(std::vector<std::string> cells);
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::string> headings_;
    std::vector<bool> right_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace anjie::cli
