#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "adapters/ledger/encoding.hpp"
#include "adapters/ledger/row_source.hpp"

namespace anjie::ledger {

/// Every bound of what a file may hold has a name.
struct ReaderLimits {
    std::uint64_t file_bytes_max{4ull << 30};
    std::uint64_t rows_max{5'000'000};
    std::size_t columns_max{256};
    std::size_t cell_bytes_max{32'000};
};

/// Reads a table row by row: RFC 4180 quoting; lines end with CR LF, LF or CR; cells are separated by , ; tab or ，,
/// whichever the first line has most of. Rows need not be equally long. Cost: memory of one row and one chunk.
class CsvReader final : public RowSource {
public:
    /// Errors: the file is too large, empty, not a text. Lifetime: `source` outlives the reader.
    [[nodiscard]] static std::expected<CsvReader, Obstacle> open(ByteSource& source, const ReaderLimits& limits = {});

    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;
    ~CsvReader() override;

    /// false at the end. Errors: a quote that is never closed, text after a closing quote, a limit, bad bytes; the
    /// message names the line.
    [[nodiscard]] std::expected<bool, Obstacle> next(TableRow& row) override;
    [[nodiscard]] std::expected<void, Obstacle> rewind() override;

    [[nodiscard]] Encoding encoding() const;
    /// "," ";" "\t" or "，".
    [[nodiscard]] std::string_view separator() const;
    [[nodiscard]] std::uint64_t rows() const override;

private:
    struct Impl;
    explicit CsvReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::ledger
