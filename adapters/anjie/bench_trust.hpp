#pragma once

#include "adapters/anjie/bench_figures.hpp"
#include "adapters/cli/session.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"

namespace anjie {

/// Durable commands a second with sealing, hashing and tree beside the same without them, in turns on two stores.
[[nodiscard]] Result<void> measure_cost_of_trust(BenchFigures& figures, const WorkflowSet& workflows,
                                                 const cli::BenchRequest& request);

/// Full verification on two threads, and the proof of single events, on a store that holds the run's events.
[[nodiscard]] Result<void> measure_proving(BenchFigures& figures, RocksDbStore& store);

}  // namespace anjie
