#pragma once

#include <cstdint>
#include <utility>

#include "adapters/anjie/bench_workload.hpp"
#include "engine/engine.hpp"

namespace anjie {

/// Clients that wait for their answer at the same time, each with one command.
constexpr std::size_t bench_clients = 2 * 8'192;

struct BenchWritten {
    std::uint64_t commands{};
    double seconds{};
};

/// Sends every step of the cases in [first, second) as many clients do, and waits for the last answer.
/// Errors: `corrupt` when a command was refused: figures of it would mean nothing.
[[nodiscard]] Result<BenchWritten> many_clients(Engine& engine, const BenchWorkload& workload,
                                                std::pair<std::uint32_t, std::uint32_t> cases);

}  // namespace anjie
