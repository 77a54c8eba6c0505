#include "adapters/ledger/csv_reader.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

using namespace anjie::ledger;

namespace {

using Rows = std::vector<std::vector<std::string>>;

struct ReadResult {
    Rows rows;
    std::vector<std::uint64_t> lines;
    std::string problem;  ///< The English sentence, or empty.
    std::string remedy;
    Encoding encoding{};
    std::string separator;
};

ReadResult read_all(std::string_view bytes, const ReaderLimits& limits = {}) {
    MemorySource source(bytes);
    ReadResult out;
    const auto explain = [&](const Obstacle& obstacle) {
        REQUIRE_FALSE(obstacle.error);
        out.problem = obstacle.message.sentence.en;
        out.remedy = obstacle.message.remedy.en;
    };
    auto reader = CsvReader::open(source, limits);
    if (!reader) {
        explain(reader.error());
        return out;
    }
    out.encoding = reader->encoding();
    out.separator = reader->separator();
    TableRow row;
    for (;;) {
        const auto more = reader->next(row);
        if (!more) {
            explain(more.error());
            return out;
        }
        if (!*more) return out;
        out.rows.push_back(row.cells);
        out.lines.push_back(row.line);
    }
}

}  // namespace

TEST_CASE("quotes, separators and line ends inside cells are kept, the quotes around them are not") {
    const auto read = read_all("a,b,c\r\n\"x,1\",\"he said \"\"yes\"\"\",\"two\r\nlines\"\r\n,,\nlast,\"\",end");
    CHECK(read.problem.empty());
    CHECK(read.rows ==
          Rows{{"a", "b", "c"}, {"x,1", "he said \"yes\"", "two\r\nlines"}, {"", "", ""}, {"last", "", "end"}});
    CHECK(read.lines == std::vector<std::uint64_t>{1, 2, 4, 5});
}

TEST_CASE("lines end with CR LF, LF or CR, and the last one needs no end") {
    for (const std::string_view end : {"\r\n", "\n", "\r"}) {
        std::string text = fmt::format("a,b{0}1,2{0}3,4", end);
        CHECK(read_all(text).rows == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
        CHECK(read_all(text + std::string(end)).rows == Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}});
        CHECK(read_all(text).lines == std::vector<std::uint64_t>{1, 2, 3});
    }
}

TEST_CASE("the separator is the one that the first line has most of") {
    CHECK(read_all("a;b;c\n1,5;2;3").rows == Rows{{"a", "b", "c"}, {"1,5", "2", "3"}});
    CHECK(read_all("a\tb\n1\t\"2\t3\"").rows == Rows{{"a", "b"}, {"1", "2\t3"}});
    CHECK(read_all("案号，类型\n“甲”，\"乙，丙\"，丁").rows == Rows{{"案号", "类型"}, {"“甲”", "乙，丙", "丁"}});
    CHECK(read_all("\"a;b;c\",d\n1,2").separator == ",");
    CHECK(read_all("single\nvalue").rows == Rows{{"single"}, {"value"}});
}

TEST_CASE("the encoding is found: UTF-8 with and without mark, GB18030, UTF-16") {
    const Rows expected{{"案号", "纠纷类型"}, {"尼阿调〔2024〕1号", "邻里"}};
    const std::string utf8 = "案号,纠纷类型\n尼阿调〔2024〕1号,邻里\n";
    CHECK(read_all(utf8).rows == expected);
    CHECK(read_all(utf8).encoding == Encoding::utf8);
    CHECK(read_all("\xEF\xBB\xBF" + utf8).rows == expected);
    const std::string gbk =
        "\xB0\xB8\xBA\xC5,"
        "\xBE\xC0\xB7\xD7\xC0\xE0\xD0\xCD\n\xC4\xE1\xB0\xA2\xB5\xF7\xA1\xB2\x32\x30\x32\x34\xA1\xB3\x31"
        "\xBA\xC5,\xC1\xDA\xC0\xEF\n";
    CHECK(read_all(gbk).encoding == Encoding::gb18030);
    CHECK(read_all(gbk).rows == expected);
    std::string little("\xFF\xFE"), big("\xFE\xFF");
    for (const char16_t unit : std::u16string_view(u"案号,纠纷类型\n尼阿调〔2024〕1号,邻里\n")) {
        little += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
        big += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
    }
    CHECK(read_all(little).rows == expected);
    CHECK(read_all(big).rows == expected);
}

TEST_CASE("characters that straddle chunks are whole, in every encoding") {
    std::string utf8 = "案号\n", gbk = "\xB0\xB8\xBA\xC5\n";
    for (int i = 0; i < 30'000; ++i) {
        utf8 += "a案号\n";
        gbk += "a\xB0\xB8\xBA\xC5\n";
    }
    const auto from_utf8 = read_all(utf8), from_gbk = read_all(gbk);
    CHECK(from_utf8.problem.empty());
    CHECK(from_gbk.problem.empty());
    CHECK(from_utf8.rows.size() == 30'001);
    CHECK(from_utf8.rows == from_gbk.rows);
}

TEST_CASE("a hostile file gets a sentence with place and way out") {
    struct Hostile {
        std::string_view what;
        std::string bytes;
        std::string_view says;
    };
    const Hostile table[]{
        {"empty", "", "the file is empty"},
        {"only a mark", "\xEF\xBB\xBF", "the file is empty"},
        {"NUL bytes", std::string("a,b\n1,\0002\n", 8), "binary data (byte 7 is NUL)"},
        {"xlsx", std::string("PK\x03\x04\x14\0\0", 7), "an Excel workbook (xlsx) or an archive"},
        {"xls", "\xD0\xCF\x11\xE0\xA1\xB1", "an old Excel workbook (xls)"},
        {"pdf", "%PDF-1.7\n", "a PDF document"},
        {"open quote", "a,b\n1,\"2\n3,4\n", "the quote that opens on line 2 is never closed"},
        {"text after quote", "a,b\n\"1\"x,2\n", "line 2 has text after a closing quote"},
        {"10 MB cell", "a,b\n1," + std::string(10u << 20, 'x') + "\n",
         "line 2, column 2: the cell is longer than 32000 bytes"},
        {"10 MB quoted cell", "a,b\n1,\"" + std::string(10u << 20, 'x') + "\"\n",
         "line 2, column 2: the cell is longer"},
        {"too many columns", "a,b\n" + std::string(1000, ',') + "\n", "line 2 has more than 256 columns"},
        {"no characters", "a,b\n1,2\n\xFF\xFF,3\n", "line 3 holds bytes that are no GB18030 character: FF FF"},
        {"cut in a character", "a,b\n1,\xB0", "holds bytes that are no GB18030 character: B0"},
        {"odd UTF-16",
         std::string("\xFF\xFE"
                     "a\0b",
                     5),
         "no UTF-16LE character"},
    };
    for (const auto& one : table) {
        CAPTURE(one.what);
        const auto read = read_all(one.bytes);
        CHECK_THAT(read.problem, Catch::Contains(std::string(one.says)));
        CHECK_FALSE(read.remedy.empty());
    }
}

TEST_CASE("every limit has a name and holds") {
    CHECK_THAT(read_all("a\n1\n2\n3\n", {.rows_max = 3}).problem, Catch::Contains("more than 3 rows"));
    CHECK(read_all("a\n1\n2\n", {.rows_max = 3}).problem.empty());
    CHECK_THAT(read_all(std::string(3u << 20, 'x'), {.file_bytes_max = 2u << 20}).problem,
               Catch::Contains("larger than 2 MB"));
    CHECK(read_all("a\n12345\n", {.cell_bytes_max = 5}).problem.empty());
    CHECK_THAT(read_all("a\n123456\n", {.cell_bytes_max = 5}).problem, Catch::Contains("longer than 5 bytes"));
}

TEST_CASE("ragged rows are read as they are") {
    CHECK(read_all("a,b,c\n1\n1,2,3,4\n").rows == Rows{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}});
}
