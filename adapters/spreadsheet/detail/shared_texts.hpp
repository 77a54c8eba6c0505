#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/spreadsheet/complaint.hpp"
#include "adapters/spreadsheet/limits.hpp"
#include "adapters/zip/reader.hpp"

namespace anjie::spreadsheet::detail {

/// The texts that the cells of a workbook share. Cost: their bytes and 8 more each.
class SharedTexts {
public:
    /// `part`: empty when the workbook has none. A text longer than a cell may be is kept one byte too long.
    [[nodiscard]] static Expected<SharedTexts> read(const zip::Reader& archive, const std::string& part,
                                                    const Limits& limits);

    /// nullopt when there is no such text. Lifetime: this object's.
    [[nodiscard]] std::optional<std::string_view> at(std::uint64_t index) const;

private:
    std::string bytes_;
    std::vector<std::uint64_t> ends_;
};

}  // namespace anjie::spreadsheet::detail
