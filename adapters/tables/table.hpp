#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/result.hpp"
#include "engine/time.hpp"

/// What a table says, before anybody decides how it is printed or stored. Every list and report that leaves as a
/// spreadsheet is one of these; there is one writer for all.
namespace anjie::tables {

/// units * 10^-places, exactly.
struct Decimal {
    enum class Shown : std::uint8_t { plain, percent };
    std::int64_t units{};
    std::uint8_t places{};  ///< Also as many are shown at the most, two at the least; of a percentage all but two.
    Shown shown{Shown::plain};

    bool operator==(const Decimal&) const = default;
};

/// A text is a text, also one of digits: numbers of people, cases and telephones are never counted with.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Decimal, Date>;
using Row = std::vector<Cell>;

struct Column {
    /// What is typed into it later, where a table is a form to be filled in.
    enum class Input : std::uint8_t { general, text, day };

    std::string heading;
    double width{12};  ///< In digits.
    std::vector<std::string> choices{};
    std::string hint{};
    Input input{Input::general};
};

/// A heading above several columns.
struct Group {
    std::string heading;
    std::size_t columns{1};
};

/// Gives the rows one after the other; false at the end.
using Rows = std::function<Result<bool>(Row&)>;

struct Table {
    std::string name;
    std::vector<std::string> above{};  ///< Lines above the headings; the first is the title.
    std::vector<Group> groups{};       ///< None, or as many columns as there are.
    std::vector<Column> columns{};
    Rows rows{};
    std::vector<std::string> below{};
    std::size_t lines_to_fill{};  ///< How many empty lines take the columns' input and choices.
};

struct Workbook {
    std::string title;
    Instant as_of{};  ///< When what it says was so; the file depends on no other clock.
    std::vector<Table> tables;
};

/// The rows of a table that is held in memory.
[[nodiscard]] inline Rows all_of(std::vector<Row> rows) {
    return [rows = std::move(rows), next = std::size_t{0}](Row& row) mutable -> Result<bool> {
        if (next == rows.size()) return false;
        row = rows[next++];
        return true;
    };
}

}  // namespace anjie::tables
