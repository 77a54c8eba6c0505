#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "engine/result.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"

namespace anjie {

/// How long one durable write of a file takes, by rank.
struct FlushTimes {
    std::chrono::nanoseconds p50{};
    std::chrono::nanoseconds p99{};
    std::chrono::nanoseconds most{};
};

/// Appends `bytes` bytes to a file in `directory` and flushes its data, `rounds` times.
/// Requires: `rounds` > 0. Errors: `unavailable`.
[[nodiscard]] Result<FlushTimes> measure_fdatasync(const std::filesystem::path& directory, std::size_t bytes,
                                                   std::size_t rounds);

struct RawRate {
    std::uint64_t rows{};
    std::uint64_t bytes{};  ///< Of keys and values.
    std::chrono::nanoseconds took{};

    [[nodiscard]] double rows_per_second() const {
        return took.count() > 0 ? static_cast<double>(rows) * 1e9 / static_cast<double>(took.count()) : 0;
    }
};

/// Writes the same keys and values as a store holds into a fresh database in `directory` with the store's own options,
/// `batch` of them per synchronous write, in log order and nothing else: what no engine above it can exceed.
/// Requires: `directory` does not exist yet; it is removed again. Errors: `unavailable`.
[[nodiscard]] Result<RawRate> measure_raw_batch(const std::filesystem::path& directory,
                                                const std::vector<std::pair<std::string, std::string>>& rows,
                                                std::size_t batch);

/// The keys and stored bytes of the first `limit` events of the log, for `measure_raw_batch`.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> raw_rows(const RocksDbStore& store,
                                                                                std::size_t limit);

/// Walks over all of the history on `threads` threads, touching keys and values and reading nothing in them.
[[nodiscard]] Result<RawRate> measure_raw_scan(const RocksDbStore& store, std::size_t threads);

}  // namespace anjie
