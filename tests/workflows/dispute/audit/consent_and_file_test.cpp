#include "tests/support/print.hpp"
#include "tests/workflows/dispute/audit/told_cases.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::dispute;
using audit::Severity;
using std::chrono::days;

namespace {

const Date day = make_date(2024, 3, 4);

ToldCases in_mediation() {
    ToldCases cases;
    cases.registered(day).given(day, {RequestConsent{}, GiveConsent{1}, GiveConsent{2}, AcceptCase{}});
    cases.given(day, steps::assigned()).given(day, {HoldSession{}});
    return cases;
}

DeadlineStart extended_limit() {
    return {.kind = DeadlineKind::mediation,
            .start = day + days{30},
            .period = {.count = 15, .unit = PeriodUnit::days},
            .due = {day + days{45}, day + days{45}, false},
            .rule = "CN.T-MED"};
}

}  // namespace

TEST_CASE("An extension that names every party is fine; one that leaves one out is serious and cites the rule") {
    auto fine = in_mediation();
    fine.given(day + days{5}, {AgreeExtension{{1, 2}, {.count = 15, .unit = PeriodUnit::days}}});
    CHECK(fine.found("extension_consent").empty());

    auto missing = in_mediation();
    missing.event(day + days{5}, ExtensionAgreed{.parties = {1}, .starts = {extended_limit()}});
    const auto found = missing.found("extension_consent");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::serious);
    CHECK(found[0].sentence.en.find("missing: 2") != std::string::npos);
    REQUIRE(found[0].rule);
    CHECK(found[0].rule->id == "CN.T-MED");
    REQUIRE(found[0].events.size() == 2);
    CHECK(found[0].events[1].version == 1);
}

TEST_CASE("An extension recorded only after the limit it extends is asked about, one within the grace is not") {
    const Date end = in_mediation().state().deadlines.front().start.due.rolled;
    for (const auto& [late, expected] : {std::pair{3, std::size_t{0}}, {4, std::size_t{1}}}) {
        auto cases = in_mediation();
        const auto lag = static_cast<int>((end - (day + days{5})).count()) + late;
        cases.given(day + days{5}, {AgreeExtension{{1, 2}, {.count = 15, .unit = PeriodUnit::days}}},
                    {.lag_days = lag});
        const auto found = cases.found("extension_consent");
        REQUIRE(found.size() == expected);
        if (expected == 1) CHECK(found[0].severity == Severity::warning);
    }
}

TEST_CASE("A case closed with its papers is fine; without one of them it is named, and noted when it came later") {
    ToldCases fine;
    fine.blameless(day, 1, {"甲", "乙"});
    CHECK(fine.found("documents_missing").empty());

    // No decision closes a case without its mediation record, so it is told as events.
    const auto closed = [](bool filed_later) {
        ToldCases cases;
        cases.agreed(day, 12, false);
        cases.thresholds.documents_also_required = {DocumentKind::identity_proof};
        cases.event(day + days{21}, CaseClosed{.result = CaseResult::succeeded});
        if (filed_later) cases.event(day + days{30}, DocumentFiled{DocumentKind::identity_proof, 2});
        return cases.found("documents_missing");
    };
    auto found = closed(false);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].rule);
    CHECK(found[0].rule->mark == SourceMark::configuration);
    CHECK(found[0].sentence.en.find("not filed since") != std::string::npos);
    found = closed(true);
    REQUIRE(found.size() == 1);
    CHECK(found[0].sentence.en.find("; filed since") != std::string::npos);

    // The papers of the case's own rules: the committee's own initiative, never accepted, so neither application nor
    // register.
    ToldCases by_rule;
    by_rule.registered(day, 12, steps::registration(DisputeType::neighbour, CaseSource::own_initiative));
    by_rule.event(day + days{1}, CaseClosed{.result = CaseResult::refused});
    const auto papers = by_rule.found("documents_missing");
    REQUIRE(papers.size() == 1);
    CHECK(papers[0].severity == Severity::warning);
    REQUIRE(papers[0].rule);
    CHECK(papers[0].rule->id == "FORM-DIRECTORY");
    CHECK(papers[0].sentence.zh.find("申请书") != std::string::npos);
}

TEST_CASE("A closing under rules that nobody here knows is counted as undecided, not as fine") {
    ToldCases cases;
    cases.registered(day).event(day, CaseAccepted{.rules = "ELSEWHERE-9"});
    cases.event(day, CaseClosed{.result = CaseResult::withdrawn});
    const auto findings = cases.audit();
    CHECK(findings.tally("documents_missing").undecided == 1);
    CHECK(findings.undecided("documents_missing").at("rules_unknown") == 1);
}

TEST_CASE("A success needs an agreement in force in its own proceeding") {
    ToldCases none;
    none.registered(day).event(day, CaseClosed{.result = CaseResult::succeeded});
    auto found = none.found("success_unsupported");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::serious);
    CHECK(found[0].rule->id == "PML-29");

    ToldCases other_result;
    other_result.registered(day).event(day, CaseClosed{.result = CaseResult::withdrawn});
    CHECK(other_result.found("success_unsupported").empty());

    // The agreement of the first proceeding is none of the second.
    ToldCases again;
    again.blameless(day, 1);
    again.event(day + days{40}, CaseReopened{.new_proceeding = true});
    CHECK(again.found("success_unsupported").empty());
    again.event(day + days{60}, CaseClosed{.result = CaseResult::succeeded});
    CHECK(again.found("success_unsupported").size() == 1);
}

TEST_CASE(
    "A written agreement in force without a signature or the seal is serious; with all of them, or oral, it is fine") {
    const auto signed_by = [](const std::vector<dispute::Command>& signatures) {
        auto cases = in_mediation();
        cases.given(day, {steps::agreement({})}).given(day, signatures);
        cases.event(day, AgreementEffective{.agreement = 1, .on = day});
        return cases.found("success_unsupported");
    };
    const auto found = signed_by(
        {SignAsParty{1, SigningMethod::handwritten}, SignAsMediator{"", SigningMethod::handwritten}, AffixSeal{}});
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::serious);
    CHECK(found[0].sentence.en.find("party 2") != std::string::npos);
    CHECK(found[0].rule->mark == SourceMark::confirmed);
    CHECK(signed_by(
              {SignAsParty{1, SigningMethod::handwritten}, SignAsParty{2, SigningMethod::handwritten}, AffixSeal{}})[0]
              .sentence.en.find("the mediator") != std::string::npos);

    ToldCases all;
    all.agreed(day, 12, false);
    CHECK(all.found("success_unsupported").empty());
    auto oral = in_mediation();
    oral.given(day, {DraftAgreement{.form = AgreementForm::oral, .amount = {}}});
    CHECK(oral.found("success_unsupported").empty());
}

TEST_CASE("An obligation past due beyond the grace is asked about; performed, waived or within the grace it is not") {
    const Date due = day + days{15};
    ToldCases cases;
    cases.agreed(day, 12, true);
    cases.today = due + days{30};
    CHECK(cases.found("success_unsupported").empty());
    cases.today = due + days{31};
    const auto found = cases.found("success_unsupported");
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
    CHECK(found[0].rule->id == "PML-31");

    auto performed = cases;
    performed.given(due, {PerformObligation{1, {}, false}});
    CHECK(performed.found("success_unsupported").empty());
    auto waived = cases;
    waived.given(due, {WaiveObligation{1, 1}});
    CHECK(waived.found("success_unsupported").empty());
    // Handed to other routes the committee has done its part, until the case is closed as a success.
    auto told = cases;
    told.given(due + days{2}, {UrgePerformance{1}})
        .given(due + days{3}, {TellPerformanceRoutes{1, {Route::litigation}}});
    CHECK(told.found("success_unsupported").empty());
    told.event(due + days{4}, CaseClosed{.result = CaseResult::succeeded});
    CHECK(told.found("success_unsupported").size() == 1);
}

TEST_CASE("What the parties said last weighs: unfulfilled at the last revisit and nothing performed after it") {
    const auto story = [](Fulfilment seen, bool performed_later) {
        ToldCases cases;
        cases.agreed(day, 12, true);
        auto revisit = steps::good_revisit();
        revisit.fulfilment = seen;
        if (!performed_later) cases.given(day + days{14}, {PerformObligation{1, {}, false}});
        cases.given(day + days{15}, {revisit});
        if (performed_later) cases.given(day + days{16}, {PerformObligation{1, {}, false}});
        return cases.found("success_unsupported");
    };
    CHECK(story(Fulfilment::fulfilled, false).empty());
    CHECK(story(Fulfilment::partly, true).empty());
    const auto found = story(Fulfilment::partly, false);
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::warning);
}
