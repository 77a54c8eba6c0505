#include "adapters/spreadsheet/detail/cell_values.hpp"

#include <catch2/catch.hpp>

namespace anjie::spreadsheet::detail {
namespace {

using Kind = NumberFormat::Kind;

TEST_CASE("formats of days are told from those of numbers, money and times") {
    struct Case {
        std::string_view code;
        Kind kind;
    };
    for (const auto& [code, kind] : {Case{"yyyy\"年\"m\"月\"d\"日\"", Kind::day},
                                     Case{"[$-804]yyyy/m/d;@", Kind::day},
                                     Case{"[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", Kind::day},
                                     Case{"YYYY-MM-DD HH:MM:SS", Kind::day},
                                     Case{"m\"月\"d\"日\"", Kind::day},
                                     Case{"yyyy\"年\"m\"月\"", Kind::month_only},
                                     Case{"mmm-yy", Kind::month_only},
                                     Case{"h:mm AM/PM", Kind::time_only},
                                     Case{"[h]:mm:ss", Kind::time_only},
                                     Case{"General", Kind::plain},
                                     Case{"0.00E+00", Kind::plain},
                                     Case{"#,##0.00\"元\"", Kind::plain},
                                     Case{"[Red]#,##0;[Blue]-#,##0", Kind::plain},
                                     Case{"0\"days\"", Kind::plain},
                                     Case{"@", Kind::plain},
                                     Case{"\\d0", Kind::plain},
                                     Case{"\"unclosed d", Kind::plain},
                                     Case{"[unclosed", Kind::plain},
                                     Case{"\\", Kind::plain},
                                     Case{"", Kind::plain}}) {
        INFO(code);
        CHECK(format_of_code(code).kind == kind);
    }
    CHECK(format_of_code("000000") == NumberFormat{.kind = Kind::zeros, .places = 6});
    CHECK(built_in_format(31).kind == Kind::day);
    CHECK(built_in_format(2).kind == Kind::plain);
}

TEST_CASE("days are those of the spreadsheet's own calendar around the leap day that was none") {
    const auto day = [](std::string_view serial) { return text_of_number(serial, {.kind = Kind::day}, false); };
    CHECK(day("1") == "1900-01-01");
    CHECK(day("59") == "1900-02-28");
    CHECK_FALSE(day("60"));
    CHECK(day("61") == "1900-03-01");
    CHECK(day("45351") == "2024-02-29");
    CHECK(day("45351.999999") == "2024-03-01");
    CHECK(day("109574") == "2199-12-31");
    CHECK_FALSE(day("109575"));
    CHECK(text_of_number("45356", {.kind = Kind::month_only}, false) == "2024-03");
    CHECK(text_of_number("0.75", {.kind = Kind::time_only}, false) == "18:00");
}

TEST_CASE("the smallest and largest numbers are written out") {
    CHECK(text_of_number("999999999999999", {}, false) == "999999999999999");
    CHECK(text_of_number("-999999999999999", {}, false) == "-999999999999999");
    CHECK(text_of_number("1e-3", {}, false) == "0.001");
    CHECK(text_of_number("-0", {}, false) == "0");
    CHECK(text_of_number("5e-324", {}, false)->size() > 300);
    CHECK_FALSE(text_of_number("1e999", {}, false));
    CHECK_FALSE(text_of_number("", {}, false));
    CHECK_FALSE(text_of_number("0x1", {}, false));
}

TEST_CASE("places are read as they are written") {
    CHECK(parse_place("A1")->column == 0);
    CHECK(parse_place("XFD1048576")->column == 16'383);
    CHECK(parse_place("AA10")->column == 26);
    for (const auto* wrong :
         {"", "A", "1", "A0", "XFE1", "A1048577", "a1", "A1x", "$A$1", "AAAAAAAAAAAAAAAAAAAA1", "A-1"}) {
        INFO(wrong);
        CHECK_FALSE(parse_place(wrong));
    }
    CHECK(column_letters(0) == "A");
    CHECK(column_letters(26) == "AA");
    CHECK(column_letters(16'383) == "XFD");
}

}  // namespace
}  // namespace anjie::spreadsheet::detail
