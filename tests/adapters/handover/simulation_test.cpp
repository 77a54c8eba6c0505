#include <catch2/catch.hpp>

#include "tests/adapters/handover/two_offices.hpp"

using namespace anjie;
using namespace anjie::test;

namespace {

constexpr std::size_t steps = 500;

void add(TwoOffices::Tally& sum, const TwoOffices::Tally& one) {
    sum.offered += one.offered;
    sum.taken += one.taken;
    sum.returned += one.returned;
    sum.ended += one.ended;
    sum.fed_back += one.fed_back;
    sum.handed_back += one.handed_back;
    sum.restarts += one.restarts;
    sum.repeated += one.repeated;
    sum.lost += one.lost;
}

}  // namespace

TEST_CASE("Whatever the network does and whoever is killed, one holds each case and nothing is lost or doubled") {
    TwoOffices::Tally sum;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        TwoOffices offices(seed);
        const auto broken = offices.run(steps);
        INFO(broken.value_or(""));
        REQUIRE_FALSE(broken);
        add(sum, offices.tally());
    }
    // What the runs were about did happen, all of it.
    CHECK(sum.offered > 200);
    CHECK(sum.taken > 30);
    CHECK(sum.returned > 20);
    CHECK(sum.ended > 20);
    CHECK(sum.fed_back > 3);
    CHECK(sum.handed_back > 3);
    CHECK(sum.restarts > 300);
    CHECK(sum.repeated > 50);
    CHECK(sum.lost > 100);
}

TEST_CASE("The same seed gives the same run") {
    TwoOffices first(7);
    TwoOffices second(7);
    CHECK_FALSE(first.run(steps));
    CHECK_FALSE(second.run(steps));
    CHECK(first.trace() == second.trace());
}

TEST_CASE("A receiver that loses, a sender that doubles and a taker that does not wait are found out") {
    const auto sabotage =
        GENERATE(TwoOffices::Sabotage::loses, TwoOffices::Sabotage::doubles, TwoOffices::Sabotage::takes_early);
    std::size_t found = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed)
        found += TwoOffices(seed, sabotage).run(steps).has_value() ? 1U : 0U;
    CHECK(found >= 5);
}
