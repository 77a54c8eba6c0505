#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "adapters/anjie/bench_workload.hpp"
#include "adapters/anjie/data_directory.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie {
namespace {

constexpr std::uint32_t cases = 150;

std::unique_ptr<Workspace> made(const std::filesystem::path& root) {
    DataDirectories directories;
    Settings settings;
    settings.organisation = "540629-102";
    settings.jurisdiction = "540629";
    settings.committee = "people";
    settings.number_prefix = "尼阿调";
    REQUIRE(directories.create(root, settings));
    return std::move(directories.open(root).value());
}

/// What several threads found wrong: Catch2 takes assertions of one thread only.
struct Findings {
    std::atomic<int> failures{}, fewer_cases{}, lists{}, refused{}, rounds{};
};

/// Gives every command of all lives; answers how many were refused.
int write_all(Engine& engine) {
    const BenchWorkload workload(7);
    std::atomic<int> refused{};
    for (std::size_t step = 0; step < BenchWorkload::steps; ++step) {
        for (std::uint32_t number = 1; number <= cases; ++number)
            if (!engine.submit(workload.command(number, step), [&](const Outcome& outcome) { refused += !outcome; }))
                ++refused;
        engine.drain();
    }
    return refused;
}

void read(Workspace& workspace, const std::atomic<bool>& over, Findings& found) {
    std::size_t most = 0;
    while (!over) {
        DirectoryFilter filter;
        filter.limit = cases + 1;
        const auto list = workspace.directory().list(filter);
        if (!list) {
            ++(list.error().code == ErrorCode::unavailable ? found.refused : found.failures);
            continue;
        }
        ++found.lists;
        // No case ever goes away, so a list that is shorter than an earlier one is of half a directory.
        if (list->size() < most) ++found.fewer_cases;
        most = std::max(most, list->size());
        for (const auto& entry : *list)
            if (!workspace.readability(entry.case_id)) ++found.failures;
    }
}

}  // namespace

TEST_CASE("lists are read, the log followed, signed and rebuilt, while commands come") {
    const test::TemporaryDirectory folder;
    const auto workspace = made(folder.path() / "data");
    auto& engine = workspace->engine();
    std::atomic<bool> over{};
    Findings found;
    const auto again = [&](auto work) {
        return std::thread([&over, &found, work] {
            while (!over) {
                if (!work()) ++found.failures;
                ++found.rounds;
            }
        });
    };
    std::vector<std::thread> threads;
    threads.push_back(again([&] { return workspace->follow().has_value(); }));
    threads.push_back(again([&] { return workspace->catch_up().has_value(); }));
    threads.push_back(again([&] { return workspace->sign_checkpoint().has_value(); }));
    threads.push_back(again([&] { return workspace->latest_checkpoint().has_value(); }));
    threads.push_back(again([&] { return workspace->rebuild_directory().has_value(); }));
    threads.push_back(again([&] { return workspace->finish_key_change({}).has_value(); }));
    for (int i = 0; i < 2; ++i) threads.emplace_back([&] { read(*workspace, over, found); });
    const int refused = write_all(engine);
    const auto head = engine.head();
    const bool followed = workspace->wait_followed(head, std::chrono::seconds{60});
    over = true;
    for (auto& thread : threads) thread.join();

    CHECK(refused == 0);
    CHECK(followed);
    CHECK(found.failures == 0);
    CHECK(found.fewer_cases == 0);
    CHECK(found.lists > 0);
    CHECK(found.rounds > 0);
    REQUIRE(workspace->catch_up());
    CHECK(workspace->followed() == engine.head());
    DirectoryFilter filter;
    filter.limit = cases + 1;
    CHECK(workspace->directory().list(filter)->size() == cases);
    CHECK(workspace->verify_log({}, {})->empty());
    CHECK(workspace->timers().verify()->empty());
    CHECK(workspace->sign_checkpoint()->checkpoint.size == engine.head());
}

TEST_CASE("a position that nobody has reached is waited for no longer than asked") {
    const test::TemporaryDirectory folder;
    const auto workspace = made(folder.path() / "data");
    CHECK_FALSE(workspace->wait_followed(1, std::chrono::milliseconds{20}));
    CHECK(workspace->wait_followed(0, std::chrono::milliseconds{0}));
}

TEST_CASE("one change of keys at a time") {
    const test::TemporaryDirectory folder;
    const auto workspace = made(folder.path() / "data");
    const BenchWorkload workload(7);
    REQUIRE(workspace->engine().execute(workload.command(1, 0)));
    const KeyChange change{KeyChange::Kind::erase, workload.command(1, 0).case_id, {1}, workspace->engine().head()};
    REQUIRE(workspace->begin_key_change(change));
    const auto second = workspace->begin_key_change(change);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::unavailable);
    REQUIRE(workspace->finish_key_change({}));  // The log took no such order, so nothing is erased.
    CHECK(workspace->begin_key_change(change));
}

}  // namespace anjie
