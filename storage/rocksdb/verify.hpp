#pragma once

#include <string>
#include <vector>

#include "engine/projection.hpp"
#include "engine/trust/hash.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"

namespace anjie {

/// What somebody signed for: the root of the log's first `size` events.
struct SignedRoot {
    std::uint64_t size{};
    Hash root;
    std::string signed_by;  ///< Where it was found, for the finding's sentence.
};

struct VerifyOptions {
    std::size_t threads{2};
    std::size_t window_events{8u << 20};     ///< Events compared at once; each takes 16 bytes of memory.
    std::size_t findings_max{1000};          ///< More are counted, not told.
    std::vector<SignedRoot> signed_roots{};  ///< Ascending by size; the log must lead to each.
};

/// Checks everything a disk can lie about: block checksums of every file; every record reads and says the place it
/// stands at; versions of each case without a gap; the feed without a gap, each entry naming the leaf hash of its
/// record; no record without an entry; every hash of the tree; the root at each size that was signed; recorded_at never
/// decreasing; the log not ending before what was acknowledged. Answers a sentence per finding; none means sound.
/// Requires: nobody appends meanwhile. Errors: `unavailable` (the disk refuses, or `progress` said stop).
[[nodiscard]] Result<std::vector<std::string>> verify_store(const RocksDbStore& store, const Progress& progress = {},
                                                            const VerifyOptions& options = {});

}  // namespace anjie
