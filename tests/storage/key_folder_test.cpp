#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "storage/rocksdb/rocksdb_store.hpp"
#include "storage/sealing/key_folder.hpp"
#include "tests/storage/sample_events.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {
namespace {

namespace fs = std::filesystem;

SecretKey key_of(unsigned char byte) {
    SecretKey key{};
    key.fill(std::byte{byte});
    return key;
}

mode_t mode_of(const fs::path& path) {
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    return about.st_mode & 0777;
}

}  // namespace

TEST_CASE("a key file is read back, belongs to its owner alone, and is gone after it was destroyed") {
    const TemporaryDirectory directory;
    KeyFolder folder(directory.path() / "keys");
    CHECK(folder.epochs()->empty());
    REQUIRE(folder.create(1, key_of(0x11)));
    REQUIRE(folder.create(12, key_of(0x22)));
    CHECK(mode_of(directory.path() / "keys") == 0700);
    CHECK(mode_of(directory.path() / "keys" / "kek-1") == 0600);
    CHECK(*folder.read(1) == key_of(0x11));
    CHECK(*folder.read(12) == key_of(0x22));
    CHECK(*folder.epochs() == std::vector<KeyEpoch>{1, 12});
    REQUIRE(folder.destroy(1));
    REQUIRE(folder.destroy(1));
    CHECK(*folder.epochs() == std::vector<KeyEpoch>{12});
    CHECK(folder.read(1).error().code == ErrorCode::not_found);
    CHECK(folder.read(1).error().detail.find("kek-1 is missing") != std::string::npos);
}

TEST_CASE("a key file that others may read is refused with the command that mends it") {
    const TemporaryDirectory directory;
    KeyFolder folder(directory.path());
    REQUIRE(folder.create(3, key_of(0x33)));
    for (const mode_t mode : {0640, 0604, 0620, 0610}) {
        REQUIRE(::chmod((directory.path() / "kek-3").c_str(), mode) == 0);
        const auto read = folder.read(3);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::invalid);
        CHECK(read.error().detail.find("chmod 600 '") != std::string::npos);
    }
    REQUIRE(::chmod((directory.path() / "kek-3").c_str(), 0600) == 0);
    CHECK(folder.read(3));
}

TEST_CASE("a key file of other bytes is invalid, whatever they are") {
    const TemporaryDirectory directory;
    KeyFolder folder(directory.path());
    REQUIRE(folder.create(4, key_of(0x44)));
    std::ifstream in(directory.path() / "kek-4", std::ios::binary);
    const std::string good{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto attempt = [&](const std::string& text) {
        std::ofstream(directory.path() / "kek-4", std::ios::binary | std::ios::trunc) << text;
        return folder.read(4);
    };
    CHECK(attempt(good));
    for (std::size_t size = 0; size < good.size(); ++size) CHECK(attempt(good.substr(0, size)).error().code == ErrorCode::invalid);
    CHECK(attempt(good + "\n").error().code == ErrorCode::invalid);
    CHECK(attempt(std::string(5000, 'a')).error().code == ErrorCode::invalid);
    auto other_epoch = good;
    other_epoch.replace(other_epoch.find(" 4 "), 3, " 5 ");
    CHECK(attempt(other_epoch).error().code == ErrorCode::invalid);
}

TEST_CASE("a store without its key file, or with another's, does not open for writing and names the file") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    const auto keys = directory.path() / "elsewhere";
    SampleLog log(31);
    {
        const auto store = RocksDbStore::open(path, {.create_if_missing = true, .keys = keys});
        REQUIRE(store);
        REQUIRE((*store)->append(log.batch(50, 5)));
        CHECK(feed_of(**store) == expected(log.all()));
    }
    CHECK_FALSE(fs::exists(path / "keys"));
    fs::rename(keys / "kek-1", keys / "away");
    const auto missing = RocksDbStore::open(path, {.keys = keys});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::not_found);
    CHECK(missing.error().detail.find((keys / "kek-1").string()) != std::string::npos);
    {
        // Who may only look can look at everything that is not sealed.
        const auto reader = RocksDbStore::open(path, {.read_only = true, .keys = keys});
        REQUIRE(reader);
        std::size_t sealed = 0;
        REQUIRE((*reader)->read_feed(0, SIZE_MAX, [&](const EventView& event) {
            const auto fields = (*reader)->unseal(event);
            if (!event.sealed.empty()) {
                ++sealed;
                CHECK(fields.error().code == ErrorCode::unavailable);
            } else {
                CHECK(fields->empty());
            }
            return true;
        }));
        CHECK(sealed > 0);
    }
    REQUIRE(KeyFolder(keys).create(1, key_of(0x55)));
    const auto wrong = RocksDbStore::open(path, {.keys = keys});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == ErrorCode::invalid);
    CHECK(wrong.error().detail.find("is not the key that this log was sealed with") != std::string::npos);
    fs::rename(keys / "away", keys / "kek-1");
    const auto store = RocksDbStore::open(path, {.keys = keys});
    REQUIRE(store);
    CHECK(feed_of(**store) == expected(log.all()));
}

}  // namespace anjie::test
