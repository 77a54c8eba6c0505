#include <catch2/catch.hpp>

#include "tests/support/print.hpp"
#include "tests/workflows/dispute/statistics/histories.hpp"

using namespace anjie;
using namespace anjie::dispute;
using namespace anjie::dispute::statistics;
using namespace anjie::dispute::statistics::testing;

namespace {

Report report_of(const std::vector<CaseRow>& rows, const ReportQuery& query = year_2024()) {
    const auto report = make_report(rows, query);
    INFO((report ? std::string{} : report.error().detail));
    REQUIRE(report);
    return *report;
}

std::int64_t value_of(const Report& report, std::string_view figure) {
    const auto* cell = report.total(figure);
    INFO(figure);
    REQUIRE(cell != nullptr);
    REQUIRE(cell->value);
    return *cell->value;
}

std::string rate_of(const Report& report, std::string_view rate) { return to_text(*report.total(rate)); }

constexpr std::string_view village = "540629102-01";

CaseRow succeeded(std::uint32_t serial, Date day = make_date(2024, 5, 6)) {
    return History(serial, village)
        .registered(day)
        .accepted(day)
        .agreed(day + std::chrono::days{3}, day + std::chrono::days{33})
        .revisited(day + std::chrono::days{20})
        .row();
}

CaseRow not_reached(std::uint32_t serial) {
    const auto day = make_date(2024, 5, 6);
    return History(serial, village).registered(day).accepted(day).failed(day).row();
}

std::vector<CaseRow> published(std::uint32_t all, std::uint32_t successes) {
    std::vector<CaseRow> rows;
    const auto good = succeeded(1);
    const auto bad = not_reached(2);
    for (std::uint32_t i = 0; i < all; ++i) rows.push_back(i < successes ? good : bad);
    return rows;
}

}  // namespace

TEST_CASE("published success rates come out of the counts they were made of") {
    struct Known {
        std::int64_t part;
        std::int64_t all;
        std::uint8_t decimals;
        std::string_view text;
    };
    const auto known =
        GENERATE(Known{6217, 6368, 1, "97.6%"}, Known{10168, 10199, 1, "99.7%"}, Known{410942, 417242, 2, "98.49%"},
                 Known{473, 490, 1, "96.5%"}, Known{5807, 5808, 2, "99.98%"}, Known{12, 12, 1, "100%"},
                 Known{1, 8, 0, "13%"}, Known{0, 7, 1, "0%"}, Known{0, 0, 1, "–"});
    CHECK(to_text(percentage(known.part, known.all, known.decimals)) == known.text);
}

TEST_CASE("a city's year reproduces its published success rate from its cases") {
    const auto report = report_of(published(6368, 6217));
    CHECK(value_of(report, "total") == 6368);
    CHECK(value_of(report, "succeeded") == 6217);
    CHECK(rate_of(report, "success_rate/1") == "97.6%");
    CHECK(rate_of(report, "success_rate/2") == "97.6%");
}

TEST_CASE("a township's year of twelve is twelve of twelve, also those whose revisit fell due in January") {
    std::vector<CaseRow> rows;
    for (std::uint32_t month = 1; month <= 12; ++month) rows.push_back(succeeded(month, make_date(2024, month, 20)));
    const auto report = report_of(rows);
    CHECK(value_of(report, "total") == 12);
    CHECK(rate_of(report, "success_rate/1") == "100%");
    CHECK(value_of(report, "revisit.made") == 12);
    CHECK(value_of(report, "revisit.called_for") == 12);
    CHECK(rate_of(report, "revisit_coverage/1") == "100%");
    CHECK(value_of(report, "revisit.due") == 11);
    CHECK(rate_of(report, "revisit_coverage/2") == "100%");
    CHECK(rate_of(report, "satisfaction_rate/1") == "100%");
    CHECK(rate_of(report, "performance_rate/1") == "100%");
    CHECK(report.cell("by_month", "2024-07", "total")->value == 1);
}

TEST_CASE("refused and transferred cases are shown, but are in no denominator") {
    const auto day = make_date(2024, 3, 1);
    std::vector<CaseRow> rows{succeeded(1)};
    rows.push_back(History(2, village).registered(day).on(day, AcceptanceRefused{}).row());
    rows.push_back(History(3, village).registered(day).accepted(day).on(day, CaseTransferred{}).row());
    rows.push_back(History(4, village).registered(day).accepted(day).on(day, ApplicationWithdrawn{}).row());
    rows.push_back(History(5, village).registered(day).accepted(day).row());
    const auto report = report_of(rows);
    CHECK(value_of(report, "registered") == 5);
    CHECK(value_of(report, "refused") == 1);
    CHECK(value_of(report, "transferred") == 1);
    CHECK(value_of(report, "total") == 3);
    CHECK(value_of(report, "outcome.withdrawn") == 1);
    CHECK(value_of(report, "outcome.pending") == 1);
    CHECK(rate_of(report, "success_rate/1") == "33.3%");
    CHECK(rate_of(report, "success_rate/2") == "50%");
    CHECK(value_of(report, "open.all") == 1);
    CHECK(value_of(report, "open.over_90") == 1);
}

TEST_CASE("a dispute handed over between organisations counts once, where it is held") {
    const auto day = make_date(2024, 3, 1);
    History sender(1, village);
    History receiver(2, "540629102-02");
    const auto counted = [&] {
        const auto report = report_of({sender.row(), receiver.row()});
        return value_of(report, "total");
    };
    sender.registered(day).accepted(day).failed(day).on(day, HandoverOffered{});
    receiver.registered(day).on(day, HandoverReceived{});
    CHECK(counted() == 1);
    CHECK(value_of(report_of({sender.row()}), "outcome.not_reached") == 1);

    SECTION("returned: it stays where it was") {
        receiver.on(day, HandoverDeclined{});
        sender.on(day, HandoverReturned{});
        CHECK(counted() == 1);
        const auto report = report_of({sender.row(), receiver.row()});
        CHECK(value_of(report, "outcome.not_reached") == 1);
        CHECK(value_of(report, "refused") == 1);
    }
    SECTION("the offer ends unanswered") {
        receiver.on(day, HandoverOfferEnded{});
        sender.on(day, HandoverLapsed{});
        CHECK(counted() == 1);
    }
    SECTION("accepted, and settled there") {
        sender.on(day, HandoverAccepted{});
        receiver.on(day, HandoverTaken{}).on(day, HandoverConfirmed{}).accepted(day).agreed(day, day);
        receiver.on(day, HandoverResultFedBack{});
        sender.on(day, HandoverResultReceived{});
        CHECK(counted() == 1);
        const auto report = report_of({sender.row(), receiver.row()});
        CHECK(value_of(report, "succeeded") == 1);
        CHECK(value_of(report, "transferred") == 1);
    }
    SECTION("accepted there, handed back, and settled here") {
        sender.on(day, HandoverAccepted{});
        receiver.on(day, HandoverConfirmed{}).accepted(day).failed(day).on(day, CaseHandedBack{});
        CHECK(value_of(report_of({sender.row(), receiver.row()}), "total") == 0);  // On its way.
        sender.on(day, HandoverResultReceived{}).on(day, CaseTakenBack{});
        CHECK(counted() == 1);
        CHECK(value_of(report_of({sender.row()}), "outcome.pending") == 1);
        sender.accepted(day).agreed(day, day);
        const auto report = report_of({sender.row(), receiver.row()});
        CHECK(value_of(report, "total") == 1);
        CHECK(value_of(report, "succeeded") == 1);
    }
}

TEST_CASE("a case mediated again in a new proceeding is counted once, by its last ending") {
    const auto day = make_date(2024, 2, 5);
    History history(1, village);
    history.registered(day).accepted(day).failed(day + std::chrono::days{9});
    CHECK(value_of(report_of({history.row()}), "succeeded") == 0);

    history.on(make_date(2024, 4, 1), CaseReopened{.new_proceeding = true});
    auto report = report_of({history.row()});
    CHECK(value_of(report, "total") == 1);
    CHECK(value_of(report, "outcome.pending") == 1);
    CHECK(value_of(report, "ended") == 0);

    history.accepted(make_date(2024, 4, 2)).agreed(make_date(2024, 4, 8), make_date(2024, 5, 8));
    report = report_of({history.row()});
    CHECK(value_of(report, "total") == 1);
    CHECK(value_of(report, "succeeded") == 1);
    CHECK(value_of(report, "ended") == 1);
    CHECK(value_of(report, "quality.remediated") == 1);
    CHECK(report.cell("by_month", "2024-02", "total")->value == 1);
    CHECK(report.cell("by_month", "2024-04", "total")->value == 0);
    CHECK(report.cell("by_month", "2024-04", "ended")->value == 1);
}

TEST_CASE("corrections move the figures") {
    const auto day = make_date(2024, 3, 4);
    History history(1, village);
    history.registered(day).accepted(day).agreed(day, make_date(2024, 4, 4), AgreementForm::written, 350'000);
    history.revisited(make_date(2024, 4, 3), Satisfaction::dissatisfied);
    const auto revisit = history.version();
    auto report = report_of({history.row()});
    CHECK(value_of(report, "type.neighbour") == 1);
    CHECK(rate_of(report, "satisfaction_rate/1") == "0%");
    CHECK(rate_of(report, "revisit_on_time/1") == "100%");

    history.on(day, DetailsCorrected{.type = DisputeType::forest_land,
                                     .source = CaseSource::court,
                                     .difficulty = Difficulty::difficult,
                                     .people_count = 9,
                                     .amount = {5}});
    history.on(day, FactCorrected{.corrects = revisit, .field = "satisfaction", .value = "mostly_satisfied"});
    history.on(day, FactCorrected{.corrects = revisit, .field = "occurred_at", .value = "2024-04-09"});
    history.on(day, FactCorrected{.corrects = 3, .field = "form", .value = "oral"});
    history.on(day, FactCorrected{.corrects = 3, .field = "amount", .value = "400000"});
    history.on(day, FactCorrected{.corrects = 2, .field = "occurred_at", .value = "2023-12-30"});
    CHECK(value_of(report_of({history.row()}), "total") == 0);
    history.on(day, FactCorrected{.corrects = 2, .field = "occurred_at", .value = "2024-03-05"});

    report = report_of({history.row()});
    CHECK(value_of(report, "type.neighbour") == 0);
    CHECK(value_of(report, "type.forest_land") == 1);
    CHECK(value_of(report, "source.court") == 1);
    CHECK(value_of(report, "source.entrusted") == 1);
    CHECK(value_of(report, "difficult") == 1);
    CHECK(value_of(report, "people") == 9);
    CHECK(value_of(report, "form.oral") == 1);
    CHECK(to_text(*report.total("agreement_amount")) == "0.4");
    CHECK(rate_of(report, "satisfaction_rate/1") == "100%");
    CHECK(rate_of(report, "revisit_on_time/1") == "0%");
    CHECK(value_of(report, "quality.corrections") == 7);
}

TEST_CASE("a revisit after a moved deadline is in time only by the moved one") {
    const auto day = make_date(2024, 3, 4);
    History history(1, village);
    history.registered(day).accepted(day).agreed(day, make_date(2024, 4, 4));
    history.on(
        make_date(2024, 4, 1),
        DeadlinesRecomputed{.calendar = "2", .starts = {deadline(DeadlineKind::revisit, make_date(2024, 4, 8))}});
    history.revisited(make_date(2024, 4, 8));
    const auto report = report_of({history.row()});
    CHECK(rate_of(report, "revisit_on_time/1") == "0%");
    CHECK(rate_of(report, "revisit_on_time_extended/1") == "100%");
    CHECK(rate_of(report, "revisit_coverage/1") == "100%");
}

TEST_CASE("a revisit not yet due is shown and lowers no coverage; once overdue it does") {
    const auto day = make_date(2024, 12, 10);
    const auto rows = std::vector{
        History(1, village).registered(day).accepted(day).agreed(day, make_date(2025, 1, 10)).row(), succeeded(2)};
    auto query = year_2024();
    query.as_of.at = start_of_day(make_date(2024, 12, 31));
    auto report = report_of(rows, query);
    CHECK(value_of(report, "revisit.not_yet_due") == 1);
    CHECK(rate_of(report, "revisit_coverage/1") == "100%");
    report = report_of(rows);
    CHECK(value_of(report, "revisit.overdue") == 1);
    CHECK(rate_of(report, "revisit_coverage/1") == "50%");
}

TEST_CASE("problems found, follow-ups and performance are counted") {
    const auto day = make_date(2024, 3, 4);
    History history(1, village);
    history.registered(day).accepted(day).agreed(day, make_date(2024, 4, 4), AgreementForm::written, 123'456, 2);
    history.on(day, ObligationPerformed{.obligation = 1, .amount = {100'000}, .on_the_spot = true});
    CHECK(rate_of(report_of({history.row()}), "performance_rate/1") == "0%");
    history.on(day, ObligationPerformed{.obligation = 2, .amount = {23'456}, .on_the_spot = false});
    history.revisited(day, Satisfaction::not_stated, RevisitProblem::mood_relapse);
    history.on(day, FollowUpOpened{.assignee = "m-1", .problem = RevisitProblem::mood_relapse, .starts = {}});
    CHECK(value_of(report_of({history.row()}), "open.follow_up") == 1);
    history.on(day, FollowUpResolved{});
    const auto report = report_of({history.row()});
    CHECK(rate_of(report, "performance_rate/1") == "100%");
    CHECK(rate_of(report, "on_the_spot_share/1") == "0%");
    CHECK(to_text(*report.total("performed_amount")) == "0.123456");
    CHECK(value_of(report, "follow_up.opened") == 1);
    CHECK(value_of(report, "follow_up.resolved") == 1);
    CHECK(value_of(report, "open.follow_up") == 0);
    CHECK(rate_of(report, "participation_rate/1") == "0%");
    CHECK(rate_of(report, "satisfaction_rate/1") == "–");
}

TEST_CASE("a report whose sums do not agree is an error that names the sum and a case") {
    auto unknown_type = succeeded(7);
    unknown_type.facts.type = static_cast<DisputeType>(40);
    auto report = make_report(std::vector{succeeded(1), unknown_type}, year_2024());
    REQUIRE(!report);
    CHECK(report.error().code == ErrorCode::corrupt);
    CHECK(report.error().detail.find("案件分类之和等于总数") != std::string::npos);
    CHECK(report.error().detail.find("total is 2, its parts add up to 1") != std::string::npos);
    CHECK(report.error().detail.find(to_string(unknown_type.id)) != std::string::npos);

    const auto day = make_date(2024, 3, 4);
    const auto closed_without = History(8, village)
                                    .registered(day)
                                    .accepted(day)
                                    .on(day, CaseClosed{.result = CaseResult::succeeded, .starts = {}})
                                    .row();
    report = make_report(std::vector{closed_without}, year_2024());
    REQUIRE(!report);
    CHECK(report.error().detail.find("oral and written") != std::string::npos);

    auto unknown_source = succeeded(9);
    unknown_source.facts.source = static_cast<CaseSource>(99);
    CHECK(!make_report(std::vector{unknown_source}, year_2024()));
}

TEST_CASE("a query that cannot be answered is refused") {
    auto query = year_2024();
    query.definitions = 99;
    CHECK(make_report(std::vector<CaseRow>{}, query).error().code == ErrorCode::invalid);
    query = year_2024();
    std::swap(query.period.from, query.period.to);
    CHECK(make_report(std::vector<CaseRow>{}, query).error().code == ErrorCode::invalid);
    query = year_2024();
    query.decimals = 5;
    CHECK(make_report(std::vector<CaseRow>{}, query).error().code == ErrorCode::invalid);
}

TEST_CASE("an empty report has zeros and no rates") {
    const auto report = report_of({});
    CHECK(value_of(report, "total") == 0);
    CHECK(rate_of(report, "success_rate/1") == "–");
    CHECK(report.section("by_month")->rows.size() == 13);
}

TEST_CASE("periods are whole calendar months") {
    CHECK(quarter_period(2024, 1).to == make_date(2024, 3, 31));
    CHECK(quarter_period(2024, 4).to == make_date(2024, 12, 31));
    CHECK(half_year_period(2024, 1).to == make_date(2024, 6, 30));
    CHECK(half_year_period(2024, 2).from == make_date(2024, 7, 1));
    CHECK(month_period(2024, 2).to == make_date(2024, 2, 29));
    CHECK(month_period(2024, 12).to == make_date(2024, 12, 31));
    CHECK(period_between(make_date(2024, 1, 1), make_date(2024, 6, 15)).label == "2024-01-01..2024-06-15");
}

TEST_CASE("harm prevented adds what screenings and disputes prevented") {
    const auto day = make_date(2024, 3, 4);
    const auto rows = std::vector{History(1, village)
                                      .registered(day)
                                      .accepted(day)
                                      .on(day, HarmPrevented{.kind = HarmKind::group_petition, .people = 30})
                                      .row()};
    auto query = year_2024();
    query.screening = ScreeningFigures{.rounds = 4, .prevented = 2, .harm = {}};
    query.screening->harm[2] = {.cases = 1, .people = 12};
    const auto report = report_of(rows, query);
    CHECK(report.cell("screening", "harm.group_petition", "value")->value == 2);
    CHECK(report.cell("screening", "harm.group_petition.people", "value")->value == 42);
    CHECK(report.cell("screening", "harm.group_petition.people", "disputes")->value == 30);
    CHECK(report.cell("screening", "screening.rounds", "value")->value == 4);
    CHECK(!report_of(rows).cell("screening", "screening.rounds", "value")->value);
}

TEST_CASE("CSV quotes, gives money in units of 10,000 yuan, and names the definitions") {
    auto query = year_2024();
    query.organisation = "540629102";
    query.period.label = "2024,\"x\"";
    const auto csv = to_csv(report_of({succeeded(1)}, query), Language::zh);
    CHECK(csv.find("\"2024,\"\"x\"\"\"") != std::string::npos);
    CHECK(csv.find("协议涉及金额(万元)") != std::string::npos);
    CHECK(csv.find("success_rate/1,调解成功率,succeeded,total") != std::string::npos);
    CHECK(to_csv(report_of({succeeded(1)}), Language::en).find("total,Cases accepted for mediation,1") !=
          std::string::npos);
}
