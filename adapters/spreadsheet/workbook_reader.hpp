#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/spreadsheet/complaint.hpp"
#include "adapters/spreadsheet/limits.hpp"
#include "engine/event.hpp"

/// Workbooks as spreadsheet programs write them (.xlsx, ECMA-376), read and written.
namespace anjie::spreadsheet {

/// A cell whose content cannot be known; its text in the row is empty.
struct FaultyCell {
    std::size_t column{};  ///< From 0.
    Complaint complaint;

    bool operator==(const FaultyCell&) const = default;
};

/// One row of a sheet as text: days as 2024-03-05, truth as 是 and 否, numbers as they are shown.
struct SheetRow {
    std::uint64_t number{};  ///< As the sheet counts, from 1.
    std::vector<std::string> cells{};
    std::uint64_t joined_to{};  ///< The last row that a merged cell of it reaches down to; 0: none does.
    std::vector<FaultyCell> faults{};

    bool operator==(const SheetRow&) const = default;
};

/// The rows of one sheet that hold something, in order. Cost: memory of a row, and 32 bytes for a cell merged over
/// rows.
class SheetReader {
public:
    SheetReader(SheetReader&&) noexcept;
    SheetReader& operator=(SheetReader&&) noexcept;
    ~SheetReader();

    /// false at the end. Errors: a damaged file, a limit; the complaint names the row.
    [[nodiscard]] Expected<bool> next(SheetRow& row);
    /// Starts again from the first row.
    [[nodiscard]] Expected<void> rewind();
    /// Rows given so far.
    [[nodiscard]] std::uint64_t rows() const;

private:
    friend class WorkbookReader;
    struct Impl;
    explicit SheetReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A workbook made by anybody. Formulas are not calculated: what the program that wrote them last saw is what counts.
/// Threads: one at a time.
class WorkbookReader {
public:
    /// Looks at what the workbook lists. Errors: not a workbook, damaged, a limit.
    [[nodiscard]] static Expected<WorkbookReader> open(const std::filesystem::path& file, const Limits& limits = {});
    /// The same from memory. Lifetime: `bytes` outlives the reader.
    [[nodiscard]] static Expected<WorkbookReader> open(BytesView bytes, const Limits& limits = {});

    WorkbookReader(WorkbookReader&&) noexcept;
    WorkbookReader& operator=(WorkbookReader&&) noexcept;
    ~WorkbookReader();

    struct Sheet {
        std::string name;
        bool hidden{};
    };
    /// In the order of the workbook.
    [[nodiscard]] std::vector<Sheet> sheets() const;

    /// The sheet of that name, or the first one that is not hidden. Lifetime: this reader outlives it.
    /// Errors: no such sheet, damaged, a limit. Cost: one pass over the sheet.
    [[nodiscard]] Expected<SheetReader> read(std::string_view name = {}) const;
    /// The name of the sheet that `read` would take.
    [[nodiscard]] Expected<std::string> chosen(std::string_view name = {}) const;

private:
    friend class SheetReader;
    struct Impl;
    explicit WorkbookReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie::spreadsheet
