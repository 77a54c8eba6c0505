#include "tests/adapters/spreadsheet/book.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/zip/writer.hpp"

namespace anjie::spreadsheet::testing {
namespace {

constexpr std::string_view main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view relation_space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view package_space = "http://schemas.openxmlformats.org/package/2006/relationships";

std::string relations(const std::vector<std::array<std::string, 3>>& all) {
    std::string out = fmt::format(R"(<?xml version="1.0"?><Relationships xmlns="{}">)", package_space);
    for (const auto& [id, kind, target] : all)
        out += fmt::format(R"(<Relationship Id="{}" Type="{}/{}" Target="{}"/>)", id, relation_space, kind, target);
    return out + "</Relationships>";
}

}  // namespace

std::string sheet(std::string_view sheet_data, std::string_view after) {
    return fmt::format(
        R"(<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{}"><sheetData>{}</sheetData>{}</worksheet>)",
        main_space, sheet_data, after);
}

Book::Book(std::string_view sheet_data) {
    parts_["_rels/.rels"] = relations({{"rId1", "officeDocument", "xl/workbook.xml"}});
    parts_["xl/_rels/workbook.xml.rels"] = relations({{"rId7", "worksheet", "worksheets/sheet9.xml"},
                                                      {"rId8", "worksheet", "/xl/worksheets/other.xml"},
                                                      {"rId2", "sharedStrings", "sharedStrings.xml"},
                                                      {"rId3", "styles", "styles.xml"}});
    workbook("", R"(<sheet name="台账" sheetId="1" r:id="rId7"/>)");
    parts_["xl/worksheets/sheet9.xml"] = sheet(sheet_data);
}

Book& Book::workbook(std::string_view properties, std::string_view sheets) {
    return part("xl/workbook.xml",
                fmt::format(R"(<workbook xmlns="{}" xmlns:r="{}"><workbookPr {}/><sheets>{}</sheets></workbook>)",
                            main_space, relation_space, properties, sheets));
}

Book& Book::shared(std::string_view items) {
    return part("xl/sharedStrings.xml", fmt::format(R"(<sst xmlns="{}">{}</sst>)", main_space, items));
}

Book& Book::styles(const std::vector<std::string>& formats) {
    std::string codes;
    std::string cells;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const bool is_id = formats[i].size() <= 3 && formats[i].find_first_not_of("0123456789") == std::string::npos;
        if (!is_id) codes += fmt::format(R"(<numFmt numFmtId="{}" formatCode="{}"/>)", 170 + i, formats[i]);
        cells += fmt::format(R"(<xf numFmtId="{}"/>)", is_id ? formats[i] : std::to_string(170 + i));
    }
    // The formats of named styles come first and are not those of cells.
    return part(
        "xl/styles.xml",
        fmt::format(R"(<styleSheet xmlns="{}"><numFmts>{}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
                    R"(<cellXfs>{}</cellXfs></styleSheet>)",
                    main_space, codes, cells));
}

Bytes Book::bytes() const {
    zip::Writer writer;
    for (const auto& [name, content] : parts_) writer.add(name, content);
    const auto path = std::filesystem::temp_directory_path() / fmt::format("anjie-book-{}.xlsx", ::getpid());
    REQUIRE(writer.write(path));
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(path);
    const auto view = std::as_bytes(std::span(text));
    return {view.begin(), view.end()};
}

Read read_all(BytesView bytes, std::string_view name, const Limits& limits) {
    Read out;
    const auto explain = [&](const Obstacle& obstacle) {
        REQUIRE_FALSE(obstacle.error);
        REQUIRE_FALSE(obstacle.complaint.sentence.zh.empty());
        out.problem = obstacle.complaint.sentence.en;
        out.remedy = obstacle.complaint.remedy.en;
        REQUIRE_FALSE(out.problem.empty());
    };
    const auto book = WorkbookReader::open(bytes, limits);
    if (!book) {
        explain(book.error());
        return out;
    }
    auto reader = book->read(name);
    if (!reader) {
        explain(reader.error());
        return out;
    }
    SheetRow row;
    for (;;) {
        const auto more = reader->next(row);
        if (!more) {
            explain(more.error());
            return out;
        }
        if (!*more) return out;
        out.rows.push_back(row);
    }
}

}  // namespace anjie::spreadsheet::testing
