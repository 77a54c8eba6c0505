#include "adapters/spreadsheet/workbook_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/spreadsheet/detail/sheet_parser.hpp"
#include "adapters/zip/reader.hpp"

namespace anjie::spreadsheet {

using detail::ListedSheet;
using detail::Merge;

struct WorkbookReader::Impl {
    zip::Reader archive;
    Limits limits;
    detail::Package package;
    detail::SharedTexts texts;

    static Expected<std::unique_ptr<Impl>> from(Result<zip::Reader> archive, const Limits& limits) {
        if (!archive) return std::unexpected(detail::obstacle_of(archive.error()));
        ANJIE_TRY(auto package, detail::read_package(*archive, limits));
        ANJIE_TRY(auto texts, detail::SharedTexts::read(*archive, package.shared_texts, limits));
        return std::make_unique<Impl>(std::move(*archive), limits, std::move(package), std::move(texts));
    }

    [[nodiscard]] Expected<const ListedSheet*> choose(std::string_view name) const {
        std::string names;
        for (const auto& sheet : package.sheets) {
            if (name.empty() ? !sheet.hidden : sheet.name == name) return &sheet;
            names += (names.empty() ? "" : "、") + sheet.name;
        }
        if (name.empty())
            return std::unexpected<Obstacle>(
                Complaint{.sentence = {"工作簿没有可见的工作表", "the workbook has no visible sheet"},
                          .remedy = {"请取消隐藏，或用 --sheet 指定工作表", "unhide one, or name it with --sheet"}});
        return std::unexpected<Obstacle>(Complaint{
            .sentence = {fmt::format("没有名为“{}”的工作表", name), fmt::format("there is no sheet \"{}\"", name)},
            .remedy = {"有这些工作表：" + names, "the sheets are: " + names}});
    }
};

struct SheetReader::Impl {
    const WorkbookReader::Impl& book;
    const ListedSheet& sheet;
    std::vector<Merge> merges{};
    std::size_t next_merge{};
    std::vector<const Merge*> open_merges{};
    std::unique_ptr<detail::SheetHandler> handler{};
    std::unique_ptr<detail::XmlReader> reader{};
    std::uint64_t rows{};

    Expected<void> collect_merges() {
        auto stream = book.archive.stream(sheet.part);
        if (!stream) return std::unexpected(detail::obstacle_of(stream.error()));
        detail::MergeHandler collected(sheet.part, book.limits);
        detail::XmlReader scan(std::move(*stream), sheet.part, collected, book.limits);
        ANJIE_TRY([[maybe_unused]] const bool paused, scan.run());
        merges = std::move(collected.merges);
        std::ranges::sort(merges, {}, &Merge::row);
        return {};
    }

    Expected<void> start() {
        auto stream = book.archive.stream(sheet.part);
        if (!stream) return std::unexpected(detail::obstacle_of(stream.error()));
        handler = std::make_unique<detail::SheetHandler>(book.package, book.texts, sheet.part, book.limits);
        reader = std::make_unique<detail::XmlReader>(std::move(*stream), sheet.part, *handler, book.limits);
        next_merge = 0;
        open_merges.clear();
        rows = 0;
        return {};
    }

    /// Merged cells say something about each of their rows, but it stands in the first one only.
    Expected<void> mark_merged(SheetRow& row) {
        std::erase_if(open_merges, [&](const Merge* merge) { return merge->last_row < row.number; });
        for (; next_merge < merges.size() && merges[next_merge].row <= row.number; ++next_merge)
            if (merges[next_merge].last_row >= row.number) open_merges.push_back(&merges[next_merge]);
        if (open_merges.size() > book.limits.columns_max)
            return std::unexpected<Obstacle>(
                detail::damaged(sheet.part, {"的合并单元格互相重叠", "has merged cells that overlap"}));
        for (const auto* merge : open_merges) {
            row.joined_to = std::max(row.joined_to, merge->last_row);
            row.faults.push_back(
                {merge->column,
                 {.sentence = {fmt::format("该格与第 {} 至 {} 行合并", merge->row, merge->last_row),
                               fmt::format("the cell is merged over rows {} to {}", merge->row, merge->last_row)},
                  .remedy = {"请取消合并，一案一行，每行各自填写",
                             "unmerge it: one case, one row, filled in by itself"}}});
        }
        return {};
    }
};

SheetReader::SheetReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SheetReader::SheetReader(SheetReader&&) noexcept = default;
SheetReader& SheetReader::operator=(SheetReader&&) noexcept = default;
SheetReader::~SheetReader() = default;

Expected<bool> SheetReader::next(SheetRow& row) {
    auto& self = *impl_;
    ANJIE_TRY(const bool paused, self.reader->run());
    if (!paused) return false;
    std::swap(row, self.handler->row);
    ++self.rows;
    ANJIE_CHECK(self.mark_merged(row));
    return true;
}

Expected<void> SheetReader::rewind() { return impl_->start(); }
std::uint64_t SheetReader::rows() const { return impl_->rows; }

WorkbookReader::WorkbookReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WorkbookReader::WorkbookReader(WorkbookReader&&) noexcept = default;
WorkbookReader& WorkbookReader::operator=(WorkbookReader&&) noexcept = default;
WorkbookReader::~WorkbookReader() = default;

Expected<WorkbookReader> WorkbookReader::open(const std::filesystem::path& file, const Limits& limits) {
    ANJIE_TRY(auto impl, Impl::from(zip::Reader::open(file, limits.archive), limits));
    return WorkbookReader(std::move(impl));
}

Expected<WorkbookReader> WorkbookReader::open(BytesView bytes, const Limits& limits) {
    ANJIE_TRY(auto impl, Impl::from(zip::Reader::open(bytes, limits.archive), limits));
    return WorkbookReader(std::move(impl));
}

std::vector<WorkbookReader::Sheet> WorkbookReader::sheets() const {
    std::vector<Sheet> out;
    for (const auto& sheet : impl_->package.sheets) out.push_back({sheet.name, sheet.hidden});
    return out;
}

Expected<SheetReader> WorkbookReader::read(std::string_view name) const {
    ANJIE_TRY(const auto* sheet, impl_->choose(name));
    auto impl = std::make_unique<SheetReader::Impl>(*impl_, *sheet);
    ANJIE_CHECK(impl->collect_merges());
    ANJIE_CHECK(impl->start());
    return SheetReader(std::move(impl));
}

Expected<std::string> WorkbookReader::chosen(std::string_view name) const {
    ANJIE_TRY(const auto* sheet, impl_->choose(name));
    return sheet->name;
}

}  // namespace anjie::spreadsheet
