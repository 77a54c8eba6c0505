#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "tests/support/dispute_generator.hpp"
#include "tests/support/dispute_situations.hpp"

using namespace anjie;
using namespace anjie::test;

TEST_CASE("Plausible lives are accepted order by order, and replay equals the live state after each") {
    const auto random = Random::seeded(20240305);
    INFO("seed " << random.seed());
    DisputeGenerator lives(random, std::string(township));
    std::map<std::string, int> results;
    for (std::uint32_t i = 1; i <= 150; ++i) {
        DisputeStory story;
        for (const auto& [day, order] : lives.life(2024, i)) {
            story.when(day, order);  // The story compares with a replay after each step.
            INFO(std::visit([](const auto& one) { return std::string(one.name); }, order));
            INFO(to_string(day) << " " << story.refusal_text());
            REQUIRE_FALSE(story.refusal);
        }
        REQUIRE(story.state.result);
        ++results[std::string(code_of(*story.state.result))];
        CHECK(story.state.file == dispute::FilePhase::archived);
    }
    CHECK(results.at("succeeded") > 100);
    CHECK(results.size() >= 3);
}

TEST_CASE("Wild orders change nothing or yield events that replay to the same state") {
    const auto random = Random::seeded(77);
    INFO("seed " << random.seed());
    DisputeGenerator wild(random, std::string(township));
    std::set<std::string> refusals;
    int accepted = 0;
    for (int round = 0; round < 60; ++round) {
        // From a fresh case or from somewhere in a life.
        DisputeStory story;
        if (round % 3 != 0) {
            auto life = wild.life(2024, 7);
            life.resize(wild.random().below(life.size()));
            for (const auto& [day, order] : life) story.when(day, order);
        }
        for (int step = 0; step < 120; ++step) {
            const auto day = make_date(2024, 2, 1) + std::chrono::days{wild.random().below(500)};
            story.when(day, wild.wild());  // Checks both: unchanged when refused, replay equal when accepted.
            if (story.refusal)
                refusals.insert(story.refusal->code);
            else
                ++accepted;
        }
        // Whatever happened, deadlines and the directory's row can be told.
        const auto deadlines = story.workflow().deadlines(story.state);
        CHECK(deadlines.size() == story.state.deadlines.size());
        CHECK(story.workflow().describe(story.state, {}).deadlines == deadlines);
    }
    CHECK(accepted > 300);
    CHECK(refusals.size() > 40);
}

TEST_CASE("Events that no decision would yield leave the phases where they are and crash nothing") {
    auto random = Random::seeded(5);
    INFO("seed " << random.seed());
    DisputeGenerator wild(random, std::string(township));
    const auto situations = dispute_situations();
    // Every event any situation's history can produce, applied to every other situation.
    std::vector<dispute::Event> events;
    for (const auto& [name, day, story] : situations)
        events.insert(events.end(), story.events.begin(), story.events.end());
    for (const auto& [name, day, story] : situations)
        for (const auto& event : events) {
            auto state = story.state;
            EventHeaderView header;
            header.version = 999;
            header.occurred_at = on_day(day);
            dispute::Dispute::evolve(state, event, header);
            CHECK(story.workflow().deadlines(state).size() == state.deadlines.size());
        }
}

TEST_CASE("The workflow behind the engine's interface decides as the plain functions do") {
    const dispute::DisputeWorkflow workflow(dispute::Dispute(small_rules(), small_calendars()));
    const auto state = workflow.new_state();
    DisputeStory story;
    const auto day = make_date(2024, 3, 4);
    auto body = make_body<dispute::Dispute>(steps::registration());
    const auto decided = workflow.decide(*state, *body, story.context_at(on_day(day)));
    REQUIRE(decided);
    CHECK(decided->size() == 1);
    story.given(day, {steps::registration()});
    CHECK(dispute::DisputeWorkflow::value_of(*state) == story.state);
    CHECK(workflow.rule_version(*state) == "TOWN-1");
    AlarmDue alarm;
    alarm.kind = static_cast<std::uint16_t>(dispute::DeadlineKind::mediation);
    const auto refused = workflow.decide(*state, alarm, story.context_at(on_day(day)));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "deadline_not_running");
}
