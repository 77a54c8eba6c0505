#include "storage/rocksdb/rocksdb_store.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "storage/rocksdb/raw_limits.hpp"
#include "storage/rocksdb/verify.hpp"
#include "tests/storage/sample_events.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {
namespace {

std::unique_ptr<RocksDbStore> open_store(const std::filesystem::path& path, const RocksDbOptions& options) {
    auto store = RocksDbStore::open(path, options);
    if (!store) FAIL(store.error().detail);
    return std::move(*store);
}

void write_file(const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a store is made only when asked to, and found again by its FORMAT file") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    CHECK(RocksDbStore::open(path).error().code == ErrorCode::not_found);
    CHECK_FALSE(std::filesystem::exists(path));
    open_store(path, {.create_if_missing = true});
    open_store(path, {});
    std::ifstream format(path / "FORMAT");
    std::string line;
    std::getline(format, line);
    CHECK(line == "anjie store format 2");
}

TEST_CASE("a store of a newer format, or a file that is none of ours, is invalid with a sentence") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    open_store(path, {.create_if_missing = true});
    write_file(path / "FORMAT", "anjie store format 3\n");
    const auto newer = RocksDbStore::open(path);
    REQUIRE_FALSE(newer);
    CHECK(newer.error().code == ErrorCode::invalid);
    CHECK(newer.error().detail.find("newer anjie") != std::string::npos);
    for (const auto* text : {"", "anjie store format ", "anjie store format x\n", "anjie store format 2", "anjie store format 1\n", "other"}) {
        write_file(path / "FORMAT", text);
        const auto other = RocksDbStore::open(path, {.create_if_missing = true});
        REQUIRE_FALSE(other);
        CHECK(other.error().code == ErrorCode::invalid);
    }
}

TEST_CASE("a store whose database has gone is corrupt and never silently made anew") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    open_store(path, {.create_if_missing = true});
    std::filesystem::remove_all(path / "rocksdb");
    const auto again = RocksDbStore::open(path, {.create_if_missing = true});
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::corrupt);
}

TEST_CASE("a store that is open cannot be opened a second time, but it can be read") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    const auto first = open_store(path, {.create_if_missing = true});
    SampleLog log(1);
    REQUIRE(first->append(log.batch(50, 5)));
    const auto second = RocksDbStore::open(path);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::unavailable);
    CHECK(second.error().detail.find("another anjie has") != std::string::npos);
    const auto before = expected(log.all());
    const auto reader = open_store(path, {.read_only = true});
    REQUIRE(first->append(log.batch(50, 5)));
    CHECK(feed_of(*reader) == before);
    CHECK(reader->append(log.batch(1, 5)).error().code == ErrorCode::invalid);
    CHECK(reader->write({"x", 1}, {{"k", "v"}}, std::nullopt).error().code == ErrorCode::invalid);
    CHECK(verify_store(*reader)->empty());
}

TEST_CASE("a batch longer than a chunk of the feed is one append and reads as any other") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    auto store = open_store(path, {.create_if_missing = true});
    SampleLog log(2);
    REQUIRE(store->append(log.batch(9'000, 500)));
    REQUIRE(store->append(log.batch(4'096, 500)));
    CHECK(feed_of(*store) == expected(log.all()));
    const auto all = expected(log.all());
    CHECK(feed_of(*store, 4'090, 20) == std::vector(all.begin() + 4'090, all.begin() + 4'110));
    store.reset();
    store = open_store(path, {});
    CHECK(store->head() == 13'096);
    CHECK(verify_store(*store)->empty());
}

TEST_CASE("parts of a split are of about equal size once the log is on disk") {
    const TemporaryDirectory directory;
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true});
    SampleLog log(3);
    for (int i = 0; i < 12; ++i) REQUIRE(store->append(log.batch(5'000, 6'000)));
    REQUIRE(store->compact());
    for (const std::size_t parts : {2u, 3u, 8u}) {
        const auto ranges = store->split(parts);
        REQUIRE(ranges);
        CHECK(ranges->size() == parts);
        for (const auto& range : *ranges) {
            std::size_t count = 0;
            REQUIRE(store->scan(range, [&](const EventView&) { return ++count > 0; }));
            CHECK(count < 3 * log.all().size() / parts / 2);
            CHECK(count > log.all().size() / parts / 2);
        }
    }
}

TEST_CASE("a sound store verifies without a finding in windows of any size, reporting progress, and can be stopped") {
    const TemporaryDirectory directory;
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true});
    CHECK(verify_store(*store)->empty());
    SampleLog log(4);
    for (const auto size : {1u, 999u, 5'000u, 3u}) REQUIRE(store->append(log.batch(size, 300)));
    for (const std::size_t window : {100u, 6'003u, 6'004u, 1u << 20}) {
        std::uint64_t most = 0;
        const auto findings = verify_store(*store,
                                           [&](std::uint64_t done, std::uint64_t total) {
                                               CHECK(done <= total);
                                               most = std::max(most, done * 1'000 / total);
                                               return true;
                                           },
                                           {.window_events = window});
        REQUIRE(findings);
        CHECK(findings->empty());
        CHECK(most == 1'000);
    }
    const auto stopped = verify_store(*store, [](std::uint64_t, std::uint64_t) { return false; });
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::unavailable);
}

TEST_CASE("derived rows reach the disk with the next append, not by a write-ahead log of their own") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    SampleLog log(5);
    {
        const auto store = open_store(path, {.create_if_missing = true});
        REQUIRE(store->write({"x", 1}, {{"k", "v"}}, DerivedHead{1, 0, 1}));
        REQUIRE(store->append(log.batch(1, 1)));
        // A copy taken now holds what a power cut would leave at the least.
        std::filesystem::copy(path, directory.path() / "copy", std::filesystem::copy_options::recursive);
    }
    const auto copy = open_store(directory.path() / "copy", {});
    CHECK(copy->head() == 1);
    CHECK(*copy->get({"x", 1}, "k") == "v");
    CHECK(*copy->head("x") == DerivedHead{1, 0, 1});
}

TEST_CASE("names of derived rows that would break the keys are invalid") {
    const TemporaryDirectory directory;
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true});
    for (const auto& name : {std::string(), std::string("a\0b", 3)})
        CHECK(store->write({name, 1}, {{"k", "v"}}, std::nullopt).error().code == ErrorCode::invalid);
}

TEST_CASE("raw limits are measured on the same rows, and leave nothing behind") {
    const TemporaryDirectory directory;
    const auto store = open_store(directory.path() / "store", {.create_if_missing = true});
    SampleLog log(6);
    REQUIRE(store->append(log.batch(2'000, 100)));
    const auto rows = raw_rows(*store, 1'500);
    REQUIRE(rows);
    CHECK(rows->size() == 1'500);
    const auto batch = measure_raw_batch(directory.path() / "raw", *rows, 500);
    REQUIRE(batch);
    CHECK(batch->rows == 1'500);
    CHECK(batch->rows_per_second() > 0);
    CHECK_FALSE(std::filesystem::exists(directory.path() / "raw"));
    for (const std::size_t threads : {1u, 2u}) CHECK(measure_raw_scan(*store, threads)->rows == 2'000);
    const auto flush = measure_fdatasync(directory.path(), 256, 5);
    REQUIRE(flush);
    CHECK(flush->p50.count() > 0);
    CHECK(flush->most >= flush->p50);
}

TEST_CASE("what the bench writes without trust is not mistaken for a log") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    SampleLog log(8);
    {
        const auto store = open_store(path, {.create_if_missing = true, .without_trust = true});
        REQUIRE(store->append(log.batch(50, 10)));
        CHECK(store->head() == 50);
        const auto findings = verify_store(*store);
        REQUIRE(findings);
        CHECK_FALSE(findings->empty());
    }
    CHECK(RocksDbStore::open(path).error().code == ErrorCode::corrupt);
    {
        const auto store = open_store(directory.path() / "other", {.create_if_missing = true});
        REQUIRE(store->append(SampleLog(9).batch(5, 2)));
    }
    CHECK(RocksDbStore::open(directory.path() / "other", {.without_trust = true}).error().code == ErrorCode::invalid);
}

}  // namespace anjie::test
