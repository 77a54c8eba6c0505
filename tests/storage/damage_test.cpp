#include <sys/wait.h>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "storage/rocksdb/rocksdb_store.hpp"
#include "storage/rocksdb/verify.hpp"
#include "tests/storage/sample_events.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {
namespace {

namespace fs = std::filesystem;

struct Answer {
    int status{};
    std::string text;
};

Answer probe(const std::string& arguments) {
    FILE* pipe = ::popen((std::string(ANJIE_STORE_PROBE) + " " + arguments + " 2>/dev/null").c_str(), "r");
    REQUIRE(pipe != nullptr);
    Answer answer;
    std::array<char, 4096> buffer{};
    for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        answer.text.append(buffer.data(), size);
    answer.status = ::pclose(pipe);
    return answer;
}

/// A store with table files and a write-ahead log, closed.
void make_store(const fs::path& path) {
    auto store = RocksDbStore::open(path, {.create_if_missing = true});
    REQUIRE(store);
    SampleLog log(21);
    for (int i = 0; i < 5; ++i) REQUIRE((*store)->append(log.batch(200, 60)));
    REQUIRE((*store)->write({"x", 1}, {{"k", "v"}}, DerivedHead{1, 7, 1}));
    REQUIRE((*store)->compact());
    for (int i = 0; i < 20; ++i) REQUIRE((*store)->append(log.batch(20, 60)));
}

std::vector<fs::path> files_of(const fs::path& store, std::string_view extension) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(store / "rocksdb"))
        if (entry.path().extension() == extension && entry.file_size() > 0) files.push_back(entry.path().filename());
    std::ranges::sort(files);
    return files;
}

void flip(const fs::path& file, std::uint64_t at, unsigned bit) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekg(static_cast<std::streamoff>(at));
    const auto byte = static_cast<char>(stream.get() ^ (1 << bit));
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(byte);
    REQUIRE(stream);
}

}  // namespace

TEST_CASE("a flipped bit in any file of the store is found or does no harm, and never crashes the reader") {
    const TemporaryDirectory directory;
    const auto good = directory.path() / "good";
    const auto bad = directory.path() / "bad";
    make_store(good);
    const auto sound = probe("check " + good.string());
    REQUIRE(sound.status == 0);
    REQUIRE(sound.text.starts_with("sound 1400 "));
    Random random(99);
    int found = 0;
    int harmless = 0;
    for (const auto* extension : {".sst", ".log"}) {
        const auto files = files_of(good, extension);
        REQUIRE_FALSE(files.empty());
        for (int i = 0; i < 60; ++i) {
            fs::remove_all(bad);
            fs::copy(good, bad, fs::copy_options::recursive);
            const auto file = bad / "rocksdb" / files[random.below(files.size())];
            const auto at = random.below(fs::file_size(file));
            flip(file, at, static_cast<unsigned>(random.below(8)));
            const auto answer = probe("check " + bad.string());
            INFO(file << " byte " << at << ": " << answer.text);
            CHECK(answer.status == 0);
            const bool damaged = answer.text.starts_with("damaged: ");
            CHECK((damaged || answer.text == sound.text));
            ++(damaged ? found : harmless);
        }
    }
    CHECK(found > 60);
}

TEST_CASE("a log that ends before what was acknowledged does not open for writing, and says so") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    make_store(path);
    for (const auto& file : files_of(path, ".log")) {
        const auto size = fs::file_size(path / "rocksdb" / file);
        flip(path / "rocksdb" / file, size / 2, 3);
    }
    const auto answer = probe("open " + path.string());
    CHECK(answer.status == 0);
    CHECK(answer.text.starts_with("corrupt: "));
    CHECK(answer.text.find("1400") != std::string::npos);
}

TEST_CASE("a torn end of the write-ahead log that was never acknowledged is dropped and the store opens") {
    const TemporaryDirectory directory;
    const auto path = directory.path() / "store";
    make_store(path);
    // The last batch torn and its acknowledgement undone: what a power cut in the middle of an append leaves.
    const auto last = files_of(path, ".log").back();
    fs::resize_file(path / "rocksdb" / last, fs::file_size(path / "rocksdb" / last) - 100);
    fs::remove(path / "ACKNOWLEDGED");
    const auto answer = probe("open " + path.string());
    CHECK(answer.text == "open 1380\n");
    CHECK(probe("check " + path.string()).text.starts_with("sound 1380 "));
}

TEST_CASE("a full disk makes appends unavailable, and what was acknowledged is exactly what opens again") {
    for (const auto* bytes : {"20000", "65536", "300000"}) {
        const TemporaryDirectory directory;
        const auto path = directory.path() / "store";
        const auto answer = probe("fill " + path.string() + " " + bytes);
        INFO(answer.text);
        REQUIRE(answer.status == 0);
        const auto last_line = answer.text.rfind('\n', answer.text.size() - 2);
        const auto outcome = answer.text.substr(last_line == std::string::npos ? 0 : last_line + 1);
        CHECK(outcome.starts_with("unavailable refused refused "));
        const auto head = outcome.substr(outcome.rfind(' ') + 1);
        CHECK(std::stoul(head) > 0);
        const auto store = RocksDbStore::open(path);
        REQUIRE(store);
        CHECK((*store)->head() == std::stoul(head));
        CHECK(verify_store(**store)->empty());
        SampleLog log(77);
        while (log.all().size() < (*store)->head()) static_cast<void>(log.batch(10, 50));
        CHECK(feed_of(**store) == expected(log.all()));
        CHECK((*store)->append(log.batch(10, 50)));
    }
}

}  // namespace anjie::test
