#include "storage/rocksdb/backup.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "storage/rocksdb/rocksdb_tree.hpp"
#include "storage/rocksdb/verify.hpp"
#include "tests/storage/sample_events.hpp"
#include "tests/storage/tamper.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {
namespace {

std::unique_ptr<RocksDbStore> open_store(const std::filesystem::path& path, const RocksDbOptions& options) {
    auto store = RocksDbStore::open(path, options);
    if (!store) FAIL(store.error().detail);
    return std::move(*store);
}

void check_sound(const RocksDbStore& store) {
    const auto findings = verify_store(store);
    REQUIRE(findings);
    CHECK(*findings == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("a copy holds every event, the same tree and the wrapped keys, and goes on where the store ended") {
    const TemporaryDirectory directory;
    const auto keys = directory.path() / "keys";
    SampleLog log(70);
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true, .keys = keys});
    for (int i = 0; i < 40; ++i) REQUIRE(store->append(log.batch(100, 300)));
    REQUIRE(copy_store(*store, directory.path() / "copy") == Position{4000});
    const auto copy = open_store(directory.path() / "copy", {.keys = keys});
    check_sound(*copy);
    CHECK(feed_of(*copy) == expected(log.all()));
    CHECK(*RocksDbTree(*copy, 4000).root() == *RocksDbTree(*store, 4000).root());
    REQUIRE(copy->append(log.batch(10, 300)));
    check_sound(*copy);
    CHECK(store->head() == 4000);
}

TEST_CASE("an empty store has an empty copy") {
    const TemporaryDirectory directory;
    const auto keys = directory.path() / "keys";
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true, .keys = keys});
    REQUIRE(copy_store(*store, directory.path() / "copy") == Position{0});
    const auto copy = open_store(directory.path() / "copy", {.keys = keys});
    CHECK(copy->head() == 0);
    check_sound(*copy);
}

TEST_CASE("what is appended while a copy is made is either in it or not, and the copy is sound") {
    const TemporaryDirectory directory;
    const auto keys = directory.path() / "keys";
    SampleLog log(71);
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true, .keys = keys});
    REQUIRE(store->append(log.batch(1000, 300)));
    std::atomic<bool> stop{};
    std::thread writer([&] {
        while (!stop)
            if (!store->append(log.batch(50, 300))) break;
    });
    Position last = 1000;
    for (int i = 0; i < 4; ++i) {
        const auto path = directory.path() / ("copy" + std::to_string(i));
        const auto end = copy_store(*store, path);
        CHECK(end);
        if (!end) break;
        CHECK(*end >= last);
        last = *end;
        const auto copy = open_store(path, {.keys = keys});
        CHECK(copy->head() == *end);
        check_sound(*copy);
    }
    stop = true;
    writer.join();
    // The negative control: the writer was at work.
    CHECK(store->head() > 1000);
}

TEST_CASE("a copy is refused where something is, and one that was stopped is no store") {
    const TemporaryDirectory directory;
    const auto keys = directory.path() / "keys";
    SampleLog log(72);
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true, .keys = keys});
    while (store->head() < 70'000) REQUIRE(store->append(log.batch(5000, 9000)));
    std::filesystem::create_directory(directory.path() / "taken");
    CHECK(copy_store(*store, directory.path() / "taken").error().code == ErrorCode::conflict);
    const auto stopped = copy_store(*store, directory.path() / "copy", [](auto, auto) { return false; });
    CHECK(stopped.error().code == ErrorCode::unavailable);
    CHECK(RocksDbStore::open(directory.path() / "copy").error().code == ErrorCode::not_found);
}

TEST_CASE("a record that was falsified is copied as it is, and found in the copy") {
    const TemporaryDirectory directory;
    const auto keys = directory.path() / "keys";
    const auto path = directory.path() / "store";
    SampleLog log(73);
    REQUIRE(open_store(path, {.create_if_missing = true, .keys = keys})->append(log.batch(200, 5)));
    {
        Tampering tampering(path);
        const auto& first = log.all().front().header;
        tampering.drop_record(first.case_id, first.version);
    }
    REQUIRE(copy_store(*open_store(path, {.read_only = true, .keys = keys}), directory.path() / "copy"));
    const auto findings = verify_store(*open_store(directory.path() / "copy", {.read_only = true, .keys = keys}));
    REQUIRE(findings);
    CHECK_FALSE(findings->empty());
}

}  // namespace anjie::test
