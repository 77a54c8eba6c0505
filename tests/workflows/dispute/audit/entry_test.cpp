#include "tests/support/print.hpp"
#include "tests/workflows/dispute/audit/told_cases.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::dispute;
using audit::Severity;
using std::chrono::days;

namespace {

const Date day = make_date(2024, 3, 4);

}  // namespace

TEST_CASE("An entry is late when it was recorded more days after its day than the threshold, not when just as many") {
    for (const auto& [lag, expected] : {std::pair{7, std::size_t{0}}, {8, std::size_t{1}}}) {
        ToldCases cases;
        cases.registered(day).given(day, {RequestConsent{}}, {.lag_days = lag});
        const auto found = cases.found("late_entry");
        REQUIRE(found.size() == expected);
        if (expected == 0) continue;
        CHECK(found[0].severity == Severity::note);
        REQUIRE(found[0].events.size() == 1);
        CHECK(found[0].events[0].version == 2);
        CHECK(found[0].events[0].position == 2);
        CHECK(found[0].sentence.en.find("1 of 2 entries") == 0);
        REQUIRE(found[0].rule);
        CHECK(found[0].rule->mark == SourceMark::configuration);
        CHECK(found[0].rule->title.zh.starts_with("本地配置"));
    }
}

TEST_CASE("Days of lateness are days in China: a minute past midnight there is the next day") {
    ToldCases cases;
    cases.thresholds.late_entry_days = 0;
    cases.registered(day);
    // Recorded at 23:59 of the same day, and at 00:01 of the next; in UTC both fall on the same day.
    const auto late_evening = Entry{.minute = 14 * 60 + 59};
    const auto past_midnight = Entry{.minute = 15 * 60 + 1};
    cases.event(day, RightsNoticeGiven{}, late_evening);
    CHECK(cases.found("late_entry").empty());
    cases.event(day, RightsNoticeGiven{}, past_midnight);
    const auto found = cases.found("late_entry");
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].events.size() == 1);
    CHECK(found[0].events[0].version == 3);
}

TEST_CASE(
    "The latest entries of a case make one finding, the worst first; beyond the second threshold it is a warning") {
    ToldCases cases;
    cases.registered(day, 12, steps::registration(), {.lag_days = 10})
        .given(day, {RequestConsent{}}, {.lag_days = 31})
        .given(day, {GiveConsent{2}}, {.lag_days = 30});
    auto found = cases.found("late_entry");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    REQUIRE(found[0].events.size() == 3);
    CHECK(found[0].events[0].version == 2);
    CHECK(found[0].events[2].version == 1);

    ToldCases milder;
    milder.registered(day, 12, steps::registration(), {.lag_days = 10})
        .given(day, {RequestConsent{}}, {.lag_days = 30});
    found = milder.found("late_entry");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::note);
}

TEST_CASE("What one order yielded counts once, and late facts recorded as such and alarms not at all") {
    ToldCases cases;
    cases.agreed(day, 12, false);
    const auto before = cases.found("late_entry");
    CHECK(before.empty());
    cases.event(day, LateFactRecorded{}, {.lag_days = 90})
        .event(day, AlarmRaised{.kind = DeadlineKind::mediation}, {.lag_days = 90});
    CHECK(cases.found("late_entry").empty());

    // The last signature and the agreement's effect come from one order.
    ToldCases late;
    late.registered(day).given(day, {RequestConsent{}, GiveConsent{1}, GiveConsent{2}, AcceptCase{}});
    late.given(day, steps::assigned()).given(day, {HoldSession{}, steps::agreement({})});
    late.given(day, {SignAsParty{1, SigningMethod::handwritten}, SignAsParty{2, SigningMethod::handwritten},
                     SignAsMediator{"", SigningMethod::handwritten}});
    late.given(day, {AffixSeal{}}, {.lag_days = 9});
    const auto found = late.found("late_entry");
    REQUIRE(found.size() == 1);
    CHECK(found[0].events_in_all == 1);
}

TEST_CASE("A revisit stated within its deadline but recorded days after its end is possibly back-dated") {
    // Effective on 2024-03-14, so a revisit is due by 2024-04-15 (the 14th is a Sunday).
    const Date effective = day + days{10};
    const Date due = make_date(2024, 4, 15);
    const auto story = [&](Date revisited, Date recorded) {
        ToldCases cases;
        cases.agreed(day, 12, false);
        cases.given(revisited, {steps::good_revisit()}, {.lag_days = static_cast<int>((recorded - revisited).count())});
        return cases.found("back_dated");
    };
    REQUIRE(effective == make_date(2024, 3, 14));
    CHECK(story(due, due + days{3}).empty());
    const auto found = story(due, due + days{4});
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    REQUIRE(found[0].rule);
    CHECK(found[0].rule->id == "CN.T-REV");
    REQUIRE(found[0].events.size() == 2);
    CHECK(found[0].sentence.en.find("2024-04-15") != std::string::npos);
    // Stated after the end: late, and nobody claims otherwise.
    CHECK(story(due + days{1}, due + days{30}).empty());
}

TEST_CASE("Back-dating weighs more when an alarm had already said that the deadline was missed") {
    ToldCases cases;
    cases.agreed(day, 12, false);
    const auto* revisit = [&]() -> const RunningDeadline* {
        for (const auto& running : cases.state().deadlines)
            if (running.start.kind == DeadlineKind::revisit) return &running;
        return nullptr;
    }();
    REQUIRE(revisit != nullptr);
    cases.event(
        make_date(2024, 4, 16),
        AlarmRaised{.kind = DeadlineKind::revisit, .level = AlarmLevel::passed, .deadline = revisit->start.due});
    cases.given(make_date(2024, 4, 10), {steps::good_revisit()}, {.lag_days = 20});
    const auto found = cases.found("back_dated");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::serious);
}

TEST_CASE("An event that is said to happen after it was recorded is serious; the same day is not") {
    ToldCases cases;
    cases.registered(day).event(day, RightsNoticeGiven{}, {.lag_days = 0});
    CHECK(cases.found("back_dated").empty());
    cases.event(day + days{2}, RightsNoticeGiven{}, {.lag_days = -1});
    auto found = cases.found("back_dated");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::serious);
    CHECK(found[0].events[0].version == 3);

    // With a time of day the moment counts, not the day: 09:00 recorded, 09:01 stated.
    ToldCases timed;
    timed.registered(day);
    const auto at = [&](int minute) {
        return OccurredAt{{start_of_day(day).microseconds + (9 * 60 + minute) * 60'000'000LL}, false};
    };
    timed.event_at(at(0), RightsNoticeGiven{});
    CHECK(timed.found("back_dated").empty());
    timed.event_at(at(1), RightsNoticeGiven{});
    CHECK(timed.found("back_dated").size() == 1);
}

TEST_CASE("An import is one finding by day and organisation, and its late entries are not held against a clerk") {
    ToldCases cases;
    for (std::uint32_t serial = 1; serial <= 3; ++serial) {
        auto order = steps::registration();
        order.amount = {serial * 100};
        const int lag = static_cast<int>((make_date(2024, 12, 1) - day).count());
        cases.registered(day, serial, order, {.lag_days = lag, .actor = "ledger-import"});
        cases.given(day, {RequestConsent{}, GiveConsent{1}, GiveConsent{2}, AcceptCase{}},
                    {.lag_days = lag, .actor = "ledger-import"});
    }
    CHECK(cases.found("late_entry").empty());
    CHECK(cases.found("back_dated").empty());
    const auto found = cases.found("imported");
    REQUIRE(found.size() == 1);
    CHECK(found[0].cases == 3);
    CHECK(found[0].events_in_all == 15);
    CHECK(found[0].severity == Severity::note);

    // The same entries by a clerk are late, and acceptance met its deadline on paper only.
    auto by_clerk = cases;
    by_clerk.thresholds.import_actors.clear();
    CHECK(by_clerk.found("imported").empty());
    CHECK(by_clerk.found("late_entry").size() == 3);
    CHECK_FALSE(by_clerk.found("back_dated").empty());
}
