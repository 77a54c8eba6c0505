#include "adapters/spreadsheet/detail/sheet_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace anjie::spreadsheet::detail {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

template <class T>
bool read_number(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

Complaint too_long(std::size_t bytes_max, std::string_view text) {
    return {.value = std::string(text.substr(0, 90)),
            .sentence = {fmt::format("内容超过 {} 字节", bytes_max), fmt::format("is longer than {} bytes", bytes_max)},
            .remedy = {"请缩短该格内容", "shorten the cell"}};
}

}  // namespace

void MergeHandler::start(std::string_view name, const Attributes& attributes) {
    if (name != "mergeCell") return;
    const auto area = attributes.find("ref").value_or("");
    const auto colon = area.find(':');
    const auto from = parse_place(area.substr(0, colon));
    const auto to = colon == std::string_view::npos ? from : parse_place(area.substr(colon + 1));
    if (!from || !to || to->row < from->row || to->column < from->column)
        return refuse(damaged(part_, {"的合并单元格有误", "has a merged cell that is none"}));
    if (from->row == to->row || from->column >= limits_.columns_max) return;
    if (merges.size() == limits_.merges_max)
        return refuse(damaged(part_, {"合并单元格过多", "has too many merged cells"}));
    merges.push_back({from->column, std::min(to->column, limits_.columns_max - 1), from->row, to->row});
}

void SheetHandler::refuse_damaged(std::string_view zh, std::string_view en) {
    refuse(damaged(part_, {fmt::format("第 {} 行{}", number_, zh), fmt::format("row {} {}", number_, en)}));
}

void SheetHandler::start(std::string_view name, const Attributes& attributes) {
    if (in_cell_) {
        if (name == "f") has_formula_ = true;
        content_.start(name);
    } else if (in_row_) {
        if (name == "c") start_cell(attributes);
    } else if (name == "row") {
        start_row(attributes);
    }
}

void SheetHandler::end(std::string_view name) {
    if (in_cell_) {
        content_.end(name);
        if (name == "c") end_cell();
    } else if (in_row_ && name == "row") {
        end_row();
    }
}

void SheetHandler::start_row(const Attributes& attributes) {
    auto number = number_ + 1;
    if (const auto stated = attributes.find("r"); stated && !read_number(*stated, number))
        return refuse_damaged("之后的行号有误", "is followed by one whose number is none");
    if (number <= number_ || number > sheet_rows_max)
        return refuse_damaged("之后的行号不是递增的", "is followed by one whose number is not greater");
    number_ = number;
    in_row_ = true;
    next_column_ = 0;
    cells_.clear();
}

void SheetHandler::start_cell(const Attributes& attributes) {
    column_ = next_column_;
    if (const auto stated = attributes.find("r")) {
        const auto place = parse_place(*stated);
        if (!place || place->row != number_)
            return refuse_damaged("有位置不对的单元格", "has a cell whose place is not in it");
        column_ = place->column;
    }
    next_column_ = column_ + 1;
    if (cells_.size() >= sheet_columns_max) return refuse_damaged("单元格过多", "has too many cells");
    in_cell_ = true;
    has_formula_ = false;
    type_ = attributes.find("t").value_or("n");
    style_ = 0;
    if (const auto style = attributes.find("s"); style && !read_number(*style, style_)) style_ = 0;
    content_.clear();
}

CellText SheetHandler::shared_value() const {
    std::uint64_t index{};
    const auto text = read_number(trimmed(content_.text()), index) ? texts_.at(index) : std::nullopt;
    if (!text)
        return std::unexpected(Complaint{
            .value = content_.text().substr(0, 60),
            .sentence = {"文件已损坏：该格引用的文字不存在", "the file is damaged: the cell's text is missing"},
            .remedy = {"请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后再导入",
                       "open it in a spreadsheet program, save it as a new .xlsx file and import that"}});
    if (text->size() > limits_.cell_bytes_max) return std::unexpected(too_long(limits_.cell_bytes_max, *text));
    return std::string(*text);
}

CellText SheetHandler::value() const {
    const auto& raw = content_.text();
    const auto content = trimmed(raw);
    if (content.empty() && has_formula_ && type_ != "str")
        return std::unexpected(
            Complaint{.sentence = {"公式还没有计算出结果", "the formula of this cell was never calculated"},
                      .remedy = {"请用 Excel 或 WPS 打开并保存一次，再导入",
                                 "open the file in a spreadsheet program, save it and import it again"}});
    if (content.empty()) return std::string{};
    if (raw.size() > limits_.cell_bytes_max) return std::unexpected(too_long(limits_.cell_bytes_max, raw));
    if (type_ == "s") return shared_value();
    if (type_ == "inlineStr" || type_ == "str") return unescaped(raw);
    if (type_ == "b") return text_of_boolean(content);
    if (type_ == "e") return text_of_error(content);
    if (type_ == "d") return text_of_iso_day(content);
    if (type_ == "n")
        return text_of_number(content, style_ < package_.formats.size() ? package_.formats[style_] : NumberFormat{},
                              package_.from_1904);
    return std::unexpected(Complaint{.value = type_.substr(0, 60),
                                     .sentence = {"单元格的类型不明", "the cell is of an unknown kind"},
                                     .remedy = {"请在该格重新输入", "type it again"}});
}

void SheetHandler::end_cell() {
    in_cell_ = false;
    auto text = value();
    if (text && trimmed(*text).empty()) return;
    if (column_ >= limits_.columns_max)
        return refuse({.value = column_letters(column_) + std::to_string(number_),
                       .sentence = {fmt::format("第 {} 行有内容在第 {} 列之外（{}{}）", number_, limits_.columns_max,
                                                column_letters(column_), number_),
                                    fmt::format("row {} has content beyond column {} ({}{})", number_,
                                                limits_.columns_max, column_letters(column_), number_)},
                       .remedy = {"请删去多余的列", "remove those columns"}});
    cells_.push_back({column_, std::move(text)});
}

void SheetHandler::end_row() {
    in_row_ = false;
    if (cells_.empty()) return;
    std::ranges::sort(cells_, {}, &Cell::column);
    if (std::ranges::adjacent_find(cells_, {}, &Cell::column) != cells_.end())
        return refuse_damaged("同一单元格出现两次", "has the same cell twice");
    row.number = number_;
    row.joined_to = 0;
    row.cells.assign(cells_.back().column + 1, {});
    row.faults.clear();
    for (auto& cell : cells_) {
        if (cell.text)
            row.cells[cell.column] = std::move(*cell.text);
        else
            row.faults.push_back({cell.column, std::move(cell.text).error()});
    }
    pause();
}

}  // namespace anjie::spreadsheet::detail
