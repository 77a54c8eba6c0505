#pragma once

#include <rocksdb/db.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/crypto/openssl_suite.hpp"
#include "storage/record/record_reader.hpp"
#include "storage/record/record_writer.hpp"
#include "storage/rocksdb/detail/database_options.hpp"
#include "storage/rocksdb/detail/directory.hpp"
#include "storage/rocksdb/detail/feed_chunk.hpp"
#include "storage/rocksdb/detail/history_key.hpp"
#include "storage/rocksdb/detail/key_family.hpp"
#include "storage/rocksdb/detail/last_versions.hpp"
#include "storage/rocksdb/detail/tree.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "storage/sealing/key_folder.hpp"
#include "storage/sealing/key_ring.hpp"

namespace anjie {

struct RocksDbStore::Impl {
    explicit Impl(bool read_only_in) : read_only(read_only_in) {}
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] rocksdb::ColumnFamilyHandle* family(detail::Family family) const {
        return handles[static_cast<std::size_t>(family)];
    }
    [[nodiscard]] std::unique_ptr<rocksdb::Iterator> iterate(const rocksdb::ReadOptions& options,
                                                             detail::Family which) const {
        return std::unique_ptr<rocksdb::Iterator>(db->NewIterator(options, family(which)));
    }

    [[nodiscard]] Result<void> open_database(const std::filesystem::path& directory, const RocksDbOptions& options,
                                             bool create);
    [[nodiscard]] Result<void> open_keys(const std::filesystem::path& folder);
    /// Finds the end of the log: one chunk of the feed and one record.
    [[nodiscard]] Result<void> recover_head();
    [[nodiscard]] Result<void> refuse_if_not_writable() const;
    /// Writes the history's memtable to a file when it is large: it is hashed by case, so that each scan in key order
    /// would sort it first, and it does not say how much lies between two keys.
    [[nodiscard]] Result<void> settle_memtable() const;
    [[nodiscard]] Result<bool> is_next_version(const CaseId& id, Version version) const;
    /// Puts the events' records, their feed chunks, the tree's new hashes and the keys they first need into `batch`.
    [[nodiscard]] Result<void> encode(std::span<const AppendEvent> events);
    /// The personal part as it is stored. Lifetime: until the next call.
    [[nodiscard]] Result<BytesView> sealed_part(const AppendEvent& event);
    /// The keys that the batch needs, and nothing else, go with it.
    [[nodiscard]] Result<void> put_keys();
    /// Leaf hashes of the events from position `first` on. Errors: `corrupt` when there are fewer.
    [[nodiscard]] Result<std::vector<Hash>> read_leaf_hashes(Position first, std::uint64_t count) const;
    /// Hashes of a level of tiles; level 0 are the leaves. Errors: `corrupt` when there are fewer.
    [[nodiscard]] Result<std::vector<Hash>> read_tree_hashes(unsigned level, std::uint64_t first,
                                                             std::uint64_t count) const;
    /// Reads the end of the tree before the first append.
    [[nodiscard]] Result<void> restore_frontier();
    /// Writes a batch; a failure refuses every later write.
    [[nodiscard]] Result<void> commit(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& writes,
                                      std::string_view what);

    const CryptoSuite& crypto{openssl_suite()};
    bool read_only;
    bool synchronous{true};
    bool without_trust{};  ///< See RocksDbOptions.
    detail::File lock;
    std::optional<detail::AcknowledgedMark> acknowledged;
    Position acknowledged_before{};  ///< The mark when the store was opened.
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;

    std::atomic<bool> failed{};
    std::atomic<Position> head{};
    std::atomic<std::int64_t> last_recorded_at{};

    // Of the appending thread:
    RecordWriter writer;
    detail::FeedChunkWriter chunk;
    std::optional<detail::TreeFrontier> frontier;  ///< Not before the first append.
    rocksdb::WriteBatch batch{detail::protected_batch()};
    Bytes plain;  ///< What stands for the sealed part in a store without trust.
    detail::LastVersions versions;

    std::optional<detail::KeyFamily> key_family;
    std::optional<KeyFolder> key_folder;
    std::unique_ptr<KeyRing> keys;  // Last: it uses both.
};

namespace detail {

[[nodiscard]] inline BytesView bytes_of(const rocksdb::Slice& slice) {
    return {reinterpret_cast<const std::byte*>(slice.data()), slice.size()};
}
[[nodiscard]] inline rocksdb::Slice slice_of(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline rocksdb::Slice slice_of(std::string_view text) { return {text.data(), text.size()}; }
[[nodiscard]] inline std::string_view view_of(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

/// Reads the record stored under a key and checks that it says the same place. Errors: `corrupt`.
[[nodiscard]] Result<EventView> read_stored(RecordReader& reader, const CaseId& id, Version version,
                                            const rocksdb::Slice& value);

}  // namespace detail
}  // namespace anjie
