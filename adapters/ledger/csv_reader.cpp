#include "adapters/ledger/csv_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace anjie::ledger {
namespace {

constexpr std::string_view full_width_comma = "，";

Message problem(Text sentence, Text remedy) { return {.sentence = std::move(sentence), .remedy = std::move(remedy)}; }

/// The candidate that the first line has most of, quoted parts not counted.
std::string_view most_frequent_separator(std::string_view text) {
    constexpr std::array<std::string_view, 4> candidates{",", "\t", ";", full_width_comma};
    std::array<int, 4> counts{};
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (text[i] == '\n' || text[i] == '\r') {
            if (counts != std::array<int, 4>{}) break;
            continue;
        }
        for (std::size_t k = 0; k < candidates.size(); ++k) counts[k] += text.substr(i).starts_with(candidates[k]);
    }
    std::size_t best = 0;
    for (std::size_t k = 1; k < candidates.size(); ++k)
        if (counts[k] > counts[best]) best = k;
    return candidates[best];
}

}  // namespace

struct CsvReader::Impl {
    ByteSource& source;
    ReaderLimits limits;
    Encoding encoding{};
    std::unique_ptr<Utf8Stream> stream{};
    std::string held{};  ///< The first chunks, looked at before the separator was known.
    std::string_view chunk{};
    std::size_t at{};
    std::string_view separator{","};
    std::uint64_t line{1}, rows{};

    enum class Place { cell_start, plain, quoted, after_quote } place{Place::cell_start};
    std::uint64_t quote_line{};
    bool after_carriage_return{}, exhausted{};

    std::expected<void, Obstacle> start() {
        if (auto rewound = source.rewind(); !rewound) return std::unexpected(rewound.error());
        stream = std::make_unique<Utf8Stream>(source, encoding);
        held.clear();
        // One chunk holds any sensible header; a longer one is judged by its beginning.
        auto first = stream->next();
        if (!first) return std::unexpected(std::move(first).error());
        held.assign(*first);
        chunk = held;
        at = 0;
        separator = most_frequent_separator(held);
        line = 1;
        rows = 0;
        place = Place::cell_start;
        after_carriage_return = false;
        exhausted = held.empty();
        return {};
    }

    /// The next byte, or nullopt at the end of the file.
    std::expected<std::optional<char>, Obstacle> byte() {
        if (at == chunk.size()) {
            if (exhausted) return std::nullopt;
            auto more = stream->next();
            if (!more) return std::unexpected(std::move(more).error());
            chunk = *more;
            at = 0;
            if (chunk.empty()) {
                exhausted = true;
                return std::nullopt;
            }
        }
        return chunk[at++];
    }

    std::expected<void, Obstacle> end_cell(TableRow& row, std::string& cell) const {
        if (row.cells.size() >= limits.columns_max)
            return std::unexpected(
                problem({fmt::format("第 {} 行超过 {} 列", row.line, limits.columns_max),
                         fmt::format("line {} has more than {} columns", row.line, limits.columns_max)},
                        {"请删去多余的列, 或检查分隔符", "remove columns, or check the separator"}));
        row.cells.push_back(std::move(cell));
        cell.clear();
        return {};
    }

    [[nodiscard]] Message cell_too_long(const TableRow& row) const {
        return problem(
            {fmt::format("第 {} 行第 {} 列的内容超过 {} 字节", row.line, row.cells.size() + 1, limits.cell_bytes_max),
             fmt::format("line {}, column {}: the cell is longer than {} bytes", row.line, row.cells.size() + 1,
                         limits.cell_bytes_max)},
            {"请缩短该格内容; 如果内容并不长, 请检查该行的引号是否成对",
             "shorten the cell; if it is not that long, check that its quotes come in pairs"});
    }

    [[nodiscard]] Message open_quote() const {
        return problem({fmt::format("第 {} 行开始的引号没有结束", quote_line),
                        fmt::format("the quote that opens on line {} is never closed", quote_line)},
                       {"请在该行补上结束引号 \", 或把格内的引号写成两个 \"\"",
                        "close it with \", or write a quote inside a cell as \"\""});
    }

    /// Takes one byte into the row. Answers whether the row is complete.
    std::expected<bool, Obstacle> take(char c, TableRow& row, std::string& cell);
};

std::expected<bool, Obstacle> CsvReader::Impl::take(char c, TableRow& row, std::string& cell) {
    const bool line_feed_of_pair = c == '\n' && after_carriage_return;
    after_carriage_return = c == '\r';
    if ((c == '\n' && !line_feed_of_pair) || c == '\r') ++line;

    if (place == Place::quoted) {
        if (c == '"')
            place = Place::after_quote;
        else if (cell.size() >= limits.cell_bytes_max)
            return std::unexpected(cell_too_long(row));
        else
            cell.push_back(c);
        return false;
    }
    if (line_feed_of_pair) return false;
    if (c == '\n' || c == '\r') {
        if (auto ended = end_cell(row, cell); !ended) return std::unexpected(std::move(ended).error());
        place = Place::cell_start;
        return true;
    }
    if (c == '"' && (place == Place::cell_start || place == Place::after_quote)) {
        if (place == Place::after_quote) cell.push_back('"');
        if (place == Place::cell_start) quote_line = line;
        place = Place::quoted;
        return false;
    }
    if (cell.size() >= limits.cell_bytes_max) return std::unexpected(cell_too_long(row));
    cell.push_back(c);
    if (cell.ends_with(separator)) {
        cell.resize(cell.size() - separator.size());
        if (auto ended = end_cell(row, cell); !ended) return std::unexpected(std::move(ended).error());
        place = Place::cell_start;
        return false;
    }
    const bool part_of_separator = separator.size() > 1 && static_cast<unsigned char>(c) >= 0x80;
    if (place == Place::after_quote) {
        if (c == ' ')
            cell.pop_back();
        else if (!part_of_separator)
            return std::unexpected(
                problem({fmt::format("第 {} 行结束引号之后还有文字", line),
                         fmt::format("line {} has text after a closing quote", line)},
                        {"格内的引号要写成两个 \"\", 整格再用引号括起",
                         "write a quote inside a cell as \"\" and put quotes around the whole cell"}));
    } else {
        place = Place::plain;
    }
    return false;
}

CsvReader::CsvReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

std::expected<CsvReader, Obstacle> CsvReader::open(ByteSource& source, const ReaderLimits& limits) {
    if (source.size() > limits.file_bytes_max)
        return std::unexpected(problem({fmt::format("文件超过 {} MB", limits.file_bytes_max >> 20),
                                        fmt::format("the file is larger than {} MB", limits.file_bytes_max >> 20)},
                                       {"请按年份或单位拆成几个文件", "split it by year or organisation"}));
    auto encoding = detect_encoding(source);
    if (!encoding) return std::unexpected(std::move(encoding).error());
    auto impl = std::make_unique<Impl>(Impl{.source = source, .limits = limits, .encoding = *encoding});
    if (auto started = impl->start(); !started) return std::unexpected(std::move(started).error());
    if (impl->exhausted)
        return std::unexpected(
            problem({"文件是空的", "the file is empty"},
                    {"请选择含有表头和至少一行案件的台账", "choose a ledger with a header and a row"}));
    return CsvReader(std::move(impl));
}

std::expected<bool, Obstacle> CsvReader::next(TableRow& row) {
    auto& self = *impl_;
    row = {.line = row.line, .cells = std::move(row.cells)};
    row.cells.clear();
    std::string cell;
    bool begun = false;
    for (;;) {
        auto taken = self.byte();
        if (!taken) return std::unexpected(std::move(taken).error());
        if (!*taken) break;
        if (!begun && !(**taken == '\n' && self.after_carriage_return)) {
            begun = true;
            row.line = self.line;
            if (self.rows >= self.limits.rows_max)
                return std::unexpected(problem({fmt::format("文件超过 {} 行", self.limits.rows_max),
                                                fmt::format("the file has more than {} rows", self.limits.rows_max)},
                                               {"请拆成几个文件", "split the file"}));
            ++self.rows;
        }
        auto complete = self.take(**taken, row, cell);
        if (!complete) return std::unexpected(std::move(complete).error());
        if (*complete) return true;
    }
    if (!begun) return false;
    if (self.place == Impl::Place::quoted) return std::unexpected(self.open_quote());
    if (auto ended = self.end_cell(row, cell); !ended) return std::unexpected(std::move(ended).error());
    self.place = Impl::Place::cell_start;
    return true;
}

std::expected<void, Obstacle> CsvReader::rewind() { return impl_->start(); }
Encoding CsvReader::encoding() const { return impl_->encoding; }
std::string_view CsvReader::separator() const { return impl_->separator; }
std::uint64_t CsvReader::rows() const { return impl_->rows; }

}  // namespace anjie::ledger
