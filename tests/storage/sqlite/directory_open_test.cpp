#include <catch2/catch.hpp>

#include <sqlite3.h>

#include <thread>

#include "tests/storage/sqlite/directory_fixture.hpp"

using namespace anjie;
using namespace anjie::testing;

namespace {

void run_sql(const std::filesystem::path& file, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    sqlite3_close(handle);
    REQUIRE(code == SQLITE_OK);
}

void fill(const Folder& folder) {
    auto row = entry(1);
    row.search_texts = {"张三"};
    row.deadlines = {deadline(1, day(2024, 4, 1))};
    must(open(folder)->apply({row}, 5));
}

void require_empty_and_usable(const Folder& folder) {
    const auto directory = open(folder);
    REQUIRE(must(directory->cursor()) == 0);
    REQUIRE(must(directory->list({})).empty());
    must(directory->apply({entry(2)}, 1));
    REQUIRE(must(directory->list({})).size() == 1);
}

}  // namespace

TEST_CASE("rows and cursor are there again after the file is closed") {
    const Folder folder;
    fill(folder);
    const auto directory = open(folder);
    REQUIRE(must(directory->cursor()) == 5);
    REQUIRE(must(directory->list({.search = "张三"})).size() == 1);
}

TEST_CASE("a file that is not a directory of this version is made anew with cursor 0") {
    const Folder folder;
    fill(folder);
    SECTION("another schema version") { run_sql(folder.file(), "UPDATE meta SET schema_version = 99"); }
    SECTION("another program's database") { run_sql(folder.file(), "PRAGMA application_id = 1"); }
    SECTION("a table is missing") { run_sql(folder.file(), "DROP TABLE deadline"); }
    SECTION("the description is missing") { run_sql(folder.file(), "DELETE FROM meta"); }
    SECTION("the full-text index is missing") { run_sql(folder.file(), "DROP TABLE search_data"); }
    SECTION("not a database") { std::ofstream(folder.file()) << "案号,当事人\n1,张三\n" << std::string(5'000, 'x'); }
    SECTION("empty") { std::ofstream(folder.file(), std::ios::trunc); }
    SECTION("cut short") { std::filesystem::resize_file(folder.file(), 5'000); }
    SECTION("its first page is overwritten") {
        std::fstream(folder.file(), std::ios::in | std::ios::out | std::ios::binary).seekp(100)
            << std::string(3'000, '\xee');
    }
    SECTION("another file's journal lies beside it") {
        std::filesystem::remove(folder.file());
        std::ofstream(folder.file().string() + "-wal") << std::string(8'000, 'w');
    }
    require_empty_and_usable(folder);
}

TEST_CASE("damage deep in the file is answered as corrupt, never as rows, and clear mends it") {
    const Folder folder;
    {
        const auto directory = open(folder);
        std::vector<DirectoryEntry> rows;
        for (std::uint32_t number = 1; number <= 3'000; ++number) rows.push_back(entry(number));
        must(directory->apply(rows, 5));
    }
    // The heads of the pages in the middle of the tables and indexes.
    constexpr std::size_t page = 4'096;
    int damaged = 0;
    {
        std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (std::size_t at = 0; at + page <= bytes.size(); at += page) {
            if (bytes.substr(at, page).find("〔2024〕1500号") == std::string::npos) continue;
            file.clear();
            file.seekp(static_cast<std::streamoff>(at));
            file << std::string(64, '\xee');
            ++damaged;
        }
    }
    REQUIRE(damaged > 0);
    const auto directory = open(folder);
    const auto rows = directory->list({.limit = 10'000});
    REQUIRE_FALSE(rows.has_value());
    REQUIRE(rows.error().code == ErrorCode::corrupt);
    REQUIRE(must(directory->cursor()) == 5);
    must(directory->clear());
    REQUIRE(must(directory->cursor()) == 0);
    must(directory->apply({entry(2)}, 1));
    REQUIRE(must(directory->list({})).size() == 1);
}

TEST_CASE("a place where no file can be is unavailable") {
    const Folder folder;
    std::filesystem::create_directory(folder.file());
    REQUIRE(SqliteDirectory::open(folder.file()).error().code == ErrorCode::unavailable);
    REQUIRE(SqliteDirectory::open(folder.file() / "no" / "such" / "folder").error().code == ErrorCode::unavailable);
}

TEST_CASE("a batch that cannot be written changes neither rows nor cursor") {
    const Folder folder;
    fill(folder);
    run_sql(folder.file(),
            "CREATE TRIGGER refuse BEFORE INSERT ON deadline WHEN NEW.kind = 13 "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END");
    const auto directory = open(folder);
    auto changed = entry(1);
    changed.phase = "closed";
    auto bad = entry(2);
    bad.deadlines = {deadline(13, day(2024, 4, 1))};
    REQUIRE_FALSE(directory->apply({changed, bad}, 6).has_value());
    REQUIRE(must(directory->cursor()) == 5);
    const auto rows = must(directory->list({}));
    REQUIRE(rows.size() == 1);
    REQUIRE(rows.front().phase == "accepted");
    must(directory->apply({changed}, 6));
    REQUIRE(must(directory->cursor()) == 6);
}

TEST_CASE("it keeps a write-ahead journal and overwrites what it frees") {
    const Folder folder;
    fill(folder);
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &handle) == SQLITE_OK);
    std::string mode;
    sqlite3_exec(
        handle, "PRAGMA journal_mode",
        [](void* out, int, char** values, char**) {
            *static_cast<std::string*>(out) = values[0];
            return 0;
        },
        &mode, nullptr);
    sqlite3_close(handle);
    REQUIRE(mode == "wal");
}

TEST_CASE("readers and the writer on several threads see whole batches") {
    const Folder folder;
    const auto directory = open(folder);
    std::atomic<bool> stop{false};
    std::atomic<int> torn{0};
    std::thread reader([&] {
        while (!stop) {
            const auto rows = directory->list({});
            if (!rows || (rows->size() == 2 && rows->front().phase != rows->back().phase)) ++torn;
        }
    });
    bool written = true;
    for (int round = 0; round < 200; ++round) {
        auto a = entry(1), b = entry(2);
        a.phase = b.phase = "phase_" + std::to_string(round);
        written = written && directory->apply({a, b}, static_cast<Position>(round)).has_value();
    }
    stop = true;
    reader.join();
    REQUIRE(written);
    REQUIRE(torn == 0);
}
