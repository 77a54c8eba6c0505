#include "adapters/spreadsheet/workbook_reader.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "adapters/spreadsheet/file_kind.hpp"
#include "tests/adapters/spreadsheet/book.hpp"

namespace anjie::spreadsheet {
namespace {

using namespace testing;
using Cells = std::vector<std::string>;

Cells cells_of(const Book& book) {
    const auto read = read_all(book.bytes());
    INFO(read.problem);
    REQUIRE(read.rows.size() == 1);
    for (const auto& fault : read.rows[0].faults) UNSCOPED_INFO(fault.complaint.sentence.en);
    CHECK(read.rows[0].faults.empty());
    return read.rows[0].cells;
}

/// The English sentence about the one cell of the one row that cannot be read.
std::string fault_of(const Book& book) {
    const auto read = read_all(book.bytes());
    INFO(read.problem);
    REQUIRE(read.rows.size() == 1);
    REQUIRE(read.rows[0].faults.size() == 1);
    CHECK_FALSE(read.rows[0].faults[0].complaint.remedy.zh.empty());
    return read.rows[0].faults[0].complaint.sentence.en;
}

TEST_CASE("texts are read whether they are shared, stand in the cell or come from a formula") {
    Book book(R"(<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>院墙</t></is></c>)"
              R"(<c r="C1" t="str"><f>A1&amp;B1</f><v>合</v></c><c r="D1" t="s"><v>2</v></c></row>)");
    book.shared(
        R"(<si><t>零</t></si><si><t xml:space="preserve"> 一 </t></si>)"
        R"(<si><r><rPr><b/></rPr><t>尼阿调</t></r><r><t>〔2024〕1号</t></r><rPh sb="0" eb="1"><t>ni</t></rPh></si>)");
    CHECK(cells_of(book) == Cells{" 一 ", "院墙", "合", "尼阿调〔2024〕1号"});
}

TEST_CASE("escaped characters of a text are characters again") {
    CHECK(
        cells_of(Book(
            R"(<row r="1"><c r="A1" t="inlineStr"><is><t>一_x000A_二 _x005F_x000D_ _xZZZZ_ _x6848_</t></is></c></row>)")) ==
        Cells{"一\n二 _x000D_ _xZZZZ_ 案"});
}

TEST_CASE("numbers, truth and days come as they are shown") {
    Book book(
        R"(<row r="3"><c r="A3"><v>3500</v></c><c r="B3"><v>1.1000000000000001</v></c><c r="C3" s="1"><v>45356</v></c>)"
        R"(<c r="D3" s="2"><v>45356.5</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="b"><v>0</v></c>)"
        R"(<c r="G3" s="3"><v>123</v></c><c r="H3"><v>540629199001011</v></c><c r="I3"><v>1.2E+2</v></c>)"
        R"(<c r="J3" t="d"><v>2024-03-05T00:00:00</v></c><c r="K3"><v>-0.5</v></c></row>)");
    book.styles({"0", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "22", "000000"});
    CHECK(cells_of(book) == Cells{"3500", "1.1", "2024-03-05", "2024-03-05 12:00", "是", "否", "000123",
                                  "540629199001011", "120", "2024-03-05", "-0.5"});
}

TEST_CASE("a workbook may count its days from 1904") {
    Book book(R"(<row r="1"><c r="A1" s="0"><v>43894</v></c><c r="B1" s="0"><v>0</v></c></row>)");
    book.styles({"14"}).workbook(R"(date1904="1")", R"(<sheet name="台账" sheetId="1" r:id="rId7"/>)");
    CHECK(cells_of(book) == Cells{"2024-03-05", "1904-01-01"});
}

TEST_CASE("an identity number that was stored as a number has lost digits and is refused") {
    for (const auto* value : {"5.4062919900101E+17", "540629199001010000", "1000000000000000"})
        CHECK(fault_of(Book(fmt::format(R"(<row r="1"><c r="A1"><v>{}</v></c></row>)", value)))
                  .contains("its last digits are lost"));
}

TEST_CASE("what a cell cannot tell is said and not guessed") {
    const auto fault = [](std::string_view cell) {
        return fault_of(
            Book(fmt::format(R"(<row r="1">{}</row>)", cell)).shared("<si><t>a</t></si>").styles({"0", "14"}));
    };
    CHECK(fault(R"(<c r="A1" t="e"><v>#REF!</v></c>)").contains("yields an error"));
    CHECK(fault(R"(<c r="A1"><f>B1+1</f></c>)").contains("never calculated"));
    CHECK(fault(R"(<c r="A1" t="s"><v>1</v></c>)").contains("text is missing"));
    CHECK(fault(R"(<c r="A1" t="s"><v>-1</v></c>)").contains("text is missing"));
    CHECK(fault(R"(<c r="A1" t="s"><v>99999999999999999999</v></c>)").contains("text is missing"));
    CHECK(fault(R"(<c r="A1"><v>nan</v></c>)").contains("is none"));
    CHECK(fault(R"(<c r="A1"><v>12x</v></c>)").contains("is none"));
    CHECK(fault(R"(<c r="A1" s="1"><v>60</v></c>)").contains("no such day"));  // 1900-02-29
    CHECK(fault(R"(<c r="A1" s="1"><v>0</v></c>)").contains("no such day"));
    CHECK(fault(R"(<c r="A1" s="1"><v>-3</v></c>)").contains("no such day"));
    CHECK(fault(R"(<c r="A1" s="1"><v>1e300</v></c>)").contains("no such day"));
    CHECK(fault(R"(<c r="A1" t="zz"><v>1</v></c>)").contains("unknown kind"));
    CHECK(fault(fmt::format(R"(<c r="A1" t="inlineStr"><is><t>{}</t></is></c>)", std::string(40'000, 'a')))
              .contains("longer than 32000 bytes"));
}

TEST_CASE("rows keep their numbers, blank ones are passed over, cells go to their columns") {
    const auto read =
        read_all(Book(R"(<row r="2"/><row r="4"><c r="C4"><v>3</v></c><c r="A4"><v>1</v></c></row>)"
                      R"(<row r="5"><c r="A5" s="4"/><c r="B5" t="inlineStr"><is><t>  </t></is></c></row>)"
                      R"(<row><c><v>7</v></c><c><v>8</v></c></row><row r="1048576"><c r="B1048576"><v>9</v></c></row>)")
                     .bytes());
    REQUIRE(read.problem.empty());
    REQUIRE(read.rows.size() == 3);
    CHECK(read.rows[0] == SheetRow{.number = 4, .cells = {"1", "", "3"}});
    CHECK(read.rows[1] == SheetRow{.number = 6, .cells = {"7", "8"}});
    CHECK(read.rows[2] == SheetRow{.number = 1'048'576, .cells = {"", "9"}});
}

TEST_CASE("cells merged over rows name the rows they reach and are no content of their own") {
    Book book("");
    book.part(
        "xl/worksheets/sheet9.xml",
        sheet(R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>)"
              R"(<row r="3"><c r="A3"><v>4</v></c></row>)",
              R"(<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:D1"/></mergeCells>)"));
    const auto read = read_all(book.bytes());
    REQUIRE(read.rows.size() == 3);
    CHECK(read.rows[0].joined_to == 2);
    CHECK(read.rows[0].faults.size() == 1);
    CHECK(read.rows[1].joined_to == 2);
    CHECK(read.rows[1].faults.size() == 1);
    CHECK(read.rows[2] == SheetRow{.number = 3, .cells = {"4"}});
}

TEST_CASE("the first visible sheet in the workbook's order is read, or the one that is named") {
    Book book(R"(<row r="1"><c r="A1"><v>1</v></c></row>)");
    book.part("xl/worksheets/other.xml", sheet(R"(<row r="1"><c r="A1"><v>2</v></c></row>)"))
        .workbook(
            "",
            R"(<sheet name="隐" sheetId="4" state="veryHidden" r:id="rId8"/><sheet name="台账" sheetId="1" r:id="rId7"/>)");
    const auto bytes = book.bytes();
    CHECK(read_all(bytes).rows.at(0).cells == Cells{"1"});
    CHECK(read_all(bytes, "隐").rows.at(0).cells == Cells{"2"});
    const auto missing = read_all(bytes, "无");
    CHECK(missing.problem == "there is no sheet \"无\"");
    CHECK(missing.remedy.contains("隐、台账"));
    const auto opened = WorkbookReader::open(bytes);
    REQUIRE(opened);
    CHECK(opened->sheets().size() == 2);
    CHECK(opened->sheets()[0].hidden);
}

TEST_CASE("a sheet is read again from its first row") {
    const auto bytes =
        Book(R"(<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>)").bytes();
    const auto book = WorkbookReader::open(bytes);
    REQUIRE(book);
    auto reader = book->read();
    REQUIRE(reader);
    for (int round = 0; round < 3; ++round) {
        SheetRow row;
        REQUIRE(reader->next(row).value());
        CHECK(row.number == 1);
        if (round == 1) REQUIRE(reader->next(row).value());
        CHECK(reader->rows() == (round == 1 ? 2 : 1));
        REQUIRE(reader->rewind());
    }
}

}  // namespace
}  // namespace anjie::spreadsheet
