#pragma once

#include <string>
#include <vector>

#include "adapters/spreadsheet/complaint.hpp"
#include "adapters/spreadsheet/detail/number_formats.hpp"
#include "adapters/spreadsheet/limits.hpp"
#include "adapters/zip/reader.hpp"

namespace anjie::spreadsheet::detail {

/// A sheet as the workbook lists it, and the part of the archive that holds it.
struct ListedSheet {
    std::string name;
    bool hidden{};
    std::string part;
};

/// What has to be known of a workbook before one of its sheets can be read.
struct Package {
    std::vector<ListedSheet> sheets;    ///< In the order of the workbook; those with cells only.
    std::vector<NumberFormat> formats;  ///< By the style of a cell.
    std::string shared_texts;           ///< The part that holds them, or empty.
    bool from_1904{};
};

/// Follows the relations from the archive's root: the order and place of parts is whatever the writer chose.
[[nodiscard]] Expected<Package> read_package(const zip::Reader& archive, const Limits& limits);

}  // namespace anjie::spreadsheet::detail
