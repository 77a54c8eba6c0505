#include <catch2/catch.hpp>
#include <set>

#include "storage/memory/memory_store.hpp"
#include "tests/adapters/sinks/dispute_log.hpp"
#include "tests/adapters/sinks/recording_sink.hpp"

namespace anjie::test {
namespace {

using sinks::Outcome;
using sinks::Runner;
using sinks::Trouble;

constexpr int steps_max = 20'000;

struct Office {
    MemoryStore store;
    ManualClock clock{start_of_day(make_date(2024, 3, 7))};
    DisputeLog log{store};
    OtherSide other;

    sinks::RunnerSettings settings{test_settings()};

    template <class SomeSink>
    std::unique_ptr<Runner> opened(SomeSink& sink) {
        auto runner = std::make_unique<Runner>(store, store, clock, sink, settings);
        const auto open = runner->open();
        if (!open) FAIL(open.error().detail);
        return runner;
    }
    /// Until nothing is left to do, with time passing as fast as it has to.
    void finish(Runner& runner) {
        for (int i = 0; i < steps_max; ++i) {
            const auto step = runner.step();
            if (!step) FAIL(step.error().detail);
            if (step->kind == Runner::Step::Kind::worked) continue;
            if (step->kind == Runner::Step::Kind::waiting) {
                clock.set(*step->wake_at);
                continue;
            }
            return;
        }
        FAIL("the runner never comes to rest");
    }
};

/// What a bad day does to one event.
std::variant<Outcome, Trouble> bad_day(Random& random, bool may_kill) {
    if (may_kill && random.one_in(40)) throw Killed{};
    switch (random.below(12)) {
        case 0:
            return Trouble{.reason = "away"};
        case 1:
            return later();
        case 2:
            return random.one_in(4) ? poison() : later();
        case 3:
            return random.one_in(5) ? Trouble{.kind = Trouble::Kind::one_by_one, .reason = "what is this"}
                                    : Trouble{.reason = "slow down", .retry_after = std::chrono::seconds{40}};
        default:
            return delivered();
    }
}

/// A runner through bad days, kills, power cuts and new events; at last all is well.
OtherSide life_of_a_sink(std::uint64_t seed, bool loses = false, bool overtakes = false) {
    Random random(seed);
    Office office;
    office.settings.seed = seed;
    office.settings.limits.batch_events_max = 1 + random.below(20);
    office.settings.limits.events_read_max = 1 + random.below(30);
    office.settings.limits.waiting_cases_max = 1 + random.below(5);
    office.settings.retry.attempts_max = static_cast<std::uint32_t>(1 + random.below(4));
    RecordingSink sink(office.other);
    sink.loses = loses;
    sink.overtakes = overtakes;
    auto runner = office.opened(sink);
    office.log.append_some(random, 60, 8);
    for (int day = 0; day < 150; ++day) {
        if (random.one_in(6)) office.log.append_some(random, random.below(10), 8);
        sink.decide = [&](const sinks::Delivery&) { return bad_day(random, !overtakes); };
        if (overtakes) sink.decide = [&](const sinks::Delivery&) { return random.one_in(3) ? later() : delivered(); };
        try {
            const auto step = runner->step();
            REQUIRE(step);
        } catch (const Killed&) {
            if (random.one_in(2)) office.store.power_cut();
            runner = office.opened(sink);
        }
        if (random.one_in(3)) office.clock.advance(std::chrono::seconds{random.below(600)});
        if (random.one_in(25)) REQUIRE(runner->retry(std::nullopt));
        if (random.one_in(60)) REQUIRE(runner->resend(1 + random.below(office.store.head())));
    }
    sink.decide = {};
    office.finish(*runner);
    REQUIRE(runner->retry(std::nullopt));
    office.finish(*runner);
    const auto status = runner->status();
    REQUIRE(status);
    CHECK(status->cursor == office.store.head());
    CHECK(status->parked + status->waiting == 0);
    CHECK(status->state == sinks::SinkStatus::State::up_to_date);
    return office.other;
}

}  // namespace

TEST_CASE("through failures, kills and power cuts every event arrives at least once, each case's in order") {
    std::size_t repeated = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        INFO("seed " << seed);
        const auto other = life_of_a_sink(seed);
        const auto positions = other.positions();
        const std::set<Position> distinct(positions.begin(), positions.end());
        repeated += positions.size() - distinct.size();
        const auto faults = other.faults(*distinct.rbegin());
        REQUIRE(faults == std::vector<std::string>{});
        REQUIRE(distinct.size() >= 60);
    }
    CHECK(repeated > 0);  // Else nothing was ever interrupted.
}

TEST_CASE("negative control: a sink that loses or overtakes is found out") {
    std::size_t lost = 0;
    std::size_t overtaken = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        lost += life_of_a_sink(seed, true).faults(60).size();
        overtaken += life_of_a_sink(seed, false, true).faults(60).size();
    }
    CHECK(lost > 0);
    CHECK(overtaken > 0);
}

TEST_CASE("a sink that keeps tokens has every event exactly once, wherever it is cut") {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        Office office;
        office.settings.limits.batch_events_max = 1 + random.below(9);
        TransactionalSink sink(office.other);
        const auto maybe_killed = [&] {
            if (random.one_in(4)) throw Killed{};
        };
        sink.before_commit = maybe_killed;
        sink.after_commit = maybe_killed;
        // One case has an event that is refused until somebody mends it.
        bool mended = false;
        sink.refuses = [&](const sinks::Delivery& delivery) {
            return !mended && delivery.case_id == DisputeLog::case_id(3) && delivery.version == 2;
        };
        office.log.append_some(random, 40, 6);
        auto runner = office.opened(sink);
        for (int day = 0; day < 120; ++day) {
            try {
                const auto step = runner->step();
                REQUIRE(step);
            } catch (const Killed&) {
                if (random.one_in(3)) office.store.power_cut();
                runner = office.opened(sink);
            }
            if (random.one_in(10)) office.log.append_some(random, 2, 6);
            if (day == 80) {
                mended = true;
                REQUIRE(runner->retry(std::nullopt));
            }
        }
        sink.before_commit = {};
        sink.after_commit = {};
        office.finish(*runner);
        const auto positions = office.other.positions();
        const std::set<Position> distinct(positions.begin(), positions.end());
        REQUIRE(distinct.size() == positions.size());
        REQUIRE(office.other.faults(office.store.head()) == std::vector<std::string>{});
    }
}

}  // namespace anjie::test
