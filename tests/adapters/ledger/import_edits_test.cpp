#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/adapters/ledger/fixture.hpp"

using namespace anjie;
using namespace anjie::ledger;
using namespace anjie::ledger::testing;
using namespace anjie::dispute;

namespace {

constexpr std::string_view seventh = "尼阿调〔2024〕7号";

const RowReport& row_of(const ImportReport& report, std::string_view number) {
    const auto found = std::ranges::find(report.rows, number, &RowReport::number);
    REQUIRE(found != report.rows.end());
    return *found;
}

template <class E>
std::vector<E> events_of(const Township& township, std::string_view number) {
    std::vector<E> out;
    for (const auto& event : township.events_of(number))
        if (const auto* one = std::get_if<E>(&event)) out.push_back(*one);
    return out;
}

/// Edits one cell of the imported example, imports, and checks that a third import changes nothing.
ImportReport edit(Township& township, std::size_t row, std::string_view column, std::string value) {
    REQUIRE(township.import(example()).complete());
    auto table = example_table();
    cell(table, row, column) = std::move(value);
    const auto report = township.import(to_csv(table));
    CHECK(township.case_count() == 12);
    const auto before = township.log();
    CHECK(township.import(to_csv(table)).totals.unchanged + report.totals.refused == 12);
    CHECK(township.log() == before);
    return report;
}

}  // namespace

TEST_CASE("an edited registration value becomes a correction of the registration, not a second case") {
    Township township;
    const auto report = edit(township, 7, "涉案金额", "4万元");
    CHECK(report.totals.corrected == 1);
    CHECK(report.totals.unchanged == 11);
    CHECK(row_of(report, seventh).outcome == RowOutcome::corrected);
    CHECK(township.state_of(seventh).amount == Money{4'000'000});
    CHECK(events_of<DetailsCorrected>(township, seventh).size() == 1);
}

TEST_CASE("an edited date corrects the recorded fact by its version") {
    Township township;
    const auto report = edit(township, 7, "回访日期", "2024-7-3");
    CHECK(row_of(report, seventh).outcome == RowOutcome::corrected);
    const auto corrections = events_of<FactCorrected>(township, seventh);
    REQUIRE(corrections.size() == 1);
    CHECK(corrections[0].field == "occurred_at");
    CHECK(corrections[0].value == "2024-07-03");
    const auto events = township.events_of(seventh);
    CHECK(std::holds_alternative<RevisitMade>(events.at(corrections[0].corrects - 1)));
}

TEST_CASE("edited text is sealed in the correction and nowhere else") {
    Township township;
    const auto report = edit(township, 7, "申请人", "何大有、仓木觉");
    CHECK(row_of(report, seventh).outcome == RowOutcome::corrected);
    const auto corrections = events_of<FactCorrected>(township, seventh);
    REQUIRE(corrections.size() == 1);
    CHECK(corrections[0].corrects == 1);
    CHECK(corrections[0].field.empty());
    CHECK(corrections[0].value.empty());
    const auto sealed = township.sealed_of(seventh);
    CHECK(std::ranges::find(sealed, SealedField{2, static_cast<std::uint16_t>(SealedCode::name), "仓木觉"}) !=
          sealed.end());
}

TEST_CASE("an edited code is corrected, edited back, and edited again") {
    Township township;
    REQUIRE(township.import(example()).complete());
    auto table = example_table();
    const std::string original = cell(table, 7, "满意度");
    std::size_t expected = 0;
    for (const std::string& value : {std::string("不满意"), original, std::string("不满意"), original}) {
        cell(table, 7, "满意度") = value;
        CHECK(township.import(to_csv(table)).totals.corrected == 1);
        CHECK(events_of<FactCorrected>(township, seventh).size() == ++expected);
        CHECK(township.import(to_csv(table)).totals.unchanged == 12);
    }
}

TEST_CASE("cells filled in later are the case's next steps") {
    Township township;
    const auto full = example_table();
    auto early = full;
    for (const std::string_view column :
         {"履行日期", "履行情况", "回访日期", "回访方式", "满意度", "回访时履行情况", "回访情况", "回访人", "发现问题",
          "跟进日期", "跟进人", "跟进情况", "化解日期", "结案日期", "归档日期"})
        cell(early, 7, column).clear();
    REQUIRE(township.import(to_csv(early)).complete());
    CHECK(township.state_of(seventh).revisits.empty());
    const auto report = township.import(to_csv(full));
    CHECK(row_of(report, seventh).outcome == RowOutcome::completed);
    CHECK(report.totals.unchanged == 11);
    CHECK(events_of<FactCorrected>(township, seventh).empty());
    Township direct;
    REQUIRE(direct.import(example()).complete());
    CHECK(township.state_of(seventh) == direct.state_of(seventh));
    CHECK(township.import(to_csv(full)).totals.unchanged == 12);
}

TEST_CASE("emptied cells retract nothing") {
    Township township;
    const auto report = edit(township, 7, "回访情况", "");
    CHECK(row_of(report, seventh).outcome == RowOutcome::unchanged);
}

TEST_CASE("another number of parties is refused with the way out") {
    Township township;
    const auto report = edit(township, 7, "申请人", "何大有");
    CHECK(row_of(report, seventh).outcome == RowOutcome::refused);
    CHECK(row_of(report, seventh).messages.back().column == "申请人");
}

TEST_CASE("an edit that breaks the law is refused and nothing of it is recorded") {
    Township township;
    const auto report = edit(township, 7, "回访日期", "2024-6-4");
    CHECK(row_of(report, seventh).outcome == RowOutcome::refused);
    CHECK_FALSE(row_of(report, seventh).messages.at(0).rule.empty());
    CHECK(events_of<FactCorrected>(township, seventh).empty());
}
