#include <map>

#include <catch2/catch.hpp>

#include "engine/directory.hpp"
#include "engine/projection.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/support/tally.hpp"

namespace anjie::test {
namespace {

/// Rows and cursor in a map; it can refuse the next change.
class MapDirectory final : public Directory {
public:
    std::map<CaseId, DirectoryEntry> rows;
    Position position{};
    bool refuse_next{};

    Result<Position> cursor() const override { return position; }
    Result<void> apply(const std::vector<DirectoryEntry>& entries, Position cursor) override {
        if (std::exchange(refuse_next, false)) return failure(ErrorCode::unavailable, "refused by the test");
        for (const auto& entry : entries) rows[entry.case_id] = entry;
        position = cursor;
        return {};
    }
    Result<void> clear() override {
        rows.clear();
        position = 0;
        return {};
    }
    Result<std::vector<DirectoryEntry>> list(const DirectoryFilter&) const override { return none(); }
    Result<std::vector<DueEntry>> due(const DueFilter&) const override { return none(); }
    Result<DirectoryEntry> find(std::string_view) const override { return none(); }

private:
    static std::unexpected<Error> none() { return failure(ErrorCode::invalid, "this directory only keeps rows"); }
};

}  // namespace

TEST_CASE("The directory has one row for each case as it stands, whatever was refused in between") {
    MemoryStore store;
    ManualClock clock{Instant{1'700'000'000'000'000}};
    const auto workflows = tally_workflows();
    Engine engine(store, clock, workflows);
    MapDirectory directory;
    for (std::uint64_t i = 0; i < 5'000; ++i) {
        auto order = tally_order(i % 10, i + 1, Tally::Add{1});
        if (i < 10) order.sealed = {{1, 1, "name " + std::to_string(i)}};
        REQUIRE(engine.submit(order, [](const Outcome&) {}));
    }
    engine.drain();

    directory.refuse_next = true;
    REQUIRE_FALSE(catch_up_directory(store, workflows, directory));
    REQUIRE(directory.position == 0);
    std::size_t chunks = 0;
    REQUIRE(catch_up_directory(store, workflows, directory, [&](std::uint64_t, std::uint64_t total) {
        ++chunks;
        REQUIRE(total == 5'000);
        return true;
    }));
    REQUIRE(chunks > 1);
    REQUIRE(directory.position == 5'000);
    REQUIRE(directory.rows.size() == 10);
    const auto& entry = directory.rows.at(tally_case(3));
    REQUIRE(entry.version == 500);
    REQUIRE(entry.workflow == Tally::id);
    REQUIRE(entry.amount_minor == 500);
    REQUIRE(entry.search_texts == std::vector<std::string>{"name 3"});

    REQUIRE(engine.execute(tally_order(3, 9'000, Tally::Add{1})));
    REQUIRE(catch_up_directory(store, workflows, directory));
    REQUIRE(directory.rows.at(tally_case(3)).version == 501);

    directory.position = 1'000'000;  // It followed another log.
    REQUIRE(catch_up_directory(store, workflows, directory));
    REQUIRE(directory.position == engine.head());
    REQUIRE(directory.rows.size() == 10);
}

TEST_CASE("Followers come to an end while the log goes on faster than they follow") {
    MemoryStore store;
    ManualClock clock{Instant{1'700'000'000'000'000}};
    const auto workflows = tally_workflows();
    Engine engine(store, clock, workflows);
    std::uint64_t command = 0;
    const auto go_on = [&](std::size_t count) {
        for (const auto end = command + count; command < end; ++command)
            REQUIRE(engine.submit(tally_order(command % 10, command + 1, Tally::Add{1}), [](const Outcome&) {}));
        engine.drain();
    };
    go_on(5'000);
    std::size_t chunks = 0;
    const auto meanwhile = [&](std::uint64_t, std::uint64_t) {
        go_on(3'000);
        return ++chunks < 20;
    };
    MapDirectory directory;
    REQUIRE(catch_up_directory(store, workflows, directory, meanwhile));
    CHECK(directory.position >= 5'000);
    CHECK(chunks < 20);
    REQUIRE(catch_up_directory(store, workflows, directory));
    CHECK(directory.position == engine.head());
}

}  // namespace anjie::test
