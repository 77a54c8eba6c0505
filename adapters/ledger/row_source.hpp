#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "adapters/ledger/encoding.hpp"

namespace anjie::ledger {

/// What is the matter with one cell, so that its text cannot be trusted; the message's column is filled in by whoever
/// knows the header.
struct CellFault {
    std::size_t cell{};  ///< From 0.
    Message message;

    bool operator==(const CellFault&) const = default;
};

/// One row of the table. Cells are UTF-8, without the quotes around them.
struct TableRow {
    std::uint64_t line{};  ///< Where it begins, from 1.
    std::vector<std::string> cells{};
    std::uint64_t joined_to{};        ///< The last line that a cell of it reaches down to; 0: none does.
    std::vector<CellFault> faults{};  ///< Only a spreadsheet has such.

    bool operator==(const TableRow&) const = default;
};

/// The rows of a table, front to back, as often as needed.
class RowSource {
public:
    virtual ~RowSource() = default;
    /// false at the end. Errors: the message names the line. Order: lines grow.
    [[nodiscard]] virtual std::expected<bool, Obstacle> next(TableRow& row) = 0;
    /// Starts again from the first row.
    [[nodiscard]] virtual std::expected<void, Obstacle> rewind() = 0;
    /// Rows read so far.
    [[nodiscard]] virtual std::uint64_t rows() const = 0;

protected:
    RowSource() = default;
    RowSource(const RowSource&) = default;
    RowSource(RowSource&&) = default;
    RowSource& operator=(const RowSource&) = default;
    RowSource& operator=(RowSource&&) = default;
};

}  // namespace anjie::ledger
