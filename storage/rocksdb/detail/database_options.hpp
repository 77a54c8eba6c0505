#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <string>
#include <vector>

namespace anjie::detail {

/// The column families in the order of their handles. Names are part of the format; `keys` is reserved.
enum class Family : std::size_t { unused_default, history, feed, timers, projections, tree, keys };
inline constexpr std::size_t family_count = 7;

struct DatabaseOptions {
    rocksdb::DBOptions database;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
};

/// Every option here is chosen on purpose; docs/storage.md gives the reasons.
[[nodiscard]] DatabaseOptions database_options(std::size_t block_cache_bytes, bool create, bool read_only);

/// A batch whose keys and values are checked on their way into the memtable.
[[nodiscard]] rocksdb::WriteBatch protected_batch();

}  // namespace anjie::detail
