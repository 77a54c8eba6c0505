#pragma once

#include <string>
#include <vector>

#include "adapters/spreadsheet/detail/cell_values.hpp"
#include "adapters/spreadsheet/detail/package.hpp"
#include "adapters/spreadsheet/detail/rich_text.hpp"
#include "adapters/spreadsheet/detail/shared_texts.hpp"
#include "adapters/spreadsheet/detail/xml_reader.hpp"
#include "adapters/spreadsheet/workbook_reader.hpp"

namespace anjie::spreadsheet::detail {

/// A cell merged over several rows.
struct Merge {
    std::size_t column{}, last_column{};
    std::uint64_t row{}, last_row{};
};

/// Collects the merges of a sheet that span rows; the rows themselves are passed over.
class MergeHandler final : public XmlHandler {
public:
    MergeHandler(std::string part, const Limits& limits) : part_(std::move(part)), limits_(limits) {}

    void start(std::string_view name, const Attributes& attributes) override;
    void end(std::string_view) override {}
    void text(std::string_view) override {}

    std::vector<Merge> merges;  ///< By their first rows once the sheet has been read.

private:
    std::string part_;
    const Limits& limits_;
};

/// Makes rows of a sheet's elements, and pauses after each that holds something.
class SheetHandler final : public XmlHandler {
public:
    /// Lifetime: what it is given outlives it.
    SheetHandler(const Package& package, const SharedTexts& texts, std::string part, const Limits& limits)
        : package_(package), texts_(texts), part_(std::move(part)), limits_(limits), content_(limits.cell_bytes_max) {}

    void start(std::string_view name, const Attributes& attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view piece) override {
        if (in_cell_) content_.add(piece);
    }

    /// The row after which it has paused.
    SheetRow row;

private:
    void start_row(const Attributes& attributes);
    void start_cell(const Attributes& attributes);
    void end_cell();
    void end_row();
    [[nodiscard]] CellText value() const;
    [[nodiscard]] CellText shared_value() const;
    void refuse_damaged(std::string_view zh, std::string_view en);

    struct Cell {
        std::size_t column{};
        CellText text;
    };

    const Package& package_;
    const SharedTexts& texts_;
    std::string part_;
    const Limits& limits_;
    std::vector<Cell> cells_;
    std::uint64_t number_{};
    bool in_row_{}, in_cell_{}, has_formula_{};
    std::size_t column_{}, next_column_{};
    std::string type_;
    std::size_t style_{};
    RichText content_;
};

}  // namespace anjie::spreadsheet::detail
