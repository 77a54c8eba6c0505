#include "adapters/text_forms/text_forms.hpp"

#include <catch2/catch.hpp>

using namespace anjie;
using text_forms::parse_date_any;
using text_forms::parse_money;

namespace {

Date day(int year, unsigned month, unsigned day_of_month) {
    return Date{
        std::chrono::local_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day_of_month}}
            .time_since_epoch()};
}

}  // namespace

TEST_CASE("a day is read in every form that offices write") {
    for (const std::string_view text :
         {"2024-3-5", "2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", "2024年3月5号", "2024年03月05", "20240305",
          "２０２４－３－５", "２０２４年３月５日", " 2024-3-5 ", "2024 年 3 月 5 日", "2024/3/5 0:00",
          "2024-03-05T14:30:00", "2024-3-5 14:30:05",
          "\xE3\x80\x80"
          "2024.03.05"}) {
        CAPTURE(text);
        CHECK(parse_date_any(text) == day(2024, 3, 5));
    }
    CHECK(parse_date_any("2024-2-29") == day(2024, 2, 29));
}

TEST_CASE("what is not an existing day is not read as one") {
    for (const std::string_view text :
         {"",          "2024",   "2024-3",     "3-5",      "2023-2-29", "2024-13-1",      "2024-0-5",
          "2024-4-31", "24-3-5", "2024-3-5-6", "2024-3/5", "2024年3月", "2024年3月5日前", "三月五日",
          "20241301",  "45356",  "1899-12-31", "2200-1-1", "-2024-3-5", "2024-3-555",     "2024-03-05x"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_date_any(text));
    }
}

TEST_CASE("an amount is read in every form that offices write") {
    const std::pair<std::string_view, std::int64_t> forms[]{
        {"3500", 350'000},      {"3,500", 350'000},          {"3，500", 350'000},        {"3500.5", 350'050},
        {"3500.05", 350'005},   {"3500元", 350'000},         {"¥3,500", 350'000},        {"￥3,500.00元", 350'000},
        {"1.2万元", 1'200'000}, {"1.2万", 1'200'000},        {"12 万元", 12'000'000},    {"0", 0},
        {"0.5万", 500'000},     {"人民币3500元整", 350'000}, {"1.23456万元", 1'234'560}, {"1亿元", 10'000'000'000},
        {"３５００", 350'000},  {"3500.500", 350'050},
    };
    for (const auto& [text, fen] : forms) {
        CAPTURE(text);
        REQUIRE(parse_money(text));
        CHECK(parse_money(text)->fen == fen);
    }
}

TEST_CASE("what is not an amount is not read as one") {
    for (const std::string_view text : {"", "元", "万元", "-5", "3500.555", "1.2.3", "约3500", "3500元/月", "1e5", ".5",
                                        "3500,", "99999999999999999999", "abc", "3 500", "1.2345678万", "100000亿"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_money(text));
    }
}

TEST_CASE("an amount's text is read back as the same amount") {
    for (const std::int64_t fen : {0LL, 1LL, 99LL, 100LL, 350'000LL, 999'999'999'999'999LL}) {
        const auto text = text_forms::to_text(dispute::Money{fen});
        CAPTURE(text);
        CHECK(parse_money(text) == dispute::Money{fen});
    }
}
