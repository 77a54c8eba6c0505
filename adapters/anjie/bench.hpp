#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// Measures the figures of docs/performance.md here and now, each beside its raw limit, and prints them.
[[nodiscard]] cli::Exit bench_command(const cli::Console& console, const cli::BenchRequest& request);

}  // namespace anjie
