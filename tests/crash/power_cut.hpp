#pragma once

#include <rocksdb/env.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace anjie::test {

/// What of each file has reached the disk, kept in memory that a killed process leaves to its parent.
/// A kill alone loses nothing that was handed to the kernel; a power cut loses what was never flushed. `cut_power`
/// makes the second out of the first. Names of files are taken to be durable at once.
class FlushLedger {
public:
    static constexpr std::size_t files_max = 4'096;

    /// Shared with children forked afterwards.
    FlushLedger();
    ~FlushLedger();
    FlushLedger(const FlushLedger&) = delete;
    FlushLedger& operator=(const FlushLedger&) = delete;

    /// Files that this environment writes are noted here. Lifetime: not longer than the ledger.
    [[nodiscard]] std::unique_ptr<rocksdb::Env> environment();

    /// Cuts every noted file back to what was flushed plus a part of the rest (a torn write), chosen by `random`.
    /// Answers how many bytes were lost.
    [[nodiscard]] std::uint64_t cut_power(std::uint64_t random);

    struct Table;

private:
    Table* table_;
};

}  // namespace anjie::test
