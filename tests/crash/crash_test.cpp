#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "engine/engine.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "tests/crash/power_cut.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tally.hpp"

using namespace anjie;
using namespace anjie::test;

namespace {

constexpr std::uint64_t cases = 50;

/// Each command yields as many events as its number says, so that half a command shows.
std::uint16_t events_of(std::uint64_t command) { return static_cast<std::uint16_t>(1 + command % 4); }

/// What the killed process had been told was done; written to a pipe before anyone could act on it.
struct Acknowledgement {
    std::uint64_t command{};
    std::uint64_t case_number{};
    Version first{};
    Version last{};
};

struct Round {
    std::filesystem::path directory;
    std::uint64_t first_command{};
    bool synchronous{true};
    rocksdb::Env* environment{};
};

/// The process that will be killed: clients keep commands in flight until it dies.
[[noreturn]] void run_until_killed(const Round& round, int pipe) {
    auto store = RocksDbStore::open(
        round.directory,
        {.create_if_missing = true, .environment = round.environment, .synchronous = round.synchronous});
    if (!store) {
        std::fprintf(stderr, "child: %s\n", store.error().detail.c_str());
        _exit(2);
    }
    const SystemClock clock;
    const auto workflows = tally_workflows();
    Engine engine(**store, clock, workflows, {.batch_commands_max = 64});
    std::uint64_t command = round.first_command;
    while (true) {
        const auto number = command++;
        const auto case_number = number % cases;
        const auto sent = engine.submit(
            tally_order(case_number, number, Tally::AddMany{events_of(number)}), [=](const Outcome& outcome) {
                if (!outcome) return;
                const Acknowledgement told{number, case_number, outcome->first, outcome->last};
                if (::write(pipe, &told, sizeof told) != sizeof told) _exit(3);
            });
        if (!sent || number % 97 == 0) std::this_thread::sleep_for(std::chrono::microseconds{200});
        if (!sent) --command;
    }
}

/// Runs a process under load, kills it, and answers what it had acknowledged. `life` is counted from its first
/// acknowledgement, so that a slow machine does as much; or, one time in eight, from its start, so that it also dies
/// while it opens and recovers.
std::vector<Acknowledgement> killed_round(const Round& round, std::chrono::microseconds life, bool from_start) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::close(ends[0]);
        run_until_killed(round, ends[1]);
    }
    ::close(ends[1]);
    std::vector<Acknowledgement> told;
    std::atomic<bool> begun{from_start};
    std::thread killer([&] {
        begun.wait(false);
        std::this_thread::sleep_for(life);
        ::kill(child, SIGKILL);
    });
    Acknowledgement one;
    while (::read(ends[0], &one, sizeof one) == sizeof one) {
        told.push_back(one);
        begun = true;
        begun.notify_one();
    }
    begun = true;  // It ended by itself: the checks below say so.
    begun.notify_one();
    killer.join();
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    return told;
}

/// What is wrong with the store after the crash; empty when nothing is.
std::vector<std::string> damage(const std::filesystem::path& directory,
                                const std::vector<Acknowledgement>& acknowledged, std::uint64_t& next_command) {
    std::vector<std::string> found;
    auto store = RocksDbStore::open(directory, {.create_if_missing = true});
    if (!store) return {store.error().detail};

    std::map<Uuid, std::vector<std::pair<CaseId, Version>>> by_command;
    std::map<CaseId, Version> versions;
    Position position = 0;
    const auto read = (*store)->read_feed(0, std::numeric_limits<std::size_t>::max(), [&](const EventView& event) {
        const auto& header = event.header;
        if (header.position != ++position) found.push_back("a gap in the log");
        if (header.version != ++versions[header.case_id]) found.push_back("a gap in a case");
        by_command[header.command_id].emplace_back(header.case_id, header.version);
        return true;
    });
    if (!read) found.push_back(read.error().detail);

    std::map<Uuid, std::uint64_t> numbers;
    for (std::uint64_t number = 0; number < next_command + 2'000'000 && numbers.size() < by_command.size(); ++number)
        if (by_command.contains(tally_command(number))) numbers[tally_command(number)] = number;
    for (const auto& [id, events] : by_command) {
        const auto known = numbers.find(id);
        if (known == numbers.end()) {
            found.push_back("an event of nobody's command");
            continue;
        }
        if (events.size() != events_of(known->second)) found.push_back("half a command, or one done twice");
        next_command = std::max(next_command, known->second + 1);
    }
    for (const auto& told : acknowledged) {
        const auto events = by_command.find(tally_command(told.command));
        if (events == by_command.end())
            found.push_back("an acknowledged command is gone");
        else if (events->second.front() != std::pair{tally_case(told.case_number), told.first} ||
                 events->second.back() != std::pair{tally_case(told.case_number), told.last})
            found.push_back("an acknowledged command is elsewhere than was said");
        next_command = std::max(next_command, told.command + 1);
    }
    return found;
}

struct Folder {
    std::filesystem::path path;
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "anjie-crash-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

/// Kills and power cuts, one store after another; answers the damages and how much was acknowledged.
struct Campaign {
    std::size_t rounds{};
    std::size_t acknowledged{};
    std::uint64_t bytes_lost{};
    std::vector<std::string> damages;
};

Campaign crash(std::size_t rounds, bool synchronous, bool power, Random& random) {
    Campaign campaign;
    auto folder = std::make_unique<Folder>();
    std::vector<Acknowledgement> all;
    std::uint64_t next = 0;
    for (; campaign.rounds < rounds && campaign.damages.empty(); ++campaign.rounds) {
        if (campaign.rounds % 20 == 0) {  // A young store now and then; between, one that has been killed before.
            folder = std::make_unique<Folder>();
            all.clear();
            next = 0;
        }
        FlushLedger ledger;
        const auto environment = ledger.environment();
        const auto life = std::chrono::microseconds{15'000 + random.next() % 45'000};
        const auto told =
            killed_round({folder->path / "log", next, synchronous, environment.get()}, life, random.one_in(8));
        all.insert(all.end(), told.begin(), told.end());
        campaign.acknowledged += told.size();
        if (power) campaign.bytes_lost += ledger.cut_power(random.next());
        campaign.damages = damage(folder->path / "log", all, next);
    }
    return campaign;
}

}  // namespace

TEST_CASE("a process killed under load has every acknowledged event and no half command") {
    auto random = Random::seeded(1);
    const auto campaign = crash(100, true, false, random);
    INFO("after round " << campaign.rounds);
    for (const auto& sentence : campaign.damages) FAIL_CHECK(sentence);
    CHECK(campaign.rounds == 100);
    CHECK(campaign.acknowledged > campaign.rounds);
}

TEST_CASE("a power cut, which also takes what was never flushed, loses no acknowledged event either") {
    auto random = Random::seeded(2);
    const auto campaign = crash(110, true, true, random);
    INFO("after round " << campaign.rounds);
    for (const auto& sentence : campaign.damages) FAIL_CHECK(sentence);
    CHECK(campaign.rounds == 110);
    CHECK(campaign.acknowledged > campaign.rounds);
}

TEST_CASE("negative control: without syncing a power cut is noticed as loss") {
    auto random = Random::seeded(3);
    const auto campaign = crash(40, false, true, random);
    INFO("acknowledged " << campaign.acknowledged << ", bytes lost " << campaign.bytes_lost);
    CHECK(campaign.bytes_lost > 0);
    CHECK_FALSE(campaign.damages.empty());
}
