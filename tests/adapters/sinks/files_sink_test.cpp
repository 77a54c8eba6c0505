#include "adapters/sinks/files/files_sink.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "storage/memory/memory_store.hpp"
#include "tests/adapters/sinks/dispute_log.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace anjie::test {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

struct Office {
    TemporaryDirectory directory;
    fs::path folder{directory.path() / "out"};
    MemoryStore store;
    ManualClock clock{{start_of_day(make_date(2024, 3, 7)).microseconds + 1}};
    DisputeLog log{store};
    std::unique_ptr<sinks::Sink> sink;
    std::unique_ptr<sinks::Runner> runner;

    Office() {
        fs::create_directory(folder);
        restart();
    }
    void restart() {
        const auto document = json::parse(R"({"folder": "out"})", "test");
        REQUIRE(document);
        auto made = sinks::make_files_sink(json::Node(*document, "test"), {"files", directory.path(), clock});
        if (!made) FAIL(made.error().detail);
        runner.reset();
        sink = std::move(*made);
        auto settings = test_settings();
        settings.limits.batch_events_max = 3;
        runner = std::make_unique<sinks::Runner>(store, store, clock, *sink, settings);
        REQUIRE(runner->open());
    }
    void run() {
        for (int i = 0; i < 1000; ++i) {
            const auto step = runner->step();
            REQUIRE(step);
            if (step->kind != sinks::Runner::Step::Kind::worked) return;
        }
    }
    std::vector<std::string> written(std::string_view day) {
        std::vector<std::string> ids;
        for (const auto& line : lines_of(read(folder / (std::string(day) + ".ndjson"))))
            ids.emplace_back(std::string_view(boost::json::parse(line).at("id").as_string()));
        return ids;
    }
};

std::vector<std::string> numbers(int from, int to) {
    std::vector<std::string> all;
    for (int i = from; i <= to; ++i) all.push_back(std::to_string(i));
    return all;
}

}  // namespace

TEST_CASE("every day has its files, and a finished day is never touched again") {
    Office office;
    Random random(1);
    office.log.append_some(random, 7, 3);
    office.run();
    CHECK(office.written("2024-03-07") == numbers(1, 7));
    const auto first_day = read(office.folder / "2024-03-07.csv");
    office.clock.advance(std::chrono::hours{24});
    office.log.append_some(random, 4, 3);
    office.run();
    CHECK(office.written("2024-03-08") == numbers(8, 11));
    // A clock that goes back writes on where it was.
    office.clock.advance(-std::chrono::hours{24});
    office.log.append_some(random, 1, 3);
    office.run();
    CHECK(office.written("2024-03-08") == numbers(8, 12));
    CHECK(read(office.folder / "2024-03-07.csv") == first_day);
}

TEST_CASE("the table opens in a spreadsheet: mark, line ends, quotes") {
    Office office;
    Random random(1);
    office.log.append_some(random, 2, 3);
    office.run();
    const auto table = read(office.folder / "2024-03-07.csv");
    CHECK(table.starts_with("\xEF\xBB\xBFid,sequence,"));
    CHECK(lines_of(table).size() == 3);
    for (const auto& line : lines_of(table)) CHECK(line.ends_with("\r"));
    CHECK(table.contains("\"{\"\""));
}

TEST_CASE("what a crash left unconfirmed is cut off, and no event is there twice") {
    Random random(7);
    for (int i = 0; i < 40; ++i) {
        Office office;
        office.log.append_some(random, 10, 3);
        for (std::uint64_t steps = random.below(4); steps > 0; --steps) REQUIRE(office.runner->step());
        // Any number of bytes of the next batch reached the files, but not what confirms them.
        for (const auto* kind : {".ndjson", ".csv"})
            std::ofstream(office.folder / (std::string("2024-03-07") + kind), std::ios::app)
                << std::string(random.below(500), 'x');
        if (random.one_in(2)) office.store.power_cut();
        office.restart();
        office.run();
        REQUIRE(office.written("2024-03-07") == numbers(1, 10));
        REQUIRE(lines_of(read(office.folder / "2024-03-07.csv")).size() == 11);
    }
}

TEST_CASE("a crash after the files and before the cursor doubles nothing") {
    Office office;
    Random random(3);
    office.log.append_some(random, 6, 3);
    REQUIRE(office.runner->step());
    office.store.power_cut();  // The cursor was not durable yet; the files are.
    office.restart();
    office.run();
    CHECK(office.written("2024-03-07") == numbers(1, 6));
}

TEST_CASE("a file that somebody else shortened is trouble and not a silent loss") {
    Office office;
    Random random(3);
    office.log.append_some(random, 2, 3);
    office.run();
    fs::resize_file(office.folder / "2024-03-07.ndjson", 5);
    office.log.append_some(random, 1, 3);
    REQUIRE(office.runner->step());
    const auto status = office.runner->status();
    REQUIRE(status);
    CHECK(status->trouble.contains("shorter"));
    CHECK(status->cursor == 2);
}

TEST_CASE("wrong settings of a file sink are refused with their place") {
    const ManualClock clock{{}};
    const auto complaint = [&](std::string_view text) {
        const auto document = json::parse(text, "sinks.json");
        REQUIRE(document);
        const auto made = sinks::make_files_sink(json::Node(*document, "sinks.json"), {"files", "/nonexistent", clock});
        REQUIRE_FALSE(made);
        return made.error().detail;
    };
    CHECK(complaint("{}").contains("folder"));
    CHECK(complaint(R"({"folder": "out"})").contains("no such folder"));
    CHECK(complaint(R"({"folder": "/tmp", "csv": false, "ndjson": false})").contains("has to be true"));
    CHECK(complaint(R"({"folder": "/tmp", "cvs": false})").contains("cvs"));
}

}  // namespace anjie::test
