#include "adapters/spreadsheet/workbook_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <cmath>
#include <ctime>
#include <map>
#include <memory>

#include "adapters/spreadsheet/detail/cell_values.hpp"
#include "adapters/spreadsheet/detail/sheet_text.hpp"

namespace anjie::spreadsheet {
namespace {

using tables::Column;
using tables::Decimal;
using tables::Table;

constexpr std::size_t rows_max = 1'048'576;
constexpr double portrait_width = 90;
constexpr std::uint8_t paper_a4 = 9;
/// The library puts a list into 255 bytes, and says no to more than 255 characters only.
constexpr std::size_t list_bytes_max = 250;

std::unexpected<Error> failed(const std::filesystem::path& file, std::string_view reason) {
    return failure(ErrorCode::unavailable, fmt::format("{}: {}", file.string(), reason));
}

std::unexpected<Error> failed(const std::filesystem::path& file, lxw_error error) {
    return failed(file, lxw_strerror(error));
}

/// The looks that cells share.
class Formats {
public:
    explicit Formats(lxw_workbook* book) : book_(book) {
        title = make([](lxw_format* f) {
            format_set_bold(f);
            format_set_font_size(f, 14);
        });
        heading = make([](lxw_format* f) {
            format_set_bold(f);
            format_set_text_wrap(f);
            format_set_align(f, LXW_ALIGN_CENTER);
            format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
            format_set_border(f, LXW_BORDER_THIN);
            format_set_bg_color(f, 0xEEEEEE);
        });
        text = make([](lxw_format* f) {
            format_set_num_format(f, "@");
            format_set_border(f, LXW_BORDER_THIN);
        });
        whole = make([](lxw_format* f) {
            format_set_num_format(f, "0");
            format_set_border(f, LXW_BORDER_THIN);
        });
        day = make([](lxw_format* f) {
            format_set_num_format(f, "yyyy-mm-dd");
            format_set_border(f, LXW_BORDER_THIN);
        });
        input_text = make([](lxw_format* f) { format_set_num_format(f, "@"); });
        input_day = make([](lxw_format* f) { format_set_num_format(f, "yyyy-mm-dd"); });
    }

    /// 0.00#### for money in 万元, 0.0% for a rate.
    lxw_format* decimal(const Decimal& value) {
        const bool percent = value.shown == Decimal::Shown::percent;
        const auto places = percent ? std::max(value.places - 2, 0) : static_cast<int>(value.places);
        auto& known = decimals_[{percent, places}];
        if (known == nullptr)
            known = make([&](lxw_format* f) {
                std::string code = "0";
                for (int i = 0; i < places; ++i)
                    code += i == 0 ? (percent || places > 0 ? ".0" : "") : (percent || i < 2 ? "0" : "#");
                if (percent) code += "%";
                format_set_num_format(f, code.c_str());
                format_set_border(f, LXW_BORDER_THIN);
            });
        return known;
    }

    lxw_format *title{}, *heading{}, *text{}, *whole{}, *day{}, *input_text{}, *input_day{};

private:
    template <class Set>
    lxw_format* make(Set set) {
        auto* format = workbook_add_format(book_);
        set(format);
        return format;
    }

    lxw_workbook* book_;
    std::map<std::pair<bool, int>, lxw_format*> decimals_;
};

/// Lists of choices that are too long for a cell's own rule stand on a hidden sheet, one below the other in a column.
class LongChoices {
public:
    /// What a rule says to offer the list. Lifetime: the list outlives this.
    std::string reference_to(const std::vector<std::string>& list) {
        lists_.push_back(&list);
        const auto letters = detail::column_letters(lists_.size() - 1);
        return fmt::format("={}!${}$1:${}${}", sheet_name, letters, letters, list.size());
    }

    [[nodiscard]] lxw_error write(lxw_workbook* book) const {
        if (lists_.empty()) return LXW_NO_ERROR;
        auto* sheet = workbook_add_worksheet(book, sheet_name);
        if (sheet == nullptr) return LXW_ERROR_SHEETNAME_ALREADY_USED;
        worksheet_hide(sheet);
        std::size_t longest = 0;
        for (const auto* list : lists_) longest = std::max(longest, list->size());
        for (std::size_t row = 0; row < longest; ++row)
            for (std::size_t column = 0; column < lists_.size(); ++column)
                if (row < lists_[column]->size())
                    if (const auto error =
                            worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                                   detail::sheet_text((*lists_[column])[row]).c_str(), nullptr);
                        error != LXW_NO_ERROR)
                        return error;
        return LXW_NO_ERROR;
    }

private:
    static constexpr const char* sheet_name = "Choices";
    std::vector<const std::vector<std::string>*> lists_;
};

/// One table on its sheet, from top to bottom: the library keeps no more than the row being written.
class Sheet {
public:
    Sheet(lxw_worksheet* sheet, const Table& table, Formats& formats, LongChoices& long_choices)
        : sheet_(sheet), table_(table), formats_(formats), long_choices_(long_choices) {}

    Result<void> write() {
        set_up_columns();
        for (const auto& line : table_.above)
            ANJIE_CHECK(write_line(line, &line == table_.above.data() ? formats_.title : nullptr));
        if (!table_.above.empty() && !table_.columns.empty()) ++row_;
        ANJIE_CHECK(write_headings());
        ANJIE_CHECK(write_rows());
        if (!table_.below.empty()) ++row_;
        for (const auto& line : table_.below) ANJIE_CHECK(write_line(line, nullptr));
        set_up_paper();
        return {};
    }

private:
    [[nodiscard]] static Result<void> checked(lxw_error error) {
        if (error == LXW_NO_ERROR) return {};
        return failure(ErrorCode::unavailable, lxw_strerror(error));
    }

    [[nodiscard]] lxw_col_t last_column() const {
        return static_cast<lxw_col_t>(table_.columns.empty() ? 0 : table_.columns.size() - 1);
    }

    /// Before the first cell: later the library has already passed them on.
    void set_up_columns() {
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            const auto& column = table_.columns[i];
            const auto at = static_cast<lxw_col_t>(i);
            auto* input = table_.lines_to_fill == 0             ? nullptr
                          : column.input == Column::Input::text ? formats_.input_text
                          : column.input == Column::Input::day  ? formats_.input_day
                                                                : nullptr;
            worksheet_set_column(sheet_, at, at, column.width, input);
        }
        if (table_.columns.empty()) worksheet_set_column(sheet_, 0, 0, portrait_width, nullptr);
    }

    [[nodiscard]] Result<void> text(lxw_col_t column, std::string_view value, lxw_format* format) {
        return checked(worksheet_write_string(sheet_, row_, column, detail::sheet_text(value).c_str(), format));
    }

    [[nodiscard]] Result<void> write_line(std::string_view line, lxw_format* format) {
        ANJIE_CHECK(text(0, line, format));
        ++row_;
        return {};
    }

    [[nodiscard]] Result<void> write_headings() {
        if (table_.columns.empty()) return {};
        first_heading_ = row_;
        if (!table_.groups.empty()) {
            lxw_col_t at = 0;
            for (const auto& group : table_.groups) {
                const auto last = static_cast<lxw_col_t>(at + group.columns - 1);
                if (at == last)
                    ANJIE_CHECK(text(at, group.heading, formats_.heading));
                else
                    ANJIE_CHECK(checked(worksheet_merge_range(
                        sheet_, row_, at, row_, last, detail::sheet_text(group.heading).c_str(), formats_.heading)));
                at = static_cast<lxw_col_t>(last + 1);
            }
            ++row_;
        }
        heading_ = row_;
        for (std::size_t i = 0; i < table_.columns.size(); ++i)
            ANJIE_CHECK(text(static_cast<lxw_col_t>(i), table_.columns[i].heading, formats_.heading));
        ++row_;
        return {};
    }

    [[nodiscard]] Result<void> write_cell(lxw_col_t column, const tables::Cell& cell) {
        if (const auto* words = std::get_if<std::string>(&cell)) {
            if (words->empty()) return checked(worksheet_write_blank(sheet_, row_, column, formats_.text));
            return text(column, *words, formats_.text);
        }
        if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            // Beyond 15 digits a number loses some.
            if (std::abs(*number) >= 1'000'000'000'000'000) return text(column, std::to_string(*number), formats_.text);
            return checked(worksheet_write_number(sheet_, row_, column, static_cast<double>(*number), formats_.whole));
        }
        if (const auto* decimal = std::get_if<Decimal>(&cell))
            return checked(worksheet_write_number(sheet_, row_, column,
                                                  static_cast<double>(decimal->units) / std::pow(10.0, decimal->places),
                                                  formats_.decimal(*decimal)));
        if (const auto* day = std::get_if<Date>(&cell)) {
            lxw_datetime at{};
            at.year = year_of(*day);
            at.month = static_cast<int>(month_of(*day));
            at.day = static_cast<int>(static_cast<unsigned>(std::chrono::year_month_day(*day).day()));
            return checked(worksheet_write_datetime(sheet_, row_, column, &at, formats_.day));
        }
        return checked(worksheet_write_blank(sheet_, row_, column, formats_.text));
    }

    [[nodiscard]] Result<void> write_rows() {
        first_row_ = row_;
        tables::Row row;
        while (table_.rows) {
            ANJIE_TRY(const bool more, table_.rows(row));
            if (!more) break;
            if (row_ + table_.below.size() + 2 >= rows_max)
                return failure(
                    ErrorCode::invalid,
                    fmt::format("{}: 超过 {} 行，一张工作表放不下，请缩小范围 / more than {} rows, too many for a "
                                "sheet: ask for less",
                                table_.name, rows_max, rows_max));
            for (std::size_t i = 0; i < row.size(); ++i) ANJIE_CHECK(write_cell(static_cast<lxw_col_t>(i), row[i]));
            ++row_;
        }
        if (row_ > first_row_) worksheet_autofilter(sheet_, heading_, 0, row_ - 1, last_column());
        return set_up_input();
    }

    /// A form to be filled in offers what may be chosen, and says so where something else is typed; it forbids nothing,
    /// since the import knows more words than the list has.
    [[nodiscard]] Result<void> set_up_input() {
        if (table_.lines_to_fill == 0) return {};
        const auto last = static_cast<lxw_row_t>(first_row_ + table_.lines_to_fill - 1);
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            const auto& column = table_.columns[i];
            if (column.choices.empty()) continue;
            std::vector<const char*> list;
            std::size_t bytes = 0;
            for (const auto& choice : column.choices) {
                list.push_back(choice.c_str());
                bytes += choice.size() + 1;
            }
            list.push_back(nullptr);
            lxw_data_validation validation{};
            std::string reference;
            if (bytes <= list_bytes_max) {
                validation.validate = LXW_VALIDATION_TYPE_LIST;
                validation.value_list = const_cast<char**>(list.data());
            } else {
                reference = long_choices_.reference_to(column.choices);
                validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
                validation.value_formula = reference.data();
            }
            validation.dropdown = LXW_VALIDATION_ON;
            validation.ignore_blank = LXW_VALIDATION_ON;
            validation.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
            const auto at = static_cast<lxw_col_t>(i);
            ANJIE_CHECK(checked(worksheet_data_validation_range(sheet_, first_row_, at, last, at, &validation)));
        }
        return {};
    }

    void set_up_paper() {
        worksheet_set_paper(sheet_, paper_a4);
        double width = 0;
        for (const auto& column : table_.columns) width += column.width;
        if (width > portrait_width) worksheet_set_landscape(sheet_);
        worksheet_fit_to_pages(sheet_, 1, 0);
        worksheet_set_footer(sheet_, "&L&A&R&P / &N");
        if (table_.columns.empty()) return;
        worksheet_repeat_rows(sheet_, first_heading_, heading_);
        worksheet_freeze_panes(sheet_, heading_ + 1, 1);
    }

    lxw_worksheet* sheet_;
    const Table& table_;
    Formats& formats_;
    LongChoices& long_choices_;
    lxw_row_t row_{}, first_heading_{}, heading_{}, first_row_{};
};

/// A workbook that is being written under another name.
class Unfinished {
public:
    explicit Unfinished(const std::filesystem::path& target)
        : target_(target), beside_(target.string() + fmt::format(".unfinished-{}", ::getpid())) {}
    ~Unfinished() {
        if (beside_.empty()) return;
        std::error_code ignored;
        std::filesystem::remove(beside_, ignored);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    [[nodiscard]] const std::string& beside() const { return beside_; }

    [[nodiscard]] Result<void> create() const {
        std::error_code error;
        if (std::filesystem::exists(target_, error) && !std::filesystem::is_regular_file(target_, error))
            return failure(ErrorCode::invalid, target_.string() + ": 不是普通文件 / not a regular file");
        const int file = ::open(beside_.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (file < 0) return failed(target_, std::generic_category().message(errno));
        ::close(file);
        return {};
    }

    [[nodiscard]] Result<void> commit() {
        const int file = ::open(beside_.c_str(), O_RDONLY | O_CLOEXEC);
        const bool synced = file >= 0 && ::fsync(file) == 0;
        const int reason = errno;
        if (file >= 0) ::close(file);
        if (!synced) return failed(target_, std::generic_category().message(reason));
        std::error_code error;
        std::filesystem::rename(beside_, target_, error);
        if (error) return failed(target_, error.message());
        beside_.clear();
        return {};
    }

private:
    std::filesystem::path target_;
    std::string beside_;
};

/// The moment as a day and time in China: what the file says of its making.
void set_properties(lxw_workbook* book, const tables::Workbook& workbook) {
    std::string title = detail::sheet_text(workbook.title);
    std::string author = "Anjie";
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = author.data();
    properties.created = static_cast<std::time_t>(workbook.as_of.microseconds / 1'000'000);
    workbook_set_properties(book, &properties);
}

}  // namespace

Result<void> write_workbook(const tables::Workbook& workbook, const std::filesystem::path& file) {
    Unfinished unfinished(file);
    ANJIE_CHECK(unfinished.create());
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    auto* book = workbook_new_opt(unfinished.beside().c_str(), &options);
    if (book == nullptr) return failed(file, LXW_ERROR_MEMORY_MALLOC_FAILED);
    set_properties(book, workbook);
    Formats formats(book);
    Result<void> written{};
    detail::SheetNames names;
    LongChoices long_choices;
    for (const auto& table : workbook.tables) {
        auto* sheet = workbook_add_worksheet(book, names.next(table.name).c_str());
        if (sheet == nullptr) written = failed(file, "no sheet");
        if (written) written = Sheet(sheet, table, formats, long_choices).write();
        if (!written) break;
    }
    if (const auto listed = long_choices.write(book); written && listed != LXW_NO_ERROR) written = failed(file, listed);
    // Closing also frees: it is done in any case.
    const auto closed = workbook_close(book);
    if (!written) return written;
    if (closed != LXW_NO_ERROR) return failed(file, closed);
    return unfinished.commit();
}

}  // namespace anjie::spreadsheet
