#pragma once

#include <filesystem>

#include "engine/projection.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"

namespace anjie {

/// Copies the log of record into a new store: history, feed, tree and the wrapped keys, as of one moment. What is
/// derived stays behind, and is built anew where the copy is used. Answers the position that the copy ends at.
/// The copy is as good as what was read: check it with `verify_store`, which also finds a view torn by a writer's
/// flush in the moment it was opened.
/// Requires: `destination` does not exist; its parent does. Errors: `unavailable` (the disk refuses or is full, or
/// `progress` said stop), `corrupt`, `conflict` (the destination exists); a copy cut short has no FORMAT and is
/// therefore no store. Durable: the copy, when it returns. Cost: memory does not grow with the log.
[[nodiscard]] Result<Position> copy_store(const RocksDbStore& source, const std::filesystem::path& destination,
                                          const Progress& progress = {});

}  // namespace anjie
