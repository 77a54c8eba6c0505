#include "engine/calendar.hpp"

#include <catch2/catch.hpp>

#include "tests/engine/notices.hpp"
#include "tests/support/print.hpp"
#include "tests/support/random.hpp"

using namespace anjie;
using std::chrono::days;

namespace {

const Calendar nation = test::national_calendar();
const Calendar lhasa = test::lhasa_calendar();
const Calendar no_notices;

Date day(std::string_view text) {
    const auto parsed = parse_date(text);
    REQUIRE(parsed);
    return *parsed;
}

Period period(std::string_view text) {
    const auto parsed = parse_period(text);
    REQUIRE(parsed);
    return *parsed;
}

struct Vector {
    std::string_view period, start, raw, national_due, lhasa_due;
};

// Computed by hand from the notices; an empty raw day means that workdays have none beside the due day.
constexpr Vector vectors[] = {
    {"30d", "2025-01-03", "2025-02-02", "2025-02-05", "2025-02-05"},  // rolls over Spring Festival
    {"30d", "2025-01-28", "2025-02-27", "2025-02-27", "2025-03-05"},  // Losar
    {"30d", "2025-08-29", "2025-09-28", "2025-09-28", "2025-09-28"},  // a worked Sunday
    {"30d", "2024-09-01", "2024-10-01", "2024-10-08", "2024-10-08"},  // National Day week
    {"30d", "2025-09-01", "2025-10-01", "2025-10-09", "2025-10-09"},
    {"30d", "2022-12-01", "2022-12-31", "2023-01-03", "2023-01-03"},  // next year's notice decides December
    {"30d", "2025-12-02", "2026-01-01", "2026-01-04", "2026-01-04"},  // ends on a worked Sunday
    {"15d", "2026-02-05", "2026-02-20", "2026-02-24", "2026-02-27"},  // Losar
    {"60d", "2024-12-03", "2025-02-01", "2025-02-05", "2025-02-05"},
    {"60d", "2025-08-04", "2025-10-03", "2025-10-09", "2025-10-09"},
    {"1m", "2024-01-31", "2024-02-29", "2024-02-29", "2024-02-29"},  // leap year, no corresponding day
    {"1m", "2025-01-31", "2025-02-28", "2025-02-28", "2025-03-05"},  // clipped, then Losar
    {"1m", "2026-01-31", "2026-02-28", "2026-02-28", "2026-02-28"},  // clipped, a worked Saturday
    {"1m", "2024-08-31", "2024-09-30", "2024-09-30", "2024-09-30"},
    {"1m", "2025-12-31", "2026-01-31", "2026-02-02", "2026-02-02"},  // a plain weekend
    {"5wd", "2025-09-26", "", "2025-10-10", "2025-10-10"},           // counts Sunday 09-28, skips 10-01 to 10-08
    {"5wd", "2026-02-12", "", "2026-02-26", "2026-03-02"},           // worked 02-14 and, in Lhasa, 02-28
    {"5wd", "2025-02-24", "", "2025-03-03", "2025-03-07"},           // Losar
    {"3wd", "2025-01-24", "", "2025-02-05", "2025-02-05"},           // worked Sunday 01-26
    {"30wd", "2024-04-28", "", "2024-06-12", "2024-06-12"},          // the medical limit
};

struct Drawn {
    Date start;
    Period period;
};

Drawn draw(test::Random& random) {
    const Date start = make_date(2022, 12, 1) + days{static_cast<int>(random.below(1600))};
    const auto unit = static_cast<PeriodUnit>(random.below(4));
    const std::int64_t most = unit == PeriodUnit::years ? 4 : unit == PeriodUnit::months ? 30 : 120;
    return {start, {static_cast<std::int32_t>(random.between(0, most)), unit}};
}

// The mixture of layers is drawn too, so that the properties do not only hold for the notices that we know.
Calendar draw_calendar(test::Random& random) {
    std::vector<CalendarLayer> layers;
    const auto count = random.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
        CalendarLayer layer{std::to_string(i), {}, {}};
        for (int listed = 0; listed < 200; ++listed)
            layer.is_off[make_date(2022, 12, 1) + days{static_cast<int>(random.below(1800))}] = random.one_in(2);
        if (!random.one_in(3)) layer.known = {{make_date(2023, 1, 1), make_date(2025, 12, 24)}};
        layers.push_back(std::move(layer));
    }
    return Calendar("drawn", std::move(layers));
}

}  // namespace

TEST_CASE("the due days of the published examples come out, for the nation and for Lhasa") {
    for (const auto& vector : vectors) {
        INFO(vector.period << " from " << vector.start);
        const DueDay national = due_day(day(vector.start), period(vector.period), nation);
        const DueDay regional = due_day(day(vector.start), period(vector.period), lhasa);
        if (!vector.raw.empty()) {
            CHECK(national.raw == day(vector.raw));
            CHECK(regional.raw == day(vector.raw));
        }
        CHECK(national.rolled == day(vector.national_due));
        CHECK(regional.rolled == day(vector.lhasa_due));
        CHECK_FALSE(national.provisional);
    }
}

TEST_CASE("a period that is not rolled ends on its raw day") {
    for (const auto& vector : vectors) {
        if (vector.raw.empty()) continue;
        INFO(vector.period << " from " << vector.start);
        const DueDay due = due_day(day(vector.start), period(vector.period), nation, false);
        CHECK(due == DueDay{day(vector.raw), day(vector.raw), false});
    }
}

TEST_CASE("the starting day is not counted") {
    CHECK(last_day(day("2024-03-05"), period("1d"), nation) == day("2024-03-06"));
    CHECK(last_day(day("2024-03-05"), period("0d"), nation) == day("2024-03-05"));
    CHECK(last_day(day("2024-03-08"), period("1wd"), nation) == day("2024-03-11"));
    CHECK(last_day(day("2024-03-09"), period("1wd"), nation) == day("2024-03-11"));
}

TEST_CASE("months and years end on the corresponding day or the month's last, counted from the original day") {
    const std::tuple<std::string_view, std::string_view, std::string_view> expected[] = {
        {"2024-01-31", "1m", "2024-02-29"}, {"2023-01-31", "1m", "2023-02-28"},  {"2024-01-31", "2m", "2024-03-31"},
        {"2024-01-31", "3m", "2024-04-30"}, {"2024-01-31", "13m", "2025-02-28"}, {"2024-01-30", "1m", "2024-02-29"},
        {"2024-02-29", "1m", "2024-03-29"}, {"2024-02-29", "1y", "2025-02-28"},  {"2024-02-29", "4y", "2028-02-29"},
        {"2024-02-28", "1y", "2025-02-28"}, {"2023-02-28", "1y", "2024-02-28"},  {"2024-12-31", "1m", "2025-01-31"},
        {"2024-11-30", "1m", "2024-12-30"}, {"2024-11-30", "3m", "2025-02-28"},  {"2024-06-15", "12m", "2025-06-15"},
        {"2099-02-28", "1y", "2100-02-28"}, {"2096-02-29", "4y", "2100-02-28"},  {"2024-03-31", "0m", "2024-03-31"}};
    for (const auto& [start, length, end] : expected) {
        INFO(length << " from " << start);
        CHECK(last_day(day(start), period(length), nation) == day(end));
    }
}

TEST_CASE("a month and thirty days are different lengths") {
    CHECK(last_day(day("2024-03-05"), period("1m"), nation) == day("2024-04-05"));
    CHECK(last_day(day("2024-03-05"), period("30d"), nation) == day("2024-04-04"));
}

TEST_CASE("the nearest layer that lists a day decides it") {
    const Date both = day("2026-02-24");
    CHECK_FALSE(nation.is_off(both));
    CHECK(lhasa.is_off(both));
    CHECK(lhasa.is_off(day("2025-10-01")));
    CHECK_FALSE(lhasa.is_off(day("2025-09-28")));
    CHECK(no_notices.is_off(day("2025-09-28")));
    CHECK_FALSE(no_notices.is_off(day("2025-10-01")));
}

TEST_CASE("a due day is provisional when a day it rests on is not settled by notices") {
    CHECK_FALSE(due_day(day("2026-11-10"), period("30d"), nation).provisional);
    CHECK(due_day(day("2026-12-10"), period("30d"), nation).provisional);
    // The end of December waits for the next year's notice.
    CHECK(due_day(day("2026-12-01"), period("30d"), nation).provisional);
    // Tibet's notice for 2024 is not known, the nation's is.
    CHECK_FALSE(due_day(day("2024-03-05"), period("30d"), nation).provisional);
    CHECK(due_day(day("2024-03-05"), period("30d"), lhasa).provisional);
    CHECK_FALSE(due_day(day("2025-03-10"), period("30d"), lhasa).provisional);
    CHECK(due_day(day("2025-03-10"), period("30d"), no_notices).provisional);
}

TEST_CASE("workdays are provisional when any counted day is, natural days only where the end is rolled") {
    CHECK(due_day(day("2024-12-25"), period("10wd"), lhasa).provisional);
    CHECK_FALSE(due_day(day("2024-12-25"), period("30d"), lhasa).provisional);
    CHECK_FALSE(due_day(day("2024-03-05"), period("30d"), lhasa, false).provisional);
    CHECK(due_day(day("2024-03-05"), period("3wd"), lhasa, false).provisional);
}

TEST_CASE("a day that the nearest layer lists is settled, whatever wider layers know") {
    const Date festival = day("2027-02-07");
    const Calendar calendar("v", {CalendarLayer{"CN", {}, {}}, CalendarLayer{"54", {{festival, true}}, {}}});
    CHECK_FALSE(calendar.is_provisional(festival));
    CHECK(calendar.is_provisional(festival + days{1}));
}

TEST_CASE("a period is read and printed as count and unit") {
    CHECK(parse_period("30d") == Period{30, PeriodUnit::days});
    CHECK(parse_period("5wd") == Period{5, PeriodUnit::workdays});
    CHECK(parse_period("1m") == Period{1, PeriodUnit::months});
    CHECK(parse_period("2y") == Period{2, PeriodUnit::years});
    CHECK(parse_period("0d") == Period{0, PeriodUnit::days});
    CHECK(parse_period("9999wd") == Period{9999, PeriodUnit::workdays});
    for (const std::string_view wrong : {"", "d", "wd", "30", "-1d", "+1d", "1 d", " 1d", "1d ", "01d", "00d", "1D",
                                         "1w", "1dw", "1wdd", "10000d", "99999999999999999999d", "1.5m", "一月"}) {
        INFO("text \"" << wrong << '"');
        CHECK_FALSE(parse_period(wrong));
    }
    auto random = test::Random::seeded(5);
    INFO("seed " << random.seed());
    for (int round = 0; round < 1000; ++round) {
        const Period made{static_cast<std::int32_t>(random.below(10'000)), static_cast<PeriodUnit>(random.below(4))};
        REQUIRE(parse_period(to_string(made)) == made);
    }
}

TEST_CASE("rolling never lands on a day off, never goes back, skips no worked day, and rolls only once") {
    auto random = test::Random::seeded(6);
    INFO("seed " << random.seed());
    for (int round = 0; round < 300; ++round) {
        const Calendar calendar = draw_calendar(random);
        for (int again = 0; again < 20; ++again) {
            const Date from = draw(random).start;
            const Date rolled = calendar.roll(from);
            INFO("from " << to_string(from) << " rolled " << to_string(rolled));
            REQUIRE_FALSE(calendar.is_off(rolled));
            REQUIRE(rolled >= from);
            REQUIRE(calendar.roll(rolled) == rolled);
            for (Date skipped = from; skipped < rolled; skipped += days{1}) REQUIRE(calendar.is_off(skipped));
        }
    }
}

TEST_CASE("a period in workdays holds exactly that many worked days after its start and ends on one") {
    auto random = test::Random::seeded(7);
    INFO("seed " << random.seed());
    for (int round = 0; round < 500; ++round) {
        const Calendar calendar = draw_calendar(random);
        const Date start = draw(random).start;
        const auto count = static_cast<std::int32_t>(random.between(1, 120));
        const Date end = last_day(start, {count, PeriodUnit::workdays}, calendar);
        INFO(count << " workdays from " << to_string(start) << " to " << to_string(end));
        std::int32_t worked = 0;
        for (Date counted = start + days{1}; counted <= end; counted += days{1}) worked += !calendar.is_off(counted);
        REQUIRE(worked == count);
        REQUIRE_FALSE(calendar.is_off(end));
        REQUIRE(due_day(start, {count, PeriodUnit::workdays}, calendar).rolled == end);
    }
}

TEST_CASE("days, months and years do not depend on the calendar before the end is rolled") {
    auto random = test::Random::seeded(8);
    INFO("seed " << random.seed());
    for (int round = 0; round < 1000; ++round) {
        const Drawn drawn = draw(random);
        if (drawn.period.unit == PeriodUnit::workdays) continue;
        const Date end = last_day(drawn.start, drawn.period, draw_calendar(random));
        REQUIRE(end == last_day(drawn.start, drawn.period, no_notices));
        if (drawn.period.unit == PeriodUnit::days) REQUIRE(end - drawn.start == days{drawn.period.count});
    }
}

TEST_CASE("months keep the day of the month or clip it to the month's last, in the month that many months on") {
    auto random = test::Random::seeded(9);
    INFO("seed " << random.seed());
    for (int round = 0; round < 2000; ++round) {
        const Date start = make_date(1990, 1, 1) + days{static_cast<int>(random.below(40'000))};
        const auto count = static_cast<std::int32_t>(random.between(0, 400));
        const std::chrono::year_month_day from{start};
        const std::chrono::year_month_day to{last_day(start, {count, PeriodUnit::months}, nation)};
        INFO(count << " months from " << to_string(start));
        const auto months_of = [](const std::chrono::year_month_day& date) {
            return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
        };
        REQUIRE(months_of(to) - months_of(from) == count);
        if (to.day() != from.day()) {
            REQUIRE(to.day() < from.day());
            REQUIRE(month_of(Date{to} + days{1}) != month_of(Date{to}));
        }
    }
}

TEST_CASE("a period that starts later never ends earlier, and a longer one never ends earlier") {
    auto random = test::Random::seeded(10);
    INFO("seed " << random.seed());
    for (int round = 0; round < 2000; ++round) {
        const Drawn drawn = draw(random);
        const Calendar& calendar = random.one_in(2) ? nation : lhasa;
        const DueDay due = due_day(drawn.start, drawn.period, calendar);
        INFO(to_string(drawn.period) << " from " << to_string(drawn.start));
        const DueDay next = due_day(drawn.start + days{1}, drawn.period, calendar);
        REQUIRE(due.raw <= next.raw);
        REQUIRE(due.rolled <= next.rolled);
        const DueDay longer = due_day(drawn.start, {drawn.period.count + 1, drawn.period.unit}, calendar);
        REQUIRE(due.raw < longer.raw);
        REQUIRE(due.rolled <= longer.rolled);
        REQUIRE(due.raw <= due.rolled);
        REQUIRE(drawn.start <= due.raw);
    }
}
