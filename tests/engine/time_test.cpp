#include "engine/time.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "engine/clock.hpp"
#include "engine/result.hpp"
#include "tests/support/print.hpp"
#include "tests/support/random.hpp"

using namespace anjie;

TEST_CASE("a day begins at 16:00 of the day before in Greenwich") {
    const Date day = make_date(2024, 3, 5);
    CHECK(start_of_day(day) == *parse_instant("2024-03-04T16:00:00Z"));
    CHECK(local_date(start_of_day(day)) == day);
    CHECK(local_date(Instant{start_of_day(day).microseconds - 1}) == day - std::chrono::days{1});
    CHECK(local_date(Instant{0}) == make_date(1970, 1, 1));
    CHECK(local_date(Instant{-8 * 3600 * 1'000'000LL - 1}) == make_date(1969, 12, 31));
}

TEST_CASE("the parts of a day are what was put in") {
    const Date day = make_date(2024, 2, 29);
    CHECK(year_of(day) == 2024);
    CHECK(month_of(day) == 2);
    CHECK(to_string(day) == "2024-02-29");
    CHECK(to_string(make_date(1900, 1, 1)) == "1900-01-01");
}

TEST_CASE("only existing days from 1900 to 2199 are read, and only as YYYY-MM-DD") {
    CHECK(parse_date("2024-02-29") == make_date(2024, 2, 29));
    CHECK(parse_date("1900-01-01") == make_date(1900, 1, 1));
    CHECK(parse_date("2199-12-31") == make_date(2199, 12, 31));
    for (const std::string_view wrong :
         {"",           "2024",       "2024-02",    "2024-2-29",     "2024-02-30",  "2023-02-29",
          "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00",    "2024-01-32",  "1899-12-31",
          "2200-01-01", "2024/02/29", "20240229",   " 2024-02-29",   "2024-02-29 ", "2024-02-29T",
          "+024-02-29", "2024-02-2a", "2024-02--9", "２０２４-02-29"}) {
        INFO("text \"" << wrong << '"');
        CHECK_FALSE(parse_date(wrong));
    }
}

TEST_CASE("a moment is printed in China's time, with a fraction only where there is one") {
    CHECK(to_string(Instant{0}) == "1970-01-01T08:00:00+08:00");
    CHECK(to_string(Instant{1}) == "1970-01-01T08:00:00.000001+08:00");
    CHECK(to_string(Instant{-1}) == "1970-01-01T07:59:59.999999+08:00");
    CHECK(to_string(*parse_instant("2024-03-05T06:02:11.123456Z")) == "2024-03-05T14:02:11.123456+08:00");
}

TEST_CASE("a moment is read with any zone, and without one as China's") {
    const Instant expected = *parse_instant("2024-03-05T14:02:00+08:00");
    for (const std::string_view same :
         {"2024-03-05T06:02:00Z", "2024-03-05t06:02:00z", "2024-03-05 14:02", "2024-03-05T14:02", "2024-03-05T14:02:00",
          "2024-03-05T14:02:00.000", "2024-03-05T14:02+08:00", "2024-03-05T06:02Z", "2024-03-04T23:32:00-06:30",
          "2024-03-06T05:02:00+23:00", "2024-03-05T06:02:00-00:00", "2024-03-05T14:02:00.0000009"}) {
        INFO("text \"" << same << '"');
        CHECK(parse_instant(same) == expected);
    }
    CHECK(parse_instant("2024-03-05T14:02:00.5") == Instant{expected.microseconds + 500'000});
    CHECK(parse_instant("2024-03-05T14:02:00.123456789") == Instant{expected.microseconds + 123'456});
}

TEST_CASE("what is not a moment is refused") {
    for (const std::string_view wrong : {"",
                                         "2024-03-05",
                                         "2024-03-05T",
                                         "2024-03-05T14",
                                         "2024-03-05T14:",
                                         "2024-03-05T1402",
                                         "2024-03-05T24:00",
                                         "2024-03-05T14:60",
                                         "2024-03-05T14:02:60",
                                         "2024-03-05T14:02:",
                                         "2024-03-05T14:02:1",
                                         "2024-03-05T14:02:00.",
                                         "2024-03-05T14:02:00.Z",
                                         "2024-03-05T14:02:00+08",
                                         "2024-03-05T14:02:00+0800",
                                         "2024-03-05T14:02:00+24:00",
                                         "2024-03-05T14:02:00+08:60",
                                         "2024-03-05T14:02:00Z ",
                                         "2024-03-05T14:02:00ZZ",
                                         "2024-02-30T14:02:00Z",
                                         "2024-03-05X14:02",
                                         "2024-03-05T14:02 Z",
                                         "2024-03-05T14:02,5"}) {
        INFO("text \"" << wrong << '"');
        CHECK_FALSE(parse_instant(wrong));
    }
}

TEST_CASE("nobody prints a made-up 00:00 where only the day is known") {
    const OccurredAt day = on_day(make_date(2024, 3, 5));
    CHECK(day.day_only);
    CHECK(to_string(day) == "2024-03-05");
    CHECK(parse_occurred_at("2024-03-05") == day);
    const OccurredAt midnight{day.at, false};
    CHECK(to_string(midnight) == "2024-03-05T00:00+08:00");
    CHECK(parse_occurred_at("2024-03-05T00:00") == midnight);
    CHECK(to_string(*parse_occurred_at("2024-03-05 14:02:11")) == "2024-03-05T14:02:11+08:00");
    CHECK(to_string(*parse_occurred_at("2024-03-05 14:02:00.25")) == "2024-03-05T14:02:00.250000+08:00");
    CHECK_FALSE(parse_occurred_at("yesterday"));
}

TEST_CASE("every day and moment from 1900 to 2199 survives printing and reading") {
    auto random = test::Random::seeded(4);
    INFO("seed " << random.seed());
    const Instant first = start_of_day(make_date(1900, 1, 1));
    const Instant last = start_of_day(make_date(2199, 12, 31));
    for (int round = 0; round < 2000; ++round) {
        const Instant at{random.between(first.microseconds, last.microseconds)};
        REQUIRE(parse_instant(to_string(at)) == at);
        REQUIRE(parse_occurred_at(to_string(OccurredAt{at, false})) == OccurredAt{at, false});
        const Date day = local_date(at);
        REQUIRE(parse_date(to_string(day)) == day);
        REQUIRE(start_of_day(day) <= at);
        REQUIRE(at < start_of_day(day + std::chrono::days{1}));
    }
}

TEST_CASE("the farthest moments have a day and do not overflow") {
    const Instant least{std::numeric_limits<std::int64_t>::min()};
    const Instant greatest{std::numeric_limits<std::int64_t>::max()};
    CHECK(local_date(least) < local_date(Instant{0}));
    CHECK(local_date(greatest) > local_date(Instant{0}));
    CHECK_FALSE(to_string(least).empty());
    CHECK_FALSE(to_string(greatest).empty());
}

TEST_CASE("the machine's clock goes on, and a manual one stands until it is set") {
    const SystemClock machine;
    const Instant before = machine.now();
    CHECK(before > *parse_instant("2024-01-01T00:00Z"));
    CHECK(before <= machine.now());
    ManualClock manual(Instant{5});
    CHECK(manual.now() == Instant{5});
    manual.advance(std::chrono::seconds{1});
    CHECK(manual.now() == Instant{1'000'005});
}

TEST_CASE("every error code has a stable name") {
    CHECK(to_string(ErrorCode::not_found) == "not_found");
    CHECK(to_string(ErrorCode::conflict) == "conflict");
    CHECK(to_string(ErrorCode::unavailable) == "unavailable");
    CHECK(to_string(ErrorCode::corrupt) == "corrupt");
    CHECK(to_string(ErrorCode::invalid) == "invalid");
}
