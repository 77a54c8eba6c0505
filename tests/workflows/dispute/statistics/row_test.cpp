#include <catch2/catch.hpp>

#include "tests/support/print.hpp"
#include "tests/workflows/dispute/statistics/histories.hpp"

using namespace anjie;
using namespace anjie::dispute;
using namespace anjie::dispute::statistics;
using namespace anjie::dispute::statistics::testing;

TEST_CASE("a row's bytes give the row back, whatever the length of its codes") {
    auto random = test::Random::seeded(11);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    for (std::uint32_t i = 0; i < 200; ++i) {
        auto row = random_case(random, i);
        row.organisation = std::string(random.below(300), 'x');
        row.facts.organisation_bytes = static_cast<std::uint16_t>(row.organisation.size());
        const auto bytes = encode_row(row);
        const auto back = decode_row(row.id, bytes);
        REQUIRE(back);
        CHECK(*back == row);
    }
}

TEST_CASE("damaged rows are corrupt, not read") {
    const auto bytes = encode_row(History(1, "540629102").registered(make_date(2024, 1, 2)).row());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        CHECK(decode_row({}, std::string_view{bytes}.substr(0, length)).error().code == ErrorCode::corrupt);
    CHECK(!decode_row({}, bytes + "x"));
    auto other_layout = bytes;
    other_layout[0] = 9;
    CHECK(!decode_row({}, other_layout));
}

TEST_CASE("late entry is the longest time between a fact and its record") {
    const auto day = make_date(2024, 3, 1);
    const auto row = History(1, "x").registered(day).on(day, RightsNoticeGiven{}, 9).on(day, SealAffixed{}, 2).row();
    CHECK(row.facts.entry_lag_days_max == 9);
    CHECK(row.facts.version == 3);
    CHECK(row.facts.last_recorded_at == start_of_day(day + std::chrono::days{2}));
}

TEST_CASE("a case handed over and taken over again counts for whoever holds it") {
    const auto day = make_date(2024, 3, 1);
    History history(1, "540629102-01");
    history.registered(day).accepted(day).on(day, CaseTransferred{});
    CHECK(history.row().facts.outcome == CaseResult::transferred);
    history.on(day, CaseTakenOver{});
    CHECK(history.row().facts.outcome == CaseResult{});
    CHECK(history.row().facts.transfers == 1);
}

TEST_CASE("what a partial agreement left open may fail without undoing the agreement") {
    const auto day = make_date(2024, 3, 1);
    const auto row = History(1, "x").registered(day).accepted(day).agreed(day, day).failed(day).row();
    CHECK(row.facts.outcome == CaseResult::succeeded);
}

TEST_CASE("first and last revisit go by the day they took place, not by the day they were entered") {
    const auto day = make_date(2024, 3, 1);
    History history(1, "x");
    history.registered(day).accepted(day).agreed(day, day);
    history.revisited(make_date(2024, 3, 20), Satisfaction::satisfied);
    history.revisited(make_date(2024, 3, 10), Satisfaction::dissatisfied);
    CHECK(history.row().facts.first_revisit.satisfaction == Satisfaction::dissatisfied);
    CHECK(history.row().facts.last_revisit.satisfaction == Satisfaction::satisfied);
}

TEST_CASE("reopening a file keeps how the mediation ended, but takes back an ending that only the closing gave") {
    const auto day = make_date(2024, 3, 1);
    History agreed(1, "x");
    agreed.registered(day).accepted(day).agreed(day, day);
    agreed.on(day, CaseClosed{.result = CaseResult::succeeded, .starts = {}}).on(day, CaseReopened{});
    CHECK(agreed.row().facts.outcome == CaseResult::succeeded);
    CHECK(!agreed.row().facts.closed.on);

    History closed(2, "x");
    closed.registered(day).accepted(day);
    closed.on(day, CaseClosed{.result = CaseResult::terminated, .starts = {}});
    CHECK(closed.row().facts.outcome == CaseResult::terminated);
    closed.on(day, CaseReopened{});
    CHECK(closed.row().facts.outcome == CaseResult{});
}
