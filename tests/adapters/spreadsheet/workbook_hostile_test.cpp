#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/adapters/spreadsheet/book.hpp"

namespace anjie::spreadsheet {
namespace {

using namespace testing;

constexpr std::string_view one_row = R"(<row r="1"><c r="A1"><v>1</v></c></row>)";

std::string problem_of(const Book& book, const Limits& limits = {}) {
    return read_all(book.bytes(), {}, limits).problem;
}

TEST_CASE("a document type, entities and what lies outside are never followed") {
    Book book(one_row);
    book.part("xl/worksheets/sheet9.xml",
              R"(<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>)"
              R"(<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>)");
    CHECK(problem_of(book).contains("document type declaration"));
    Book outside(one_row);
    outside.part("xl/workbook.xml", R"(<!DOCTYPE w SYSTEM "file:///etc/passwd"><workbook/>)");
    CHECK(problem_of(outside).contains("document type declaration"));
    Book unknown(one_row);
    unknown.part("xl/worksheets/sheet9.xml", R"(<worksheet>&nothing;</worksheet>)");
    CHECK(problem_of(unknown).contains("not well-formed"));
}

TEST_CASE("depth, tags, columns and amounts are bounded") {
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<x>";
    CHECK(problem_of(Book(deep)).contains("nested too deeply"));
    CHECK(problem_of(Book(fmt::format(R"(<row r="1"><c r="A1" x="{}"/></row>)", std::string(600'000, 'a'))))
              .contains("too long a tag"));
    const auto far = read_all(Book(R"(<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>)").bytes());
    CHECK(far.problem.contains("beyond column 256 (XFD1048576)"));
    CHECK(far.rows.empty());
    CHECK(read_all(Book(R"(<row r="1048576"><c r="XFD1048576" s="1"/></row>)").bytes()).problem.empty());
    CHECK(problem_of(Book(one_row).shared("<si><t>a</t></si><si><t>b</t></si>"), {.shared_texts_max = 1})
              .contains("too much text"));
    CHECK(problem_of(Book(one_row).shared("<si><t>abc</t></si>"), {.shared_bytes_max = 2}).contains("too much text"));
    CHECK(problem_of(Book(one_row).styles({"0", "14"}), {.styles_max = 1}).contains("holds too much"));
}

TEST_CASE("a text of any length takes no more memory than a cell may have") {
    Book book(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>)");
    book.shared("<si><t>" + std::string(900'000, 'x') + "</t></si>");
    const auto read = read_all(book.bytes());
    REQUIRE(read.rows.size() == 1);
    REQUIRE(read.rows[0].faults.size() == 1);
    CHECK(read.rows[0].faults[0].complaint.value.size() < 100);
    CHECK(read.rows[0].cells == std::vector<std::string>{"", "2"});
}

TEST_CASE("rows and cells that contradict themselves are damage") {
    CHECK(problem_of(Book(R"(<row r="2"/><row r="2"/>)")).contains("not greater"));
    CHECK(problem_of(Book(R"(<row r="1048577"/>)")).contains("not greater"));
    CHECK(problem_of(Book(R"(<row r="x"/>)")).contains("number is none"));
    CHECK(problem_of(Book(R"(<row r="1"><c r="A2"><v>1</v></c></row>)")).contains("place is not in it"));
    CHECK(problem_of(Book(R"(<row r="1"><c r="XFE1"><v>1</v></c></row>)")).contains("place is not in it"));
    CHECK(problem_of(Book(R"(<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>)"))
              .contains("same cell twice"));
    CHECK(problem_of(Book(R"(<row r="1"><c r="A1"><v>1</v></row>)")).contains("not well-formed"));
    CHECK(problem_of(Book("").part("xl/worksheets/sheet9.xml", "")).contains("not well-formed"));
    CHECK(problem_of(Book("").part("xl/worksheets/sheet9.xml",
                                   sheet(one_row, R"(<mergeCells><mergeCell ref="B2:A1"/></mergeCells>)")))
              .contains("merged cell that is none"));
}

TEST_CASE("merges that overlap without end cost no time") {
    std::string merges;
    for (int i = 0; i < 400; ++i) merges += R"(<mergeCell ref="A1:XFD1048576"/>)";
    CHECK(
        problem_of(Book("").part("xl/worksheets/sheet9.xml", sheet(one_row, "<mergeCells>" + merges + "</mergeCells>")))
            .contains("merged cells that overlap"));
}

TEST_CASE("what is no workbook is told what it is") {
    const auto named = [](std::string_view part, std::string_view target) {
        return Book(one_row)
            .part(std::string(part), "x")
            .part("_rels/.rels",
                  fmt::format(
                      R"(<Relationships><Relationship Id="a" Type="x/officeDocument" Target="{}"/></Relationships>)",
                      target));
    };
    CHECK(problem_of(Book(one_row).without("_rels/.rels")).contains("an ordinary zip archive"));
    CHECK(problem_of(named("xl/workbook.bin", "xl/workbook.bin")).contains(".xlsb"));
    CHECK(problem_of(named("word/document.xml", "word/document.xml")).contains("a document"));
    CHECK(problem_of(named("a.xml", "xl/nowhere.xml")).contains("is missing"));
    CHECK(problem_of(Book(one_row).part("content.xml", "x").part("mimetype", "x")).contains(".ods"));
    CHECK(problem_of(Book(one_row).part("xl/workbook.xml", "<other/>")).contains("not a workbook"));
    CHECK(problem_of(Book(one_row).without("xl/worksheets/sheet9.xml")).contains("is missing"));
    CHECK(problem_of(Book(one_row).workbook("", "")).contains("no visible sheet"));
    CHECK(problem_of(Book(one_row).workbook("", R"(<sheet name="a" state="hidden" r:id="rId7"/>)"))
              .contains("no visible sheet"));
    CHECK_FALSE(read_all(std::as_bytes(std::span("PK\3\4 and nothing else"))).problem.empty());
}

TEST_CASE("a workbook cut short anywhere is refused or read whole") {
    const auto bytes = Book(one_row).shared("<si><t>a</t></si>").bytes();
    for (std::size_t length = 0; length < bytes.size(); ++length)
        CHECK_FALSE(read_all(BytesView(bytes).first(length)).problem.empty());
}

TEST_CASE("a bomb is refused before it is unpacked") {
    Book book(one_row);
    book.shared("<si><t>" + std::string(std::size_t{8} << 20, 'a') + "</t></si>");
    CHECK(problem_of(book).contains("more than 300 to 1"));
    Limits small;
    small.archive.entry_bytes_max = 100;
    CHECK(problem_of(Book(one_row), small).contains("more than 100"));
}

}  // namespace
}  // namespace anjie::spreadsheet
