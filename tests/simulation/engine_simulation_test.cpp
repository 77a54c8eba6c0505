#include "tests/simulation/engine_simulation.hpp"

#include <catch2/catch.hpp>

namespace anjie::test {
namespace {

constexpr std::uint64_t usual_seed = 20240301;
constexpr std::size_t seeds = 150;
constexpr std::size_t steps = 300;

/// Decides on state that evolved one way and replays another.
struct Forgetful : ForgetfulTally {};

}  // namespace

TEST_CASE("Whatever the disk and restarts do, memory equals the log and every answer was true") {
    const auto workflows = tally_workflows();
    auto seed = Random::seeded(usual_seed).seed();
    std::size_t restarts = 0, failed_writes = 0, accepted = 0, repeated = 0;
    for (std::size_t i = 0; i < seeds; ++i, ++seed) {
        INFO("seed " << seed);
        EngineSimulation simulation(seed, workflows);
        const auto broken = simulation.run(steps);
        REQUIRE(broken.value_or("") == "");
        restarts += simulation.restarts();
        failed_writes += simulation.failed_writes();
        accepted += simulation.accepted();
        repeated += simulation.repeated();
    }
    CHECK(restarts > seeds);
    CHECK(failed_writes > seeds);
    CHECK(accepted > seeds * 100);
    CHECK(repeated > seeds);
}

TEST_CASE("The same seed gives the same trace, another seed another") {
    const auto workflows = tally_workflows();
    const auto trace = [&](std::uint64_t seed) {
        EngineSimulation simulation(seed, workflows);
        REQUIRE_FALSE(simulation.run(steps));
        return simulation.trace();
    };
    REQUIRE(trace(7) == trace(7));
    REQUIRE(trace(7) != trace(8));
}

TEST_CASE("A workflow whose replay differs from its decisions is found out") {
    WorkflowSet workflows;
    workflows.add(std::make_unique<TypedWorkflow<Forgetful>>(Forgetful{}));
    EngineSimulation simulation(usual_seed, workflows);
    const auto broken = simulation.run(steps);
    REQUIRE(broken);
    REQUIRE(broken->find("differs") != std::string::npos);
}

}  // namespace anjie::test
