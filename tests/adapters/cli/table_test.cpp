#include "adapters/cli/table.hpp"

#include <catch2/catch.hpp>

using namespace anjie::cli;

TEST_CASE("a Chinese character takes two columns, a combining mark none, a colour none") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("案结") == 4);
    CHECK(display_width("〔2024〕") == 8);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("\033[31m红\033[0m") == 2);
}

TEST_CASE("bytes that are not text count one column each and break nothing") {
    CHECK(display_width("\xff\xfe") == 2);
    CHECK(display_width("a\xe4\xb8") == 3);
}

TEST_CASE("padding fills to columns and clipping never cuts a character") {
    CHECK(padded("案", 4) == "案  ");
    CHECK(padded("7", 3, true) == "  7");
    CHECK(padded("案结", 2) == "案结");
    CHECK(clipped("案结事了", 8) == "案结事了");
    CHECK(clipped("案结事了", 6) == "案结…");
    CHECK(clipped("案结事了", 4) == "案…");
}

TEST_CASE("columns stay aligned under mixed text") {
    Table table({"案号", ">件"});
    table.row({"尼阿调〔2024〕12号", "1"});
    table.row({"x", "12"});
    CHECK(table.text() ==
          "案号                件\n"
          "------------------  --\n"
          "尼阿调〔2024〕12号   1\n"
          "x                   12\n");
}

TEST_CASE("long headings are broken at spaces and between Chinese characters") {
    CHECK(wrapped("Revisit coverage", 10) == std::vector<std::string>{"Revisit", "coverage"});
    CHECK(wrapped("short", 10) == std::vector<std::string>{"short"});
    CHECK(wrapped("协议涉及金额", 8) == std::vector<std::string>{"协议涉及", "金额"});
}
