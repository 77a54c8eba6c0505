#include "engine/engine.hpp"

#include <atomic>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>

#include "storage/memory/memory_store.hpp"
#include "tests/support/gated_store.hpp"

#include "tests/support/tally.hpp"

namespace anjie::test {
namespace {

constexpr Instant start{1'700'000'000'000'000};

/// An engine over a store in memory whose disk the test controls.
struct Bench {
    MemoryStore memory;
    GatedStore store{memory};
    ManualClock clock{start};
    WorkflowSet workflows = tally_workflows();
};

struct OtherTally : Tally {
    static constexpr WorkflowId id{901};
    static constexpr std::string_view name = "other";
};

/// Answers in the order in which they came.
class Answers {
public:
    Completion next() {
        const std::lock_guard lock(mutex_);
        const auto place = asked_++;
        return [this, place](const Outcome& outcome) {
            const std::lock_guard inner(mutex_);
            order_.push_back(place);
            outcomes_.push_back(outcome);
        };
    }
    std::vector<std::size_t> order() const {
        const std::lock_guard lock(mutex_);
        return order_;
    }
    std::vector<Outcome> outcomes() const {
        const std::lock_guard lock(mutex_);
        return outcomes_;
    }

private:
    mutable std::mutex mutex_;
    std::size_t asked_{};
    std::vector<std::size_t> order_;
    std::vector<Outcome> outcomes_;
};

std::optional<ErrorCode> error_of(const Outcome& outcome) {
    if (outcome) return std::nullopt;
    const auto* error = std::get_if<Error>(&outcome.error());
    return error ? std::optional(error->code) : std::nullopt;
}

std::string rejection_of(const Outcome& outcome) {
    if (outcome) return "";
    const auto* rejection = std::get_if<Rejection>(&outcome.error());
    return rejection ? rejection->code : "";
}

}  // namespace

TEST_CASE("A command's events are durable, numbered without gaps and carry the command's envelope") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);

    auto order = tally_order(1, 1, Tally::AddMany{3});
    order.sealed = {{1, 2, "卓玛"}};
    const auto done = engine.execute(order);

    REQUIRE(done == Outcome(Committed{tally_case(1), 1, 3, 3, false}));
    REQUIRE(engine.head() == 3);
    std::vector<EventHeader> headers;
    std::size_t sealed = 0;
    REQUIRE(bench.memory.read_case(tally_case(1), 0, [&](const EventView& event) {
        const auto& h = event.header;
        headers.push_back({h.position, h.case_id, h.version, h.workflow, h.type, h.schema, h.occurred_at, h.recorded_at,
                           h.command_id, std::string(h.actor), std::string(h.organisation),
                           std::string(h.rule_version)});
        if (h.version == 1) REQUIRE(bench.memory.unseal(event) == order.sealed);
        sealed += bench.memory.unseal(event)->size();
        return true;
    }));
    REQUIRE(headers.size() == 3);
    REQUIRE(sealed == 1);
    for (std::size_t i = 0; i < 3; ++i)
        REQUIRE(headers[i] == EventHeader{i + 1, tally_case(1), static_cast<Version>(i + 1), Tally::id, EventType{1}, 1,
                                          order.occurred_at, start, order.id, "m1", "540000", "tally-1"});
}

TEST_CASE("A command sent again gets its first answer and changes nothing, also after a restart and after eviction") {
    Bench bench;
    Outcome first;
    {
        Engine engine(bench.store, bench.clock, bench.workflows, {.cached_cases_max = 1});
        first = engine.execute(tally_order(1, 1, Tally::AddMany{2}));
        REQUIRE(engine.execute(tally_order(1, 2, Tally::Add{1})));
        REQUIRE(engine.execute(tally_order(2, 3, Tally::Add{1})));  // Case 1 leaves the cache.
        auto again = engine.execute(tally_order(1, 1, Tally::AddMany{2}));
        REQUIRE(again);
        REQUIRE(again->repeated);
        again->repeated = false;
        REQUIRE(again == first);
    }
    Engine engine(bench.store, bench.clock, bench.workflows);
    const auto again = engine.execute(tally_order(1, 1, Tally::AddMany{2}));
    REQUIRE(again == Outcome(Committed{tally_case(1), 1, 2, 2, true}));
    REQUIRE(bench.memory.head() == 4);
    REQUIRE(replayed_tally(bench.memory, 1).sum == 3);
}

TEST_CASE("A repeated command is answered before its expected version is looked at") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    auto order = tally_order(1, 1, Tally::Add{1});
    order.expected_version = 0;
    REQUIRE(engine.execute(order));
    const auto again = engine.execute(order);
    REQUIRE(again);
    REQUIRE(again->repeated);
}

TEST_CASE("A wrong expected version, workflow, body or too long a text is refused and changes nothing") {
    Bench bench;
    bench.workflows.add(std::make_unique<TypedWorkflow<OtherTally>>(OtherTally{}));
    Engine engine(bench.store, bench.clock, bench.workflows, {.sealed_bytes_max = 100});
    REQUIRE(engine.execute(tally_order(1, 1, Tally::Add{5})));

    auto stale = tally_order(1, 2, Tally::Add{1});
    stale.expected_version = 0;
    REQUIRE(error_of(engine.execute(stale)) == ErrorCode::conflict);
    auto unknown = tally_order(1, 3, Tally::Add{1});
    unknown.workflow = WorkflowId{7};
    REQUIRE(error_of(engine.execute(unknown)) == ErrorCode::invalid);
    auto elsewhere = tally_order(1, 4, Tally::Add{1});
    elsewhere.workflow = WorkflowId{901};
    REQUIRE(error_of(engine.execute(elsewhere)) == ErrorCode::invalid);
    auto wordy = tally_order(1, 5, Tally::Add{1});
    wordy.sealed = {{0, 1, std::string(200, 'x')}};
    REQUIRE(error_of(engine.execute(wordy)) == ErrorCode::invalid);
    auto empty = tally_order(1, 6, Tally::Add{1});
    empty.body = nullptr;
    REQUIRE(error_of(engine.execute(empty)) == ErrorCode::invalid);
    auto foreign = tally_order(1, 7, Tally::Add{1});
    foreign.body = std::make_shared<const CommandBody>();
    REQUIRE(rejection_of(engine.execute(foreign)) == "foreign_command");
    REQUIRE(rejection_of(engine.execute(tally_order(1, 8, Tally::Add{-6}))) == "below_zero");

    REQUIRE(bench.memory.head() == 1);
    auto fresh = tally_order(1, 9, Tally::Add{1});
    fresh.expected_version = 1;
    REQUIRE(engine.execute(fresh));
}

TEST_CASE("A command that yields no event is accepted, stores nothing and is first > last") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(engine.execute(tally_order(1, 1, Tally::Add{5})));
    const auto done = engine.execute(tally_order(1, 2, Tally::AddMany{0}));
    REQUIRE(done == Outcome(Committed{tally_case(1), 2, 1, 1, false}));
    REQUIRE(bench.memory.head() == 1);
}

TEST_CASE("An event too long to be stored refuses its command and leaves the case sound") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(engine.execute(tally_order(1, 1, Tally::Add{5})));
    REQUIRE(error_of(engine.execute(tally_order(1, 2, Tally::AddPadded{70'000}))) == ErrorCode::invalid);
    REQUIRE(rejection_of(engine.execute(tally_order(1, 3, Tally::Add{-6}))) == "below_zero");
    REQUIRE(engine.execute(tally_order(1, 4, Tally::Add{-5})));
    REQUIRE(replayed_tally(bench.memory, 1).sum == 0);
}

TEST_CASE("Later commands see earlier ones' events before these are on disk, and nobody is answered before") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    Answers answers;
    bench.store.hold();
    REQUIRE(engine.submit(tally_order(1, 1, Tally::Add{5}), answers.next()));
    bench.store.wait_for_append();
    REQUIRE(engine.submit(tally_order(1, 2, Tally::Add{-5}), answers.next()));
    REQUIRE(engine.submit(tally_order(1, 3, Tally::Add{-1}), answers.next()));  // Refused because of the one before.
    REQUIRE(answers.order().empty());
    bench.store.let_go();
    engine.drain();

    REQUIRE(answers.order() == std::vector<std::size_t>{0, 1, 2});
    const auto outcomes = answers.outcomes();
    REQUIRE(outcomes[0]);
    REQUIRE(outcomes[1] == Outcome(Committed{tally_case(1), 2, 2, 2, false}));
    REQUIRE(rejection_of(outcomes[2]) == "below_zero");
}

TEST_CASE("A full queue refuses at once, by number and by bytes") {
    Bench bench;
    EngineLimits limits{.queued_commands_max = 10};
    SECTION("by number") {}
    SECTION("by bytes") {
        limits.queued_commands_max = 1'000;
        limits.queued_bytes_max = 10 * 400;
    }
    Engine engine(bench.store, bench.clock, bench.workflows, limits);
    Answers answers;
    bench.store.hold();
    REQUIRE(engine.submit(tally_order(1, 1, Tally::Add{1}), answers.next()));
    bench.store.wait_for_append();
    std::size_t accepted = 1;
    std::optional<ErrorCode> refused;
    for (std::uint64_t i = 2; i < 100 && !refused; ++i) {
        auto submitted = engine.submit(tally_order(1, i, Tally::Add{1}), answers.next());
        if (submitted)
            ++accepted;
        else
            refused = submitted.error().code;
    }
    REQUIRE(refused == ErrorCode::unavailable);
    REQUIRE(accepted >= 5);
    bench.store.let_go();
    engine.drain();
    REQUIRE(answers.order().size() == accepted);
    REQUIRE(replayed_tally(bench.memory, 1).sum == static_cast<std::int64_t>(accepted));
}

TEST_CASE("After a failed write nothing in flight is acknowledged, and recovery starts from what is stored") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(engine.execute(tally_order(1, 1, Tally::Add{5})));

    Answers answers;
    bench.store.hold();
    bench.store.break_disk();
    for (std::uint64_t i = 2; i < 50; ++i) REQUIRE(engine.submit(tally_order(1, i, Tally::Add{1}), answers.next()));
    bench.store.let_go();
    engine.drain();
    REQUIRE(answers.outcomes().size() == 48);
    for (const auto& outcome : answers.outcomes()) REQUIRE(error_of(outcome) == ErrorCode::unavailable);
    REQUIRE(error_of(engine.execute(tally_order(1, 60, Tally::Add{1}))) == ErrorCode::unavailable);
    REQUIRE(engine.head() == 1);

    const auto unsound = engine.recover([] { return Result<void>(failure(ErrorCode::corrupt, "still broken")); });
    REQUIRE(unsound.error().code == ErrorCode::corrupt);
    REQUIRE(error_of(engine.execute(tally_order(1, 61, Tally::Add{1}))) == ErrorCode::unavailable);

    bench.store.mend_disk();
    REQUIRE(engine.recover([] { return Result<void>{}; }));
    REQUIRE(engine.execute(tally_order(1, 2, Tally::Add{1})) == Outcome(Committed{tally_case(1), 2, 2, 2, false}));
    REQUIRE(replayed_tally(bench.memory, 1).sum == 6);
}

TEST_CASE("Stopping answers what was taken in and refuses what comes later") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    Answers answers;
    for (std::uint64_t i = 1; i <= 100; ++i) REQUIRE(engine.submit(tally_order(i, i, Tally::Add{1}), answers.next()));
    engine.stop();
    engine.stop();
    REQUIRE(answers.outcomes().size() == 100);
    REQUIRE(bench.memory.head() == 100);
    REQUIRE(error_of(engine.execute(tally_order(1, 101, Tally::Add{1}))) == ErrorCode::unavailable);
}

TEST_CASE("recorded_at never decreases, whatever the clock does, also after a restart") {
    Bench bench;
    std::uint64_t number = 0;
    for (int restart = 0; restart < 3; ++restart) {
        Engine engine(bench.store, bench.clock, bench.workflows);
        for (int i = 0; i < 4; ++i) {
            REQUIRE(engine.execute(tally_order(1, ++number, Tally::Add{1})));
            bench.clock.advance(std::chrono::seconds(i % 2 == 0 ? 10 : -3600));
        }
    }
    const auto recorded = replayed_tally(bench.memory, 1).recorded;
    REQUIRE(recorded.size() == 12);
    REQUIRE(std::ranges::is_sorted(recorded));
}

TEST_CASE("wait_past returns when the log has grown, and after its timeout when it has not") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(engine.wait_past(0, std::chrono::microseconds{1}) == 0);
    std::atomic<Position> seen{0};
    std::thread reader([&] { seen = engine.wait_past(0, std::chrono::minutes{1}); });
    REQUIRE(engine.execute(tally_order(1, 1, Tally::Add{1})));
    reader.join();
    REQUIRE(seen == 1);
}

TEST_CASE("Many clients at once with a cache of one case: every case adds up, and each client's answers are in order") {
    Bench bench;
    constexpr std::uint64_t clients = 4, each = 500, cases = 7;
    std::atomic<std::size_t> failures{0};
    {
        Engine engine(bench.store, bench.clock, bench.workflows,
                      {.batch_commands_max = 16, .cached_cases_max = GENERATE(std::size_t{1}, std::size_t{100})});
        std::vector<std::thread> threads;
        for (std::uint64_t client = 0; client < clients; ++client)
            threads.emplace_back([&, client] {
                Position last = 0;
                for (std::uint64_t i = 0; i < each; ++i) {
                    const auto number = client * each + i + 1;
                    if (i % 3 == 0) {
                        const auto done = engine.execute(tally_order(number % cases, number, Tally::Add{1}));
                        if (!done || done->position <= last) ++failures;
                        if (done) last = done->position;
                    } else {
                        auto sent = engine.submit(tally_order(number % cases, number, Tally::Add{1}),
                                                  [&](const Outcome& outcome) { failures += outcome ? 0U : 1U; });
                        if (!sent) ++failures;
                    }
                }
            });
        for (auto& thread : threads) thread.join();
        engine.drain();
    }
    REQUIRE(failures == 0);
    REQUIRE(bench.memory.head() == clients * each);
    std::int64_t sum = 0;
    for (std::uint64_t number = 0; number < cases; ++number) sum += replayed_tally(bench.memory, number).sum;
    REQUIRE(sum == clients * each);
}

}  // namespace anjie::test
