#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/spreadsheet/workbook_reader.hpp"
#include "tests/fuzz/stored_zip.hpp"

namespace {

/// The input's parts, split at NUL bytes, in the places of a workbook.
std::string workbook_of(std::string_view input) {
    const auto next = [&] {
        const auto end = input.find('\0');
        const std::string part(input.substr(0, end));
        input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
        return part;
    };
    const auto relation = [](std::string_view kind, std::string_view target) {
        return "<Relationship Id=\"" + std::string(kind) + "\" Type=\"/" + std::string(kind) + "\" Target=\"" +
               std::string(target) + "\"/>";
    };
    return anjie::fuzz::stored_zip(
        {{"_rels/.rels", "<r>" + relation("officeDocument", "workbook.xml") + "</r>"},
         {"_rels/workbook.xml.rels", "<r>" + relation("worksheet", "sheet.xml") +
                                         relation("sharedStrings", "texts.xml") + relation("styles", "styles.xml") +
                                         "</r>"},
         {"workbook.xml", R"(<workbook xmlns:r="r"><sheets><sheet name="a" r:id="worksheet"/></sheets></workbook>)"},
         {"sheet.xml", next()},
         {"texts.xml", next()},
         {"styles.xml", next()}});
}

}  // namespace

// Any bytes give rows or one explained obstacle. A second reading gives as many rows as the first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace anjie::spreadsheet;
    Limits limits;
    limits.archive.entry_bytes_max = limits.archive.total_bytes_max = 4 << 20;
    const auto explained = [](const Obstacle& obstacle) {
        if (obstacle.error || obstacle.complaint.sentence.zh.empty()) std::abort();
        return 0;
    };
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string wrapped = input.starts_with("PK") ? std::string(input) : workbook_of(input);
    const auto book = WorkbookReader::open(std::as_bytes(std::span(wrapped)), limits);
    if (!book) return explained(book.error());
    auto sheet = book->read();
    if (!sheet) return explained(sheet.error());
    std::uint64_t rows[2]{};
    for (auto& count : rows) {
        SheetRow row;
        std::uint64_t number = 0;
        for (;;) {
            const auto more = sheet->next(row);
            if (!more) return explained(more.error());
            if (!*more) break;
            if (row.number <= number || row.cells.empty() || row.cells.size() > limits.columns_max) std::abort();
            for (const auto& fault : row.faults)
                if (fault.column >= limits.columns_max || fault.complaint.sentence.zh.empty()) std::abort();
            number = row.number;
            ++count;
        }
        if (auto again = sheet->rewind(); !again) return explained(again.error());
    }
    if (rows[0] != rows[1]) std::abort();
    return 0;
}
