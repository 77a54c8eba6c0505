#include "workflows/dispute/statistics/what_if.hpp"

#include <catch2/catch.hpp>

#include "tests/support/decided_history.hpp"
#include "tests/support/dispute_rules.hpp"
#include "tests/support/print.hpp"
#include "tests/workflows/dispute/statistics/histories.hpp"
#include "workflows/dispute/detail/starts.hpp"
#include "workflows/dispute/rule_changes.hpp"

using namespace anjie;
using namespace anjie::dispute;
using namespace anjie::dispute::statistics;
using test::DecidedHistory;

namespace {

Dispute small_workflow() { return {test::small_rules(), test::small_calendars()}; }

CaseId case_of(std::uint32_t serial) {
    CaseId id;
    id.bytes[15] = static_cast<std::uint8_t>(serial);
    id.bytes[14] = static_cast<std::uint8_t>(serial >> 8);
    return id;
}

/// A whole life, as the generator tells it. Few of them are refused their closing for want of a document, whatever the
/// length of any deadline.
DecidedHistory lived(const Dispute& workflow, const std::vector<test::DatedOrder>& life, std::uint32_t serial) {
    DecidedHistory history(workflow, case_of(serial));
    for (const auto& [day, order] : life) history.order(day, order);
    REQUIRE(history.state.accepted.version + history.state.refused.version > 0);
    return history;
}

/// A life into which orders of all kinds fall; most are refused, those accepted extend, suspend, reopen, correct.
DecidedHistory wild(const Dispute& workflow, test::DisputeGenerator& lives, std::uint32_t serial) {
    DecidedHistory history(workflow, case_of(serial));
    for (const auto& [day, order] : lives.life(2024, serial)) {
        for (int i = 0; i < 6; ++i) history.order(day, lives.wild());
        history.order(day, order);
    }
    return history;
}

CaseRow judged_row(const DecidedHistory& history, const Dispute& workflow, const OtherRules& other) {
    Rejudgement judgement(workflow, other);
    CaseRow row{.id = history.row().id, .facts = {}, .organisation = {}, .jurisdiction = {}};
    for (const auto& [event, header] : history.events) apply(row, judgement.next(event, header), header);
    return row;
}

OtherRules with(const RuleChanges& changes) {
    return {.book = laid_over(test::small_rules(), changes), .by_place = false};
}

DeadlineChange change(DeadlineKind kind, anjie::Period period) { return {.kind = kind, .period = period}; }
constexpr anjie::Period days(int count) { return {.count = count, .unit = PeriodUnit::days}; }

/// Different lengths, kinds of days and subjects.
std::vector<RuleChanges> several_changes() {
    using enum DeadlineKind;
    auto medical = change(mediation, {.count = 60, .unit = PeriodUnit::workdays});
    medical.type = DisputeType::medical;
    return {{.deadlines = {change(revisit, days(15))}},
            {.deadlines = {change(mediation, days(60)), medical}},
            {.deadlines = {change(mediation, {.count = 5, .unit = PeriodUnit::workdays}), change(revisit, days(3))}},
            {.deadlines = {{.kind = revisit, .removed = true}}},
            {.deadlines = {{.kind = revisit, .roll = false}, {.kind = mediation, .roll = false}}},
            {.deadlines = {}, .revisit_after_failure = true}};
}

}  // namespace

TEST_CASE("Judged by the very rules it was decided under, a history is what it was") {
    const auto random = test::Random::seeded(31);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    const auto workflow = small_workflow();
    test::DisputeGenerator lives(random, std::string(test::township));
    const OtherRules by_version{.book = test::small_rules(), .by_place = false};
    const OtherRules by_place{.book = test::small_rules(), .by_place = true};
    for (std::uint32_t serial = 1; serial <= 120; ++serial) {
        const auto history = wild(workflow, lives, serial);
        for (const auto* same : {&by_version, &by_place}) {
            Rejudgement judgement(workflow, *same);
            for (const auto& [event, header] : history.events) REQUIRE(judgement.next(event, header) == event);
            CHECK_FALSE(judgement.unknown_rules());
        }
        CHECK_FALSE(judged_row(history, workflow, with(several_changes().front())) == CaseRow{});
    }
}

TEST_CASE("Deadlines computed from the facts of a history are those that were recorded") {
    const auto random = test::Random::seeded(32);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    const auto workflow = small_workflow();
    test::DisputeGenerator lives(random, std::string(test::township));
    std::size_t computed = 0;
    for (std::uint32_t serial = 1; serial <= 120; ++serial) {
        const auto history = wild(workflow, lives, serial);
        State state;
        for (const auto& [event, header] : history.events) {
            std::visit(
                [&]<class E>(const E& recorded) {
                    if constexpr (detail::SetsDeadlines<E>) {
                        auto again = recorded;
                        std::string version = state.rule_version;
                        std::string place = state.jurisdiction;
                        if constexpr (requires { recorded.rules; }) version = recorded.rules;
                        if constexpr (requires { recorded.jurisdiction; }) place = recorded.jurisdiction;
                        detail::set_deadlines({workflow.rules().find(version), workflow.calendars().at(place)}, state,
                                              local_date(header.occurred_at.at), again);
                        REQUIRE(again == recorded);
                        ++computed;
                    }
                },
                event);
            Dispute::evolve(state, event, header);
        }
    }
    CHECK(computed > 400);
}

TEST_CASE("A history judged under other rules has the deadlines it would have been decided with") {
    const auto random = test::Random::seeded(33);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    const auto workflow = small_workflow();
    test::DisputeGenerator lives(random, std::string(test::township));
    std::vector<std::size_t> moved(several_changes().size());
    for (std::uint32_t serial = 1; serial <= 100; ++serial) {
        const auto life = lives.life(2024, serial);
        const auto history = lived(workflow, life, serial);
        for (std::size_t i = 0; i < moved.size(); ++i) {
            const auto other = with(several_changes()[i]);
            // The plain way: the same orders, decided from the beginning under the other rules.
            const Dispute elsewhere(other.book, test::small_calendars());
            const auto decided = lived(elsewhere, life, serial);
            const auto judged = judged_row(history, workflow, other);
            INFO("life " << serial << ", change " << i);
            if (decided.events.size() != history.events.size()) {
                // A closing without the revisit that only these rules ask for: a what-if decides nothing again.
                REQUIRE(several_changes()[i].revisit_after_failure);
                continue;
            }
            REQUIRE(judged == decided.row());
            moved[i] += judged == history.row() ? 0 : 1;
        }
    }
    for (const auto count : moved) CHECK(count > 0);
}

TEST_CASE("A shorter time for the revisit moves exactly the cases a calendar and a finger say") {
    const auto random = test::Random::seeded(34);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    const auto workflow = small_workflow();
    const auto& calendar = workflow.calendars().at(test::township);
    test::DisputeGenerator lives(random, std::string(test::township));
    const auto other = with({.deadlines = {change(DeadlineKind::revisit, days(15))}});
    auto query = testing::year_2024();
    auto sums = WhatIf::start(query);
    REQUIRE(sums);
    std::vector<CaseId> late_only_now;
    for (std::uint32_t serial = 1; serial <= 200; ++serial) {
        const auto history = lived(workflow, lives.life(2024, serial), serial);
        Rejudgement judgement(workflow, other);
        JudgedCase one{history.row(), history.row()};
        one.judged = {.id = one.recorded.id, .facts = {}, .organisation = {}, .jurisdiction = {}};
        for (const auto& [event, header] : history.events) apply(one.judged, judgement.next(event, header), header);
        sums->add(one, judgement);

        const auto& facts = one.recorded.facts;
        const bool in_year =
            facts.ended.on && Day{query.period.from} <= facts.ended.on && facts.ended.on <= Day{query.period.to};
        if (!in_year || !facts.effective.on || !facts.first_revisit.on) continue;
        auto last = facts.effective.on.date() + std::chrono::days{15};
        while (calendar.is_off(last)) last += std::chrono::days{1};
        if (facts.first_revisit.on <= facts.revisit_due.first_rolled && facts.first_revisit.on > Day{last})
            late_only_now.push_back(one.recorded.id);
    }
    const auto report = sums->finish();
    REQUIRE(report);
    REQUIRE(late_only_now.size() > 5);
    std::vector<CaseId> found;
    for (const auto& one : report->changed.at("revisit.on_time")) {
        found.push_back(one.id);
        CHECK(one.recorded == 1);
        CHECK(one.judged == 0);
        REQUIRE(one.causes.size() == 1);
        CHECK(one.causes.front().kind == DeadlineKind::revisit);
        CHECK(one.causes.front().fact > one.causes.front().judged.first_rolled);
        CHECK(one.causes.front().fact <= one.causes.front().recorded.first_rolled);
    }
    CHECK(found == late_only_now);
    CHECK_FALSE(report->changed.contains("revisit.made"));
    CHECK_FALSE(report->changed.contains("succeeded"));
    CHECK(report->cases == 200);
    for (const auto& pair : report->figures)
        if (pair.id == "revisit.on_time") CHECK(pair.difference(1) == -static_cast<std::int64_t>(late_only_now.size()));
}

TEST_CASE("An extension counts from the other rules' end, and none where they allow none") {
    const auto workflow = small_workflow();
    DecidedHistory history(workflow, case_of(1));
    const auto day = make_date(2024, 3, 4);
    for (const auto& order : std::vector<dispute::Command>{
             RegisterCase{.number = {.prefix = "尼阿调", .year = 2024, .serial = 1},
                          .jurisdiction = std::string(test::township),
                          .committee = CommitteeKind::township,
                          .source = CaseSource::application,
                          .channel = Channel::oral,
                          .type = DisputeType::neighbour,
                          .difficulty = Difficulty::ordinary,
                          .parties = {{.number = 1, .role = PartyRole::applicant},
                                      {.number = 2, .role = PartyRole::respondent}}},
             GiveConsent{2}, AcceptCase{}, AgreeExtension{.parties = {1, 2}, .period = days(10)}})
        REQUIRE(history.order(day, order));
    CHECK(history.row().facts.mediation_due.raw.date() == make_date(2024, 4, 13));
    const auto longer = judged_row(history, workflow, with({.deadlines = {change(DeadlineKind::mediation, days(60))}}));
    CHECK(longer.facts.mediation_due.raw.date() == make_date(2024, 5, 13));
    const auto fixed =
        judged_row(history, workflow, with({.deadlines = {{.kind = DeadlineKind::mediation, .extendable = false}}}));
    CHECK(fixed.facts.mediation_due.raw.date() == make_date(2024, 4, 3));
}

TEST_CASE("A calendar amended since changes nothing by itself, and is what moved deadlines are computed by") {
    const auto workflow = small_workflow();
    test::DisputeGenerator lives(test::Random(1), std::string(test::township));
    const auto history = lived(workflow, lives.life(2024, 1), 1);
    const auto row = history.row();
    REQUIRE(row.facts.revisit_due.rolled);
    // The day on which the revisit was due has become a holiday since.
    const Dispute today(test::small_rules(),
                        test::small_calendars("2025.2", {{row.facts.revisit_due.rolled.date(), true}}));
    CHECK(judged_row(history, today, {.book = test::small_rules(), .by_place = false}) == row);
    CHECK(judged_row(history, today, with({.deadlines = {change(DeadlineKind::mediation, days(60))}}))
              .facts.revisit_due == row.facts.revisit_due);
    const auto moved =
        judged_row(history, today, with({.deadlines = {{.kind = DeadlineKind::revisit, .extendable = true}}}));
    CHECK(moved == row);  // Nothing a deadline is computed from differs.
    const auto longer = judged_row(history, today, with({.deadlines = {change(DeadlineKind::revisit, days(40))}}));
    CHECK_FALSE(longer.facts.revisit_due == row.facts.revisit_due);
}

TEST_CASE("A case under rules that nobody knows stands as recorded and is named") {
    const auto workflow = small_workflow();
    test::DisputeGenerator lives(test::Random(2), std::string(test::township));
    const auto history = lived(workflow, lives.life(2024, 1), 1);
    const Dispute other_program(RuleBook{}, test::small_calendars());
    const OtherRules other{.book = laid_over(RuleBook{}, {.deadlines = {change(DeadlineKind::revisit, days(15))}}),
                           .by_place = false};
    Rejudgement judgement(other_program, other);
    for (const auto& [event, header] : history.events) CHECK(judgement.next(event, header) == event);
    REQUIRE(judgement.unknown_rules());
    CHECK(*judgement.unknown_rules() == "TOWN-1");
}
