#include "tests/support/dispute_generator.hpp"
#include "tests/support/print.hpp"
#include "tests/workflows/dispute/audit/told_cases.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::dispute;

namespace {

ToldCases generated(Random random, std::uint32_t count, int lag_days) {
    ToldCases cases;
    DisputeGenerator lives(random, std::string(township));
    for (std::uint32_t serial = 1; serial <= count; ++serial) {
        const auto life = lives.life(2024, serial);
        // These rules ask for an application or the register, which a refused initiative never has.
        if (std::ranges::any_of(life,
                                [](const auto& one) { return std::holds_alternative<RefuseAcceptance>(one.order); }))
            continue;
        cases.registered(life.front().day, serial, std::get<RegisterCase>(life.front().order),
                         {.lag_days = lag_days, .sealed = named({"甲" + std::to_string(serial), "乙", "丙"})});
        for (std::size_t i = 1; i < life.size(); ++i) cases.given(life[i].day, {life[i].order}, {.lag_days = lag_days});
    }
    cases.today = make_date(2026, 1, 1);
    return cases;
}

}  // namespace

TEST_CASE("Lives decided by the engine and recorded at once hold nothing that decisions refuse") {
    const auto random = Random::seeded(20240601);
    INFO("seed " << random.seed());
    const auto findings = generated(random, 120, 0).audit();
    for (const auto* kind : {"late_entry", "back_dated", "imported", "extension_consent", "documents_missing"}) {
        INFO(kind);
        CHECK(findings.tally(kind).total() == 0);
        CHECK(findings.tally(kind).undecided == 0);
    }
    CHECK(findings.tally("success_unsupported").total() == 0);
}

TEST_CASE("The same lives recorded a month late are all late, each case once") {
    const auto random = Random::seeded(20240601);
    INFO("seed " << random.seed());
    const auto cases = generated(random, 40, 40);
    CHECK(cases.audit().tally("late_entry").warnings == cases.cases());
    CHECK(cases.audit().tally("back_dated").total() > 0);
}

TEST_CASE("However the cases are divided among auditors, they find the same") {
    auto random = Random::seeded(77);
    INFO("seed " << random.seed());
    auto cases = generated(random, 30, 12);
    cases.thresholds.bulk_stated_per_day = 1;
    for (std::uint32_t serial = 1; serial <= 6; ++serial)
        cases.blameless(make_date(2024, 6, 3), 100 + serial, {"甲", "乙"});
    const auto whole = cases.audit();
    CHECK(whole.tally("duplicate").total() > 0);
    CHECK(whole.tally("revisit_bulk").total() > 0);
    for (int round = 0; round < 12; ++round) {
        std::vector<std::size_t> cuts;
        for (std::size_t i = 0; i < random.below(6); ++i) cuts.push_back(random.below(cases.cases()));
        const auto parts = cases.audit_in_parts(cuts);
        for (const auto make : audit::all_checks()) {
            const audit::Setting setting{};
            const auto kind = make(setting)->kind().id;
            INFO(kind);
            CHECK(parts.of(kind) == whole.of(kind));
            CHECK(parts.tally(kind) == whole.tally(kind));
            CHECK(parts.undecided(kind) == whole.undecided(kind));
        }
    }
}

TEST_CASE("Every finding names a known kind, cites an event, speaks both languages, and marks its rule honestly") {
    const auto random = Random::seeded(5);
    INFO("seed " << random.seed());
    auto cases = generated(random, 40, 40);
    cases.registered(make_date(2024, 5, 6), 900)
        .event(make_date(2024, 5, 6), CaseClosed{.result = CaseResult::succeeded});
    const auto findings = cases.audit();
    std::size_t seen = 0;
    for (const auto make : audit::all_checks()) {
        const audit::Setting setting{};
        const auto kind = make(setting)->kind();
        CHECK_FALSE(kind.title.zh.empty());
        CHECK_FALSE(kind.method.en.empty());
        for (const auto& finding : findings.of(kind.id)) {
            ++seen;
            CHECK(finding.kind == kind.id);
            CHECK_FALSE(finding.sentence.zh.empty());
            CHECK_FALSE(finding.sentence.en.empty());
            REQUIRE_FALSE(finding.events.empty());
            CHECK(finding.events.size() <= audit::citations_max);
            for (const auto& event : finding.events) {
                CHECK(event.version > 0);
                CHECK(event.position > 0);
            }
            // The rules of these tests are marked S and have no titles to judge.
            if (finding.rule && finding.rule->id.starts_with("AUDIT-")) {
                CHECK(finding.rule->mark == SourceMark::configuration);
                CHECK(finding.rule->title.zh.starts_with("本地配置"));
                CHECK(finding.rule->title.en.starts_with("Local configuration"));
            }
        }
    }
    CHECK(seen > 40);
}
