#include "adapters/anjie/bench_clients.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace anjie {
namespace {

constexpr std::uint32_t client_threads = 2;
constexpr std::size_t in_flight_per_thread = bench_clients / client_threads;
constexpr std::uint32_t wave = 20'000;  ///< Cases that are open at the same time.

/// The workload is meant to be lawful throughout; if a rule has changed, this says where.
void report_first(const Outcome& outcome) {
    const auto& why = outcome.error();
    const auto* refused = std::get_if<Rejection>(&why);
    fmt::print(
        stderr, "anjie bench: {}\n",
        refused != nullptr ? fmt::format("{}: {}", refused->code, refused->message.en) : std::get<Error>(why).detail);
}

/// Sends every step of the cases in [first, last), wave by wave, keeping a bounded number of commands in flight.
/// Answers the number refused or failed.
std::uint64_t live_through(Engine& engine, const BenchWorkload& workload, std::uint32_t first, std::uint32_t last) {
    std::mutex mutex;
    std::condition_variable answered;
    std::size_t in_flight = 0;
    std::uint64_t bad = 0;
    const auto done = [&](const Outcome& outcome) {
        const std::lock_guard lock(mutex);
        if (!outcome && ++bad == 1) report_first(outcome);
        if (--in_flight == in_flight_per_thread / 2 || in_flight == 0) answered.notify_one();
    };
    for (auto from = first; from < last; from += wave / client_threads) {
        const auto to = std::min<std::uint32_t>(last, from + wave / client_threads);
        for (std::size_t step = 0; step < BenchWorkload::steps; ++step)
            for (auto number = from; number < to; ++number) {
                {
                    std::unique_lock lock(mutex);
                    if (in_flight >= in_flight_per_thread)
                        answered.wait(lock, [&] { return in_flight <= in_flight_per_thread / 2; });
                    ++in_flight;
                }
                if (auto sent = engine.submit(workload.command(number, step), done); !sent) {
                    const std::lock_guard lock(mutex);
                    --in_flight;
                    ++bad;
                }
            }
    }
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return in_flight == 0; });
    return bad;
}

}  // namespace

Result<BenchWritten> many_clients(Engine& engine, const BenchWorkload& workload,
                                  std::pair<std::uint32_t, std::uint32_t> cases) {
    std::atomic<std::uint64_t> refused{0};
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::thread> clients;
    const auto share = (cases.second - cases.first) / client_threads;
    for (std::uint32_t i = 0; i < client_threads; ++i)
        clients.emplace_back([&, i] {
            const auto first = cases.first + i * share;
            refused += live_through(engine, workload, first, i + 1 == client_threads ? cases.second : first + share);
        });
    for (auto& client : clients) client.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const auto commands = std::uint64_t{cases.second - cases.first} * BenchWorkload::steps;
    if (refused != 0)
        return failure(ErrorCode::corrupt,
                       fmt::format("{} of {} commands of the workload were refused: the figures would mean nothing",
                                   refused.load(), commands));
    return BenchWritten{commands, took.count()};
}

}  // namespace anjie
