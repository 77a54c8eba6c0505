#include "engine/projection.hpp"

#include <atomic>
#include <map>
#include <thread>

#include <catch2/catch.hpp>

#include "engine/case_reader.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/support/tally.hpp"

namespace anjie::test {
namespace {

constexpr Instant start{1'700'000'000'000'000};

/// "sum events" of a case, as text.
class SumProjection final : public CaseProjection {
public:
    explicit SumProjection(std::uint32_t code_version = 1) : code_version_(code_version) {}
    std::string_view name() const override { return "tally.sum"; }
    std::uint32_t code_version() const override { return code_version_; }
    WorkflowId workflow() const override { return Tally::id; }
    Result<void> fold(std::string& row, const EventView& event) const override {
        ANJIE_TRY(const auto decoded, Tally::decode(event.header.type, event.header.schema, event.payload));
        long long sum = 0, events = 0;
        if (!row.empty()) std::sscanf(row.c_str(), "%lld %lld", &sum, &events);
        if (const auto* added = std::get_if<Tally::Added>(&decoded)) sum += added->amount;
        row = std::to_string(sum) + " " + std::to_string(events + 1);
        return {};
    }

private:
    std::uint32_t code_version_;
};

struct OtherTally : Tally {
    static constexpr WorkflowId id{901};
    static constexpr std::string_view name = "other";
};

using Rows = std::map<CaseId, std::string>;

struct Bench {
    Bench() { workflows.add(std::make_unique<TypedWorkflow<OtherTally>>(OtherTally{})); }

    MemoryStore store;
    ManualClock clock{start};
    WorkflowSet workflows = tally_workflows();
    SumProjection projection;
    ProjectionRunner runner{store, store, projection};
    std::uint64_t number{};

    void add(Engine& engine, std::uint64_t case_number, std::int64_t amount) {
        REQUIRE(engine.execute(tally_order(case_number, ++number, Tally::Add{amount})));
    }
};

Rows rows_of(const ProjectionRunner& runner) {
    Rows rows;
    REQUIRE(runner.rows([&](CaseId id, std::string_view row) {
        rows.emplace(id, row);
        return true;
    }));
    return rows;
}

}  // namespace

TEST_CASE("A projection follows the log and its cursor moves past other workflows' events") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(bench.runner.catch_up());
    REQUIRE(rows_of(bench.runner).empty());
    bench.add(engine, 1, 5);
    bench.add(engine, 2, 1);
    REQUIRE(bench.runner.catch_up());
    bench.add(engine, 1, 2);
    auto other = tally_order(3, ++bench.number, Tally::Add{1});
    other.workflow = OtherTally::id;
    other.body = make_body<OtherTally>(Tally::Add{1});
    REQUIRE(engine.execute(other));
    REQUIRE(bench.runner.catch_up());

    REQUIRE(rows_of(bench.runner) == Rows{{tally_case(1), "7 2"}, {tally_case(2), "1 1"}});
    REQUIRE(bench.runner.cursor().value() == engine.head());
    REQUIRE(bench.runner.verify(2)->empty());
}

TEST_CASE("Each event counts once whenever the power fails, and rows and cursor go back together") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    REQUIRE(bench.runner.catch_up());
    for (int round = 0; round < 20; ++round) {
        bench.add(engine, static_cast<std::uint64_t>(round % 3), 1);
        REQUIRE(bench.runner.catch_up());
        if (round % 2 == 0) {
            bench.store.power_cut();
            REQUIRE(bench.runner.verify(1)->empty());  // Rows agree with whatever the cursor says.
        }
    }
    REQUIRE(bench.runner.catch_up());
    REQUIRE(rows_of(bench.runner) == Rows{{tally_case(0), "7 7"}, {tally_case(1), "7 7"}, {tally_case(2), "6 6"}});
}

TEST_CASE("A write of rows that fails leaves cursor and rows as they were") {
    Bench bench;
    {
        Engine engine(bench.store, bench.clock, bench.workflows);
        REQUIRE(bench.runner.catch_up());
        bench.add(engine, 1, 1);
        REQUIRE(bench.runner.catch_up());
        bench.add(engine, 1, 1);
        bench.store.fail_append_after(0);
        REQUIRE_FALSE(engine.execute(tally_order(1, ++bench.number, Tally::Add{1})));
        REQUIRE_FALSE(bench.runner.catch_up());
        REQUIRE(rows_of(bench.runner) == Rows{{tally_case(1), "1 1"}});
    }
    bench.store.reopen();
    REQUIRE(bench.runner.catch_up());
    REQUIRE(rows_of(bench.runner) == Rows{{tally_case(1), "2 2"}});
}

TEST_CASE("A rebuild beside concurrent appends ends with the rows the live one would have") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    for (std::uint64_t i = 0; i < 500; ++i) bench.add(engine, i % 50, 1);
    REQUIRE(bench.runner.catch_up());
    std::atomic<bool> stop{false};
    std::atomic<std::size_t> failures{0};
    std::thread client([&] {
        for (std::uint64_t i = 0; !stop; ++i)
            if (!engine.execute(tally_order(i % 70, 100'000 + i, Tally::Add{1}))) ++failures;
    });
    for (int i = 0; i < 5; ++i) REQUIRE(bench.runner.rebuild(3));
    stop = true;
    client.join();
    REQUIRE(failures == 0);
    REQUIRE(bench.runner.catch_up());
    const auto followed = rows_of(bench.runner);
    REQUIRE(bench.runner.verify(2)->empty());
    REQUIRE(bench.runner.rebuild(2).value() == engine.head());
    REQUIRE(rows_of(bench.runner) == followed);
    REQUIRE(bench.runner.cursor().value() == engine.head());
}

TEST_CASE("Another code version rebuilds, a stopped rebuild leaves the live rows, and damage is found") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    for (std::uint64_t i = 0; i < 10; ++i) bench.add(engine, i % 3, 1);
    REQUIRE(bench.runner.catch_up());
    const auto before = bench.store.head("tally.sum").value().value();
    REQUIRE_FALSE(bench.runner.rebuild(1, [](std::uint64_t, std::uint64_t) { return false; }));
    REQUIRE(bench.store.head("tally.sum").value().value() == before);

    const SumProjection newer(2);
    ProjectionRunner runner(bench.store, bench.store, newer);
    REQUIRE(runner.catch_up());
    const auto after = bench.store.head("tally.sum").value().value();
    REQUIRE(after == DerivedHead{before.generation + 1, engine.head(), 2});
    REQUIRE(rows_of(runner).size() == 3);

    const auto key = [](std::uint64_t number) {
        const auto id = tally_case(number);
        return std::string(id.bytes.begin(), id.bytes.end());
    };
    REQUIRE(bench.store.write({"tally.sum", after.generation},
                              {{key(0), "999 1"}, {key(1), std::nullopt}, {key(77), "1 1"}}, {}));
    REQUIRE(runner.verify(2)->size() == 3);
}

TEST_CASE("A fold as of a moment knows only what had been recorded by then") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    bench.add(engine, 1, 1);
    bench.clock.advance(std::chrono::hours{1});
    const auto noon = bench.clock.now();
    bench.add(engine, 1, 2);
    bench.add(engine, 2, 3);
    bench.clock.advance(std::chrono::hours{1});
    bench.add(engine, 1, 4);
    bench.add(engine, 3, 5);
    const auto as_of = [&](Instant moment) {
        Rows rows;
        REQUIRE(fold_as_of(bench.store, bench.projection, moment, 2,
                           [&](CaseId id, std::string_view row) { rows.emplace(id, row); }));
        return rows;
    };
    REQUIRE(as_of({start.microseconds - 1}).empty());
    REQUIRE(as_of(noon) == Rows{{tally_case(1), "3 2"}, {tally_case(2), "3 1"}});
    REQUIRE(as_of({noon.microseconds - 1}) == Rows{{tally_case(1), "1 1"}});
    REQUIRE(bench.runner.catch_up());
    REQUIRE(as_of(bench.clock.now()) == rows_of(bench.runner));

    // Whole cases are read as of the same moment, and the log's position then is that of the last event known.
    class Versions final : public CaseReader {
    public:
        explicit Versions(std::map<CaseId, Version>& seen) : seen_(seen) {}
        Result<void> add(const EventView& event) override {
            last_ = event.header;
            return {};
        }
        Result<void> end() override {
            REQUIRE(seen_.emplace(last_.case_id, last_.version).second);
            return {};
        }

    private:
        std::map<CaseId, Version>& seen_;
        EventHeaderView last_;
    };
    const auto read = [&](Instant moment) {
        std::map<CaseId, Version> seen;  // One thread: the readers share it.
        REQUIRE(read_cases(
            bench.store, bench.projection.workflow(), moment, 1, [&] { return std::make_unique<Versions>(seen); },
            [](CaseReader&) -> Result<void> { return {}; }));
        return seen;
    };
    REQUIRE(read({start.microseconds - 1}).empty());
    REQUIRE(read({noon.microseconds - 1}) == std::map<CaseId, Version>{{tally_case(1), 1}});
    REQUIRE(read(noon).size() == 2);
    REQUIRE(position_as_of(bench.store, {start.microseconds - 1}) == Position{0});
    REQUIRE(position_as_of(bench.store, bench.clock.now()) == bench.store.head());
    for (const auto moment : {start, Instant{noon.microseconds - 1}, noon}) {
        Position last = 0;
        REQUIRE(bench.store.read_feed(0, 1'000, [&](const EventView& event) {
            if (event.header.recorded_at <= moment) last = event.header.position;
            return true;
        }));
        REQUIRE(position_as_of(bench.store, moment) == last);
    }
}

TEST_CASE("A case is replayed up to a version; one that does not exist is not found") {
    Bench bench;
    Engine engine(bench.store, bench.clock, bench.workflows);
    for (int i = 0; i < 3; ++i) bench.add(engine, 1, 5);
    const auto second = replay_case(bench.store, bench.workflows, tally_case(1), 2);
    REQUIRE(second->version == 2);
    REQUIRE(TypedWorkflow<Tally>::value_of(*second->state).sum == 10);
    REQUIRE(replay_case(bench.store, bench.workflows, tally_case(9)).error().code == ErrorCode::not_found);
    REQUIRE(replay_case(bench.store, WorkflowSet{}, tally_case(1)).error().code == ErrorCode::corrupt);
}

}  // namespace anjie::test
