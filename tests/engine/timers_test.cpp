#include "engine/timers.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "storage/memory/memory_store.hpp"
#include "tests/support/tally.hpp"

namespace anjie::test {
namespace {

const Date first_day = make_date(2024, 3, 1);

struct Bench {
    MemoryStore store;
    ManualClock clock{start_of_day(first_day)};
    WorkflowSet workflows = tally_workflows();
    TimerIndex index{store, store, workflows};
};

Tally::MakePromise promise(std::uint16_t item, int days) { return {item, first_day + std::chrono::days{days}}; }

/// (case's last digits, item, level, when it was due) of every alarm in the log, in log order.
struct Warning {
    CaseId case_id;
    Tally::Warned what;
    OccurredAt fired;
};
std::vector<Warning> warnings(const EventStore& store) {
    std::vector<Warning> found;
    const auto read = store.read_feed(0, 1'000'000, [&](const EventView& event) {
        const auto decoded = Tally::decode(event.header.type, event.header.schema, event.payload);
        if (const auto* warned = std::get_if<Tally::Warned>(&*decoded))
            found.push_back({event.header.case_id, *warned, event.header.occurred_at});
        return true;
    });
    REQUIRE(read);
    return found;
}

std::vector<TimerIndex::Entry> all_entries(const TimerIndex& index) {
    return index.due(start_of_day(make_date(2190, 1, 1)), 1'000'000).value();
}

}  // namespace

TEST_CASE("The timer index holds the next alarm of every running deadline, in due order, and nothing stale") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(bench.index.next_due().value() == std::nullopt);
    REQUIRE(engine.execute(tally_order(1, 1, promise(1, 30))));
    REQUIRE(engine.execute(tally_order(1, 2, promise(2, 20))));
    REQUIRE(engine.execute(tally_order(2, 3, promise(1, 25))));
    REQUIRE(bench.index.catch_up());

    const auto entries = all_entries(bench.index);
    REQUIRE(entries.size() == 3);
    REQUIRE(std::ranges::is_sorted(entries));
    REQUIRE(entries[0] == TimerIndex::Entry{start_of_day(first_day + std::chrono::days{13}), tally_case(1), Tally::id,
                                            1, 2, AlarmLevel::early});
    REQUIRE(bench.index.next_due().value() == entries[0].due);
    REQUIRE(bench.index.due(entries[0].due, 10)->size() == 1);
    REQUIRE(bench.index.due({entries[0].due.microseconds - 1}, 10)->empty());

    REQUIRE(engine.execute(tally_order(1, 4, Tally::KeepPromise{2})));
    REQUIRE(bench.index.catch_up());
    REQUIRE(all_entries(bench.index).size() == 2);
    REQUIRE(engine.execute(tally_order(2, 5, Tally::KeepPromise{1})));
    REQUIRE(engine.execute(tally_order(1, 6, Tally::KeepPromise{1})));
    REQUIRE(bench.index.catch_up());
    REQUIRE(all_entries(bench.index).empty());
    REQUIRE(bench.index.verify()->empty());
}

TEST_CASE("After downtime every missed alarm fires once, in due order, with due and fired time recorded") {
    Bench bench;
    {
        Engine engine(bench.store, bench.clock, bench.workflows);
        for (std::uint64_t i = 0; i < 20; ++i)
            REQUIRE(engine.execute(tally_order(i, i + 1, promise(1, 10 + static_cast<int>(i * 7 % 20)))));
        REQUIRE(fire_due_alarms(engine, bench.index, bench.clock.now()).value() == 0U);
    }
    bench.clock.set(start_of_day(first_day + std::chrono::days{400}));
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(fire_due_alarms(engine, bench.index, bench.clock.now()).value() == 80U);
    REQUIRE(fire_due_alarms(engine, bench.index, bench.clock.now()).value() == 0U);

    const auto fired = warnings(bench.store);
    REQUIRE(fired.size() == 80);
    REQUIRE(std::ranges::is_sorted(fired, {}, [](const Warning& warning) { return warning.what.was_due; }));
    for (const auto& warning : fired) REQUIRE(warning.fired == OccurredAt{bench.clock.now(), false});
    REQUIRE(all_entries(bench.index).empty());
    REQUIRE(bench.index.verify()->empty());
}

TEST_CASE("An alarm fired before a crash of the index does not fire again") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(engine.execute(tally_order(1, 1, promise(1, 10))));
    REQUIRE(bench.index.catch_up());
    REQUIRE(bench.store.make_durable());
    bench.clock.set(start_of_day(first_day + std::chrono::days{4}));
    REQUIRE(fire_due_alarms(engine, bench.index, bench.clock.now()).value() == 1U);
    engine.stop();

    bench.store.power_cut();  // The index may be behind the log now; the log is whole.
    Engine after(bench.store, bench.clock, bench.workflows);
    REQUIRE(fire_due_alarms(after, bench.index, bench.clock.now()).value() == 0U);
    REQUIRE(warnings(bench.store).size() == 1);
}

TEST_CASE("A refused alarm is harmless and does not hold up those behind it") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(engine.execute(tally_order(1, 1, promise(1, 10))));
    REQUIRE(engine.execute(tally_order(2, 2, promise(1, 12))));
    REQUIRE(bench.index.catch_up());
    // A stale row, as a broken index could hold: due before everything else.
    const auto head = bench.store.head(TimerIndex::name).value().value();
    std::string key(1, 'd');
    key.append("\x80\0\0\0\0\0\0\1", 8);
    const auto id = tally_case(1);
    key.append(id.bytes.begin(), id.bytes.end());
    key.append("\0\1\0\1\0", 5);
    REQUIRE(bench.store.write({std::string(TimerIndex::name), head.generation}, {{key, std::string("\3\x84", 2)}}, {}));
    REQUIRE(bench.index.verify()->size() == 1);

    bench.clock.set(start_of_day(first_day + std::chrono::days{6}));
    REQUIRE(fire_due_alarms(engine, bench.index, bench.clock.now()).value() == 2U);
    REQUIRE(bench.index.rebuild(2));
    REQUIRE(bench.index.verify()->empty());
}

TEST_CASE("A failed write while alarms fire is reported, and they fire after recovery") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(engine.execute(tally_order(1, 1, promise(1, 10))));
    bench.clock.set(start_of_day(first_day + std::chrono::days{30}));
    REQUIRE(bench.index.catch_up());
    bench.store.fail_append_after(1);
    const auto failed = fire_due_alarms(engine, bench.index, bench.clock.now());
    REQUIRE_FALSE(failed);
    REQUIRE(failed.error().code == ErrorCode::unavailable);
    REQUIRE(engine.recover([&] {
        bench.store.reopen();
        return Result<void>{};
    }));
    REQUIRE(warnings(bench.store).size() == 1);
    REQUIRE(fire_due_alarms(engine, bench.index, bench.clock.now()).value() == 3U);
    REQUIRE(warnings(bench.store).size() == 4);
}

TEST_CASE("A rebuilt timer index equals the one that followed the log") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    std::uint64_t number = 0;
    for (std::uint64_t i = 0; i < 300; ++i) {
        REQUIRE(engine.execute(
            tally_order(i % 40, ++number, promise(static_cast<std::uint16_t>(i), 5 + static_cast<int>(i % 17)))));
        if (i % 3 == 0)
            REQUIRE(engine.execute(tally_order(i % 40, ++number, Tally::KeepPromise{static_cast<std::uint16_t>(i)})));
        if (i % 50 == 0) {
            bench.clock.advance(std::chrono::days{1});
            REQUIRE(fire_due_alarms(engine, bench.index, bench.clock.now()));
        }
    }
    REQUIRE(bench.index.catch_up());
    const auto followed = all_entries(bench.index);
    REQUIRE(followed.size() > 100);
    REQUIRE(bench.index.rebuild(3));
    REQUIRE(all_entries(bench.index) == followed);
    REQUIRE(bench.index.verify()->empty());
}

}  // namespace anjie::test
