#include "adapters/anjie/bench_trust.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "adapters/anjie/bench_clients.hpp"
#include "storage/crypto/openssl_suite.hpp"
#include "storage/rocksdb/raw_limits.hpp"
#include "storage/rocksdb/rocksdb_tree.hpp"
#include "storage/rocksdb/verify.hpp"

namespace anjie {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::uint32_t turns = 4;                ///< Each store writes so many times, one after the other.
constexpr std::uint64_t turn_cases_max = 50'000;  ///< What a turn compares does not depend on how much it writes.
constexpr std::size_t proofs = 2'000;

double seconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// A store of its own with an engine on it.
struct Side {
    std::unique_ptr<RocksDbStore> store;
    std::unique_ptr<Engine> engine;
    BenchWritten written{};

    Side() = default;
    Side(Side&&) = default;
    Side& operator=(Side&&) = delete;
    ~Side() { engine.reset(); }

    [[nodiscard]] Result<void> write(const BenchWorkload& workload, std::pair<std::uint32_t, std::uint32_t> cases) {
        ANJIE_TRY(const auto more, many_clients(*engine, workload, cases));
        written.commands += more.commands;
        written.seconds += more.seconds;
        return {};
    }
    [[nodiscard]] double rate() const { return static_cast<double>(written.commands) / written.seconds; }
};

Result<Side> open_side(const std::filesystem::path& folder, const Clock& clock, const WorkflowSet& workflows,
                       bool without_trust) {
    Side side;
    ANJIE_TRY(side.store, RocksDbStore::open(folder, {.create_if_missing = true, .without_trust = without_trust}));
    side.engine = std::make_unique<Engine>(*side.store, clock, workflows);
    return side;
}

}  // namespace

Result<void> measure_cost_of_trust(BenchFigures& figures, const WorkflowSet& workflows,
                                   const cli::BenchRequest& request) {
    const SystemClock clock;
    const BenchWorkload workload(request.seed);
    ANJIE_TRY(auto with, open_side(request.directory / "with-trust", clock, workflows, false));
    ANJIE_TRY(auto without, open_side(request.directory / "without-trust", clock, workflows, true));
    const auto share = static_cast<std::uint32_t>(std::min(request.cases / turns, turn_cases_max));
    for (std::uint32_t turn = 0; turn < turns; ++turn) {
        const std::pair cases{1 + turn * share, 1 + (turn + 1) * share};
        auto& first = turn % 2 == 0 ? with : without;
        auto& second = turn % 2 == 0 ? without : with;
        ANJIE_CHECK(first.write(workload, cases));
        ANJIE_CHECK(second.write(workload, cases));
    }
    figures.add("commands_with_trust", "持久命令，含封存、哈希与树", "Durable commands with sealing, hashes and tree",
                with.rate(), "commands/s", fmt::format("{:.2f} of without", with.rate() / without.rate()));
    figures.add("commands_without_trust", "对照：不封存、不哈希、无树", "Beside it: without them", without.rate(),
                "commands/s", fmt::format("{} cases each, in {} turns", share * turns, turns));
    return {};
}

Result<void> measure_proving(BenchFigures& figures, RocksDbStore& store) {
    const auto size = store.head();
    const auto start = SteadyClock::now();
    ANJIE_TRY(const auto findings, verify_store(store, {}, {.threads = 2}));
    const auto rate = static_cast<double>(size) / seconds_since(start);
    if (!findings.empty()) return failure(ErrorCode::corrupt, findings.front());
    ANJIE_TRY(const auto raw, measure_raw_scan(store, 2));
    figures.add("verify", "完整核验（两线程）", "Full verification, two threads", rate, "events/s",
                fmt::format("{:.2f} of the raw scan", rate / raw.rows_per_second()));

    const auto& hasher = openssl_suite().hasher;
    ANJIE_TRY(const auto root, RocksDbTree(store, size).root());
    std::vector<double> took;
    for (std::uint64_t i = 0; i < proofs; ++i) {
        const auto index = i * 0x9e3779b97f4a7c15ULL % size;
        const auto begun = SteadyClock::now();
        const RocksDbTree tree(store, size);  // Anew each time: nothing is kept from the proof before.
        ANJIE_TRY(const auto proof, prove_inclusion(hasher, tree, index, size));
        took.push_back(seconds_since(begun) * 1e6);
        ANJIE_TRY(const auto leaf, tree.subtree(0, index));
        ANJIE_CHECK(verify_inclusion(hasher, leaf, index, size, proof, root));
    }
    std::ranges::sort(took);
    figures.add("proof_p50", "单事件证明 p50", "Proof of one event, p50", took[took.size() / 2], "us",
                fmt::format("among {} events, nothing cached by the reader", size));
    figures.add("proof_p99", "单事件证明 p99", "Proof of one event, p99", took[took.size() * 99 / 100], "us",
                fmt::format("most {:.0f} us", took.back()));
    return {};
}

}  // namespace anjie
