#include <catch2/catch.hpp>

#include <set>

#include "tests/support/print.hpp"
#include "tests/workflows/dispute/statistics/histories.hpp"
#include "workflows/dispute/statistics/suppression.hpp"

using namespace anjie;
using namespace anjie::dispute;
using namespace anjie::dispute::statistics;
using namespace anjie::dispute::statistics::testing;

namespace {

Tally tally_of(std::span<const CaseRow> rows, const ReportQuery& query) {
    auto tally = Tally::start(query);
    REQUIRE(tally);
    for (const auto& row : rows) tally->add(row);
    return std::move(*tally);
}

}  // namespace

TEST_CASE("every report on generated histories reconciles") {
    auto random = test::Random::seeded(1);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    for (int round = 0; round < 20; ++round) {
        const auto rows = random_cases(random, 150);
        auto query = year_2024();
        if (round % 3 == 1) query.period = quarter_period(2024, 1 + static_cast<unsigned>(round) % 4);
        if (round % 3 == 2) query.organisation = "540629";
        const auto report = make_report(rows, query);
        INFO((report ? std::string{} : report.error().detail));
        REQUIRE(report);
        REQUIRE(report->total("total")->value > 0);
    }
}

TEST_CASE("tallies of partitions merge to the tally of the whole") {
    auto random = test::Random::seeded(2);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    const auto rows = random_cases(random, 400);
    const std::span all{rows};
    const auto query = year_2024();
    auto merged = tally_of(all.subspan(250), query);
    merged.merge(tally_of(all.first(100), query));
    merged.merge(tally_of(all.subspan(100, 150), query));
    const auto parts = make_report(merged);
    const auto whole = make_report(rows, query);
    REQUIRE(parts);
    REQUIRE(whole);
    CHECK(*parts == *whole);
}

TEST_CASE("the cases behind each figure are as many as the figure says, in every group") {
    auto random = test::Random::seeded(3);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    const auto rows = random_cases(random, 200);
    const auto query = year_2024();
    const auto tally = tally_of(rows, query);
    for (const auto& figure : figures()) {
        if (!figure.cases.empty()) continue;
        for (const auto& [group, numbers] : tally.groups()) {
            const auto behind = cases_behind(rows, query, figure.id, group);
            REQUIRE(behind);
            INFO(figure.id << " in " << group.second);
            CHECK(static_cast<std::int64_t>(behind->size()) == tally.value(group, figure.id));
        }
    }
    CHECK(cases_behind(rows, query, "success_rate/1").error().detail.find("succeeded") != std::string::npos);
    CHECK(cases_behind(rows, query, "no_such").error().code == ErrorCode::invalid);
}

TEST_CASE("what was known earlier is another report") {
    const auto day = make_date(2024, 3, 4);
    History history(1, "540629102");
    history.registered(day).accepted(day);
    const auto then = history.row();
    history.agreed(day, make_date(2024, 4, 4));
    auto query = year_2024();
    query.as_of = {.position = 2, .at = start_of_day(make_date(2024, 3, 5))};
    const auto before = make_report(std::vector{then}, query);
    const auto now = make_report(std::vector{history.row()}, year_2024());
    REQUIRE(before);
    REQUIRE(now);
    CHECK(before->total("succeeded")->value == 0);
    CHECK(before->total("open.to_7")->value == 1);
    CHECK(before->query.as_of.position == 2);
    CHECK(now->total("succeeded")->value == 1);
}

TEST_CASE("a query for an organisation counts it and all below it, with totals upward") {
    auto random = test::Random::seeded(4);
    const auto rows = random_cases(random, 300);
    auto query = year_2024();
    query.organisation = "540629102";
    const auto report = make_report(rows, query);
    REQUIRE(report);
    const auto* table = report->section("by_organisation");
    REQUIRE(table != nullptr);
    REQUIRE(table->rows.size() == 5);
    CHECK(table->rows[0].id == "540629102");
    CHECK(table->rows[1].id == "540629102.own");
    CHECK(table->rows[2].id == "540629102-01");
    CHECK(table->rows[2].depth == 1);
    CHECK(table->rows[4].id == "total");
    CHECK(*table->rows[0].cells[0].value == *report->total("total")->value);
    CHECK(*table->rows[0].cells[0].value ==
          *table->rows[1].cells[0].value + *table->rows[2].cells[0].value + *table->rows[3].cells[0].value);
}

TEST_CASE("a public view shows no small count and none that the others give away") {
    auto random = test::Random::seeded(7);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    auto query = year_2024();
    query.public_view = true;
    const auto rows = random_cases(random, 250);
    const auto report = make_report(rows, query);
    REQUIRE(report);
    std::size_t hidden = 0;
    for (const auto& section : report->sections)
        for (const auto& row : section.rows)
            for (const auto& cell : row.cells) {
                if (cell.suppressed) ++hidden;
                CHECK((!cell.suppressed || !cell.value));
                const auto place = find_figure(cell.figure);
                if (cell.value && place && figures()[*place].cases.empty() && figures()[*place].unit == Unit::cases)
                    CHECK((*cell.value == 0 || *cell.value >= small_cell));
            }
    CHECK(hidden > 10);
    CHECK(report->total("total")->value);

    // No sum leaves exactly one number open.
    const auto tally = tally_of(rows, query);
    const Suppressed suppressed(tally);
    for (const auto& [group, numbers] : tally.groups())
        for (const auto& identity : identities()) {
            std::size_t open = suppressed.is_hidden(group, *find_figure(identity.whole)) ? 1 : 0;
            for (const auto& part : identity.parts) open += suppressed.is_hidden(group, *find_figure(part)) ? 1 : 0;
            INFO(identity.id << " in " << group.second);
            CHECK(open != 1);
        }
}

TEST_CASE("every figure, identity and rate names figures that exist, once") {
    std::set<std::string> ids;
    for (const auto& figure : figures()) {
        INFO(figure.id);
        CHECK(ids.insert(figure.id).second);
        CHECK_FALSE(figure.zh.empty());
        CHECK_FALSE(figure.en.empty());
        CHECK(figure.counts != nullptr);
        if (!figure.cases.empty()) CHECK(find_figure(figure.cases));
    }
    for (const auto& identity : identities()) {
        CHECK(find_figure(identity.whole));
        CHECK(identity.parts.size() > 1);
        for (const auto& part : identity.parts) CHECK(find_figure(part));
    }
    for (const auto& rate : rates()) {
        CHECK(find_figure(rate.numerator));
        CHECK(find_figure(rate.denominator));
        CHECK(rate.id.find('/') != std::string_view::npos);
    }
}
