#include "tests/support/print.hpp"
#include "tests/workflows/dispute/audit/told_cases.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::dispute;
using audit::Severity;
using std::chrono::days;

namespace {

const Date day = make_date(2024, 3, 4);

MakeRevisit revisit_by(std::string who, RevisitMethod method = RevisitMethod::phone) {
    auto order = steps::good_revisit();
    order.revisitor = std::move(who);
    order.method = method;
    return order;
}

/// `count` cases revisited on one day, recorded `apart` minutes after each other.
ToldCases revisited(int count, int apart, const std::string& actor = "clerk",
                    RevisitMethod method = RevisitMethod::phone) {
    ToldCases cases;
    for (int i = 0; i < count; ++i)
        cases.agreed(day, static_cast<std::uint32_t>(i + 1), false)
            .given(day + days{20}, {revisit_by("m-2", method)}, {.minute = i * apart, .actor = actor});
    return cases;
}

}  // namespace

TEST_CASE("A revisit by the case's mediator is asked about, by anybody else not") {
    ToldCases own;
    own.agreed(day).given(day + days{20}, {revisit_by("m-1")});
    auto found = own.found("revisit_by_mediator");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    REQUIRE(found[0].events.size() == 2);
    CHECK(found[0].events[0].version == own.state().revisits.front().version);
    CHECK(found[0].events[1].version == own.state().mediators.front().assigned.version);
    CHECK(found[0].rule->mark == SourceMark::configuration);

    ToldCases other;
    other.agreed(day).given(day + days{20}, {revisit_by("m-11")});
    CHECK(other.found("revisit_by_mediator").empty());

    // A second pair of eyes on the same case.
    own.given(day + days{21}, {revisit_by("m-2")});
    found = own.found("revisit_by_mediator");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::note);
}

TEST_CASE("A mediator who was replaced is still one of the case, and one who only records is noted") {
    ToldCases cases;
    cases.registered(day).given(day, {RequestConsent{}, GiveConsent{1}, GiveConsent{2}, AcceptCase{}});
    cases.given(day, steps::assigned())
        .given(day, {ReplaceMediator{"m-1", "m-3"}, HoldSession{}, steps::agreement({})});
    cases.given(day, steps::signatures());
    auto by_first = cases;
    by_first.given(day + days{5}, {revisit_by("m-1")});
    CHECK(by_first.found("revisit_by_mediator").size() == 1);
    auto recorded = cases;
    recorded.given(day + days{5}, {revisit_by("m-2")}, {.actor = "m-3"});
    const auto found = recorded.found("revisit_by_mediator");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::note);
}

TEST_CASE("Five revisits recorded within ten minutes are a bulk; four, or eleven minutes, are not") {
    // Thresholds of these tests: 5 within 10 minutes. Five entries 2.5 minutes apart would do; 2 minutes make 8.
    CHECK(revisited(4, 0).found("revisit_bulk").empty());
    const auto found = revisited(5, 2).found("revisit_bulk");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    CHECK(found[0].cases == 5);
    CHECK(found[0].events_in_all == 5);
    CHECK(revisited(5, 3).found("revisit_bulk").empty());

    auto exactly = revisited(4, 0);
    exactly.agreed(day, 9, false).given(day + days{20}, {revisit_by("m-2")}, {.minute = 10});
    CHECK(exactly.found("revisit_bulk").size() == 1);
    auto beyond = revisited(4, 0);
    beyond.agreed(day, 9, false).given(day + days{20}, {revisit_by("m-2")}, {.minute = 11});
    CHECK(beyond.found("revisit_bulk").empty());
}

TEST_CASE("Overlapping windows are one finding, separate ones two, and different recorders none together") {
    ToldCases cases = revisited(6, 2);
    REQUIRE(cases.found("revisit_bulk").size() == 1);
    CHECK(cases.found("revisit_bulk")[0].events_in_all == 6);
    for (std::uint32_t i = 0; i < 5; ++i)
        cases.agreed(day, 20 + i, false).given(day + days{19}, {revisit_by("m-2")}, {.minute = static_cast<int>(i)});
    CHECK(cases.found("revisit_bulk").size() == 2);

    ToldCases shared;
    for (std::uint32_t i = 0; i < 6; ++i)
        shared.agreed(day, i + 1, false)
            .given(day + days{20}, {revisit_by("m-2")}, {.actor = i % 2 == 0 ? "clerk" : "other clerk"});
    CHECK(shared.found("revisit_bulk").empty());
}

TEST_CASE("An import's revisits are no bulk by when they were recorded, but by how many were made on one day") {
    CHECK(revisited(6, 0, "ledger-import").found("revisit_bulk").empty());
    auto found = revisited(7, 0, "ledger-import").found("revisit_bulk");
    REQUIRE(found.size() == 1);
    CHECK(found[0].sentence.en.find("7 revisits on 2024-03-24") != std::string::npos);
    // Home visits take longer: more than three on a day.
    CHECK(revisited(3, 0, "ledger-import", RevisitMethod::home_visit).found("revisit_bulk").empty());
    found = revisited(4, 0, "ledger-import", RevisitMethod::home_visit).found("revisit_bulk");
    REQUIRE(found.size() == 1);
    CHECK(found[0].sentence.zh.find("入户") != std::string::npos);
}

TEST_CASE("A bulk that touches a case asked about is found whole, one that touches none is not") {
    auto cases = revisited(4, 1);
    cases.agreed(day + days{5}, 30, false).given(day + days{20}, {revisit_by("m-2")}, {.minute = 5});
    const auto asked = [&](Date from, Date to) {
        return cases.audit({.from = from, .to = to, .organisation = {}}).of("revisit_bulk");
    };
    const auto found = asked(day + days{5}, day + days{5});
    REQUIRE(found.size() == 1);
    CHECK(found[0].events_in_all == 5);
    CHECK(asked(day + days{6}, day + days{9}).empty());
}
