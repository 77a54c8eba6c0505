#pragma once

#include <cstddef>
#include <cstdint>

#include "adapters/zip/limits.hpp"

namespace anjie::spreadsheet {

/// Every bound of what a workbook from outside may hold has a name.
struct Limits {
    /// Sheets are packed well: a million empty rows shrink to a hundredth.
    zip::Limits archive{.file_bytes_max = std::uint64_t{512} << 20,
                        .entries_max = 5'000,
                        .entry_bytes_max = std::uint64_t{2} << 30,
                        .total_bytes_max = std::uint64_t{4} << 30,
                        .ratio_max = 300,
                        .small_entry_bytes = std::uint64_t{1} << 20};
    std::size_t columns_max{256};
    std::size_t cell_bytes_max{32'000};
    std::size_t sheets_max{1'000};
    std::size_t styles_max{65'536};
    std::size_t merges_max{100'000};
    std::size_t shared_texts_max{10'000'000};
    std::size_t shared_bytes_max{std::size_t{256} << 20};
    /// One tag with all its attributes: what has to be held before it is understood.
    std::size_t tag_bytes_max{std::size_t{256} << 10};
    std::size_t depth_max{64};
};

}  // namespace anjie::spreadsheet
