#include "storage/rocksdb/detail/database_options.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include "storage/rocksdb/detail/history_key.hpp"

namespace anjie::detail {
namespace {

constexpr std::size_t mebibyte = 1u << 20;
/// One per case with events in the memtable, about; 8 bytes each.
constexpr std::size_t memtable_buckets = 1u << 17;

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.cache_index_and_filter_blocks = true;
    table.cache_index_and_filter_blocks_with_high_priority = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    table.block_size = 16 * 1024;
    table.format_version = 5;
    return table;
}

rocksdb::ColumnFamilyOptions family_options(rocksdb::BlockBasedTableOptions table, std::size_t buffer_bytes) {
    rocksdb::ColumnFamilyOptions family;
    family.write_buffer_size = buffer_bytes;
    family.max_write_buffer_number = 2;
    family.level_compaction_dynamic_level_bytes = true;
    family.compression = rocksdb::kLZ4Compression;
    family.bottommost_compression = rocksdb::kZSTD;
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return family;
}

rocksdb::ColumnFamilyOptions history_options(rocksdb::BlockBasedTableOptions table) {
    // A case's events share their first 16 bytes; the filter tells at once that a new case has none.
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.whole_key_filtering = false;
    auto family = family_options(table, 64 * mebibyte);
    family.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(case_id_bytes));
    family.memtable_factory.reset(rocksdb::NewHashSkipListRepFactory(memtable_buckets));
    return family;
}

rocksdb::DBOptions whole_database_options(bool create, bool read_only) {
    rocksdb::DBOptions database;
    database.create_if_missing = create;
    database.create_missing_column_families = create;
    database.paranoid_checks = true;
    database.track_and_verify_wals_in_manifest = true;
    database.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    database.manual_wal_flush = false;
    database.allow_concurrent_memtable_write = false;
    database.enable_pipelined_write = false;
    database.max_background_jobs = 2;
    database.max_bgerror_resume_count = 0;
    database.max_total_wal_size = 160 * mebibyte;
    database.db_write_buffer_size = 160 * mebibyte;
    database.avoid_flush_during_recovery = true;
    database.skip_stats_update_on_db_open = true;
    // Read-only holds every table file open, so that a writer's compaction cannot take one away.
    database.max_open_files = read_only ? -1 : 512;
    database.bytes_per_sync = mebibyte;
    database.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
    return database;
}

}  // namespace

DatabaseOptions database_options(std::size_t block_cache_bytes, bool create, bool read_only) {
    const auto cache = rocksdb::NewLRUCache(block_cache_bytes);
    const auto table = table_options(cache);
    DatabaseOptions options;
    options.database = whole_database_options(create, read_only);
    options.families = {{rocksdb::kDefaultColumnFamilyName, family_options(table, mebibyte)},
                        {"history", history_options(table)},
                        {"feed", family_options(table, 8 * mebibyte)},
                        {"timers", family_options(table, 16 * mebibyte)},
                        {"projections", family_options(table, 32 * mebibyte)},
                        {"tree", family_options(table, 8 * mebibyte)},
                        {"keys", family_options(table, 4 * mebibyte)}};
    return options;
}

rocksdb::WriteBatch protected_batch() { return rocksdb::WriteBatch(0, 0, 8, 0); }

}  // namespace anjie::detail
