#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/ledger/encoding.hpp"

namespace anjie::ledger {

/// Every bound of what a file may hold has a name.
struct ReaderLimits {
    std::uint64_t file_bytes_max{4ull << 30};
    std::uint64_t rows_max{5'000'000};
    std::size_t columns_max{256};
    std::size_t cell_bytes_max{32'000};
};

/// One row of the table. Cells are UTF-8, without the quotes around them.
struct TableRow {
    std::uint64_t line{};  ///< Where it begins, from 1.
    std::vector<std::string> cells;

    bool operator==(const TableRow&) const = default;
};

/// Reads a table row by row: RFC 4180 quoting; lines end with CR LF, LF or CR; cells are separated by , ; tab or ，,
/// whichever the first line has most of. Rows need not be equally long. Cost: memory of one row and one chunk.
class CsvReader {
public:
    /// Errors: the file is too large, empty, not a text. Lifetime: `source` outlives the reader.
    [[nodiscard]] static std::expected<CsvReader, Obstacle> open(ByteSource& source, const ReaderLimits& limits = {});

    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;
    ~CsvReader();

    /// false at the end. Errors: a quote that is never closed, text after a closing quote, a limit, bad bytes; the
    /// message names the line.
    [[nodiscard]] std::expected<bool, Obstacle> next(TableRow& row);

    /// Starts again from the first row.
    [[nodiscard]] std::expected<void, Obstacle> rewind();

    [[nodiscard]] Encoding encoding() const;
    /// "," ";" "\t" or "，".
    [[nodiscard]] std::string_view separator() const;
    /// Rows read so far.
    [[nodiscard]] std::uint64_t rows() const;

private:
    struct Impl;
    explicit CsvReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::ledger
