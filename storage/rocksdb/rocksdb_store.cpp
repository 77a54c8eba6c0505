#include "storage/rocksdb/rocksdb_store.hpp"

#include <fmt/format.h>

#include "storage/crypto/openssl_suite.hpp"
#include "storage/record/append_check.hpp"
#include "storage/rocksdb/detail/message_log.hpp"
#include "storage/rocksdb/detail/status.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"

namespace anjie {
namespace {

using detail::Family;

/// Whether there is a store in the directory that this program can read; false when one is yet to be made.
Result<bool> find_store(const std::filesystem::path& directory, bool create) {
    std::error_code error;
    if (create) std::filesystem::create_directories(directory, error);
    if (error)
        return failure(ErrorCode::unavailable,
                       fmt::format("cannot create {}: {}", directory.string(), error.message()));
    ANJIE_TRY(const auto version, detail::read_format(directory));
    if (version && *version > RocksDbStore::format_version)
        return failure(ErrorCode::invalid,
                       fmt::format("{} was written by a newer anjie (store format {}, this one reads up to {})",
                                   directory.string(), *version, RocksDbStore::format_version));
    if (version == 1u)
        return failure(ErrorCode::invalid,
                       fmt::format("{} was written before events were hashed (store format 1); import its ledger into "
                                   "a new data directory",
                                   directory.string()));
    if (version == 0u) return failure(ErrorCode::invalid, fmt::format("{} names format 0", directory.string()));
    if (!version && !create)
        return failure(ErrorCode::not_found, fmt::format("there is no anjie store in {}", directory.string()));
    return version.has_value();
}

}  // namespace

RocksDbStore::Impl::~Impl() {
    for (auto* handle : handles) {
        [[maybe_unused]] const auto status = db->DestroyColumnFamilyHandle(handle);
    }
    if (db) {
        [[maybe_unused]] const auto status = db->Close();
    }
}

RocksDbStore::RocksDbStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RocksDbStore::~RocksDbStore() = default;

Result<std::unique_ptr<RocksDbStore>> RocksDbStore::open(const std::filesystem::path& directory,
                                                         const RocksDbOptions& options) {
    const bool create = options.create_if_missing && !options.read_only;
    ANJIE_TRY(const bool exists, find_store(directory, create));
    auto impl = std::make_unique<Impl>(options.read_only);
    impl->synchronous = options.synchronous;
    impl->without_trust = options.without_trust;
    if (!options.read_only) {
        ANJIE_TRY(impl->lock, detail::lock_directory(directory));
    }
    // Read before the database is: a writer at work must not seem to have lost what it appended in between.
    ANJIE_TRY(auto acknowledged, detail::AcknowledgedMark::open(directory, options.read_only));
    impl->acknowledged_before = acknowledged.read();
    impl->acknowledged.emplace(std::move(acknowledged));
    ANJIE_CHECK(impl->open_database(directory, options, !exists));
    ANJIE_CHECK(impl->open_keys(options.keys.empty() ? directory / "keys" : options.keys));
    // FORMAT comes last: a directory that has it has a whole database, which is never made anew.
    if (!exists) ANJIE_CHECK(detail::write_format(directory, format_version));
    ANJIE_CHECK(impl->recover_head());
    if (options.without_trust && impl->head != 0)
        return failure(ErrorCode::invalid, "a store that has events cannot go on without trust");
    if (const auto mark = impl->acknowledged_before; !options.read_only && impl->head < mark)
        return failure(ErrorCode::corrupt,
                       fmt::format("the log ends at position {}, but {} was acknowledged: events have been lost; "
                                   "restore a backup, or open read-only to see what is left",
                                   impl->head.load(), mark));
    return std::unique_ptr<RocksDbStore>(new RocksDbStore(std::move(impl)));
}

Result<void> RocksDbStore::Impl::open_database(const std::filesystem::path& directory, const RocksDbOptions& options,
                                               bool create) {
    auto chosen = detail::database_options(options.block_cache_bytes, create, read_only);
    if (options.environment != nullptr) chosen.database.env = options.environment;
    chosen.database.info_log = read_only ? detail::silent_log() : detail::message_log(directory);
    const auto path = detail::database_path(directory).string();
    rocksdb::DB* opened = nullptr;
    rocksdb::Status status;
    try {
        if (read_only) {
            status = rocksdb::DB::OpenForReadOnly(chosen.database, path, chosen.families, &handles, &opened);
        } else {
            status = rocksdb::DB::Open(chosen.database, path, chosen.families, &handles, &opened);
        }
    } catch (const std::exception& thrown) {
        return failure(ErrorCode::corrupt, fmt::format("cannot open {}: {}", path, thrown.what()));
    }
    db.reset(opened);
    if (!status.ok()) {
        // A database that is there but lacks a part is damage, not a wrong request.
        if (!status.IsIOError() || status.IsPathNotFound())
            return failure(ErrorCode::corrupt, fmt::format("cannot open {}: {}", path, status.ToString()));
        return detail::failure_of(status, fmt::format("cannot open {}", path));
    }
    return {};
}

Result<void> RocksDbStore::Impl::open_keys(const std::filesystem::path& folder) {
    key_family.emplace(*db, family(Family::keys), synchronous);
    key_folder.emplace(folder);
    ANJIE_TRY(keys, KeyRing::open(openssl_suite(), *key_folder, *key_family, read_only));
    return {};
}

Result<void> RocksDbStore::Impl::recover_head() {
    const auto last = iterate({}, Family::feed);
    last->SeekToLast();
    if (!last->Valid()) {
        if (!last->status().ok()) return detail::read_failure_of(last->status(), "cannot read the end of the feed");
        return {};
    }
    ANJIE_TRY(const auto end, detail::FeedChunk::read(detail::view_of(last->key()), detail::view_of(last->value())));
    const auto entry = end.entry(end.size() - 1);
    rocksdb::PinnableSlice value;
    const detail::HistoryKey key(entry.case_id, entry.version);
    if (const auto status = db->Get({}, family(Family::history), key.slice(), &value); !status.ok())
        return detail::read_failure_of(status, fmt::format("cannot read the last event, {}", end.last()));
    RecordReader reader;
    ANJIE_TRY(const auto event, detail::read_stored(reader, entry.case_id, entry.version, value));
    if (event.header.position != end.last() || crypto.hasher.leaf(event.record) != entry.leaf)
        return failure(ErrorCode::corrupt,
                       fmt::format("the last event, {}, is not the one the feed names", end.last()));
    head = end.last();
    last_recorded_at = event.header.recorded_at.microseconds;
    return {};
}

Result<void> RocksDbStore::Impl::refuse_if_not_writable() const {
    if (read_only) return failure(ErrorCode::invalid, "the store was opened read-only");
    if (failed) return failure(ErrorCode::unavailable, "a write has failed; the store must be opened again");
    return {};
}

Result<bool> RocksDbStore::Impl::is_next_version(const CaseId& id, Version version) const {
    if (version == 0) return false;
    if (const auto last = versions.find(id)) return version == *last + 1;
    const auto is_there = [&](Version wanted) -> Result<bool> {
        rocksdb::PinnableSlice value;
        const detail::HistoryKey key(id, wanted);
        const auto status = db->Get({}, family(Family::history), key.slice(), &value);
        if (!status.ok() && !status.IsNotFound())
            return detail::read_failure_of(status, fmt::format("cannot read case {}", to_string(id)));
        return status.ok();
    };
    ANJIE_TRY(const bool taken, is_there(version));
    if (taken || version == 1) return !taken;
    return is_there(version - 1);
}

Result<void> RocksDbStore::Impl::encode(std::span<const AppendEvent> events) {
    batch.Clear();
    chunk.clear();
    if (!frontier && !without_trust) ANJIE_CHECK(restore_frontier());
    rocksdb::Status tree_status;
    const auto put_tree_hash = [&](detail::TreeKey key, const Hash& hash) {
        if (tree_status.ok())
            tree_status = batch.Put(family(Family::tree), detail::tree_key(key.level, key.index),
                                    detail::slice_of(view_of(hash)));
    };
    auto first = events.front().header.position;
    const auto close_chunk = [&] {
        auto status = batch.Put(family(Family::feed), detail::feed_key(first), detail::slice_of(chunk.value()));
        first += chunk.size();
        chunk.clear();
        return status;
    };
    for (const auto& event : events) {
        ANJIE_TRY(const auto sealed, sealed_part(event));
        ANJIE_TRY(const auto record, writer.write(event, sealed));
        const detail::HistoryKey key(event.header.case_id, event.header.version);
        auto status = batch.Put(family(Family::history), key.slice(), detail::slice_of(record));
        const auto leaf = without_trust ? Hash{} : crypto.hasher.leaf(record);
        chunk.add({event.header.case_id, event.header.version, leaf});
        if (!without_trust) frontier->add(leaf, put_tree_hash);
        if (status.ok() && (chunk.size() == detail::feed_chunk_entries_max || &event == &events.back()))
            status = close_chunk();
        if (status.ok()) status = tree_status;
        if (!status.ok()) return detail::failure_of(status, "cannot put an event into a batch");
    }
    return put_keys();
}

Result<BytesView> RocksDbStore::Impl::sealed_part(const AppendEvent& event) {
    if (!without_trust) return keys->seal(event);
    plain.clear();
    for (const auto& field : event.body.sealed) {
        const auto text = std::as_bytes(std::span(field.text));
        plain.insert(plain.end(), text.begin(), text.end());
    }
    return plain;
}

Result<void> RocksDbStore::Impl::put_keys() {
    ANJIE_TRY(const auto key_rows, keys->rows_to_write());
    for (const auto& [key, row] : key_rows)
        if (const auto status = batch.Put(family(Family::keys), key, row); !status.ok())
            return detail::failure_of(status, "cannot put keys into a batch");
    return {};
}

Result<void> RocksDbStore::Impl::commit(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& writes,
                                        std::string_view what) {
    rocksdb::Status status;
    try {
        status = db->Write(options, &writes);
    } catch (const std::exception& thrown) {
        status = rocksdb::Status::Aborted(thrown.what());
    }
    if (status.ok()) return {};
    failed = true;
    return failure(ErrorCode::unavailable, fmt::format("{}: {}", what, status.ToString()));
}

Result<void> RocksDbStore::append(std::span<const AppendEvent> batch) {
    auto& impl = *impl_;
    ANJIE_CHECK(impl.refuse_if_not_writable());
    if (batch.empty()) return {};
    const auto before = impl.head.load();
    const auto last_time = before == 0 ? batch.front().header.recorded_at : last_recorded_at();
    ANJIE_CHECK(check_follows(batch, before, last_time,
                              [&](CaseId id, Version version) { return impl.is_next_version(id, version); }));
    const auto keys_held = impl.keys->exclusive();
    rocksdb::WriteOptions options;
    options.sync = impl.synchronous;
    auto written = impl.encode(batch);
    if (written) written = impl.commit(options, impl.batch, "cannot append to the log");
    if (!written) {
        impl.keys->forget_unwritten();
        impl.frontier.reset();  // It may have leaves of the batch.
    }
    ANJIE_CHECK(written);
    impl.keys->written();
    for (const auto& event : batch) impl.versions.remember(event.header.case_id, event.header.version);
    impl.last_recorded_at = batch.back().header.recorded_at.microseconds;
    impl.head = batch.back().header.position;
    impl.acknowledged->note(impl.head);
    return {};
}

Position RocksDbStore::head() const { return impl_->head; }

Instant RocksDbStore::last_recorded_at() const { return {impl_->last_recorded_at}; }

Result<std::vector<SealedField>> RocksDbStore::unseal(const EventView& event) const {
    return impl_->keys->unseal(event);
}

Result<std::size_t> RocksDbStore::erase_keys(const CaseId& id, std::span<const std::uint16_t> subjects,
                                             const Progress& progress) {
    ANJIE_CHECK(impl_->refuse_if_not_writable());
    const auto held = impl_->keys->exclusive();
    std::size_t erased = 0;
    for (const auto subject : subjects) {
        ANJIE_TRY(const auto changed, impl_->keys->set_state(id, subject, KeyState::erased));
        erased += changed;
    }
    ANJIE_CHECK(impl_->keys->rotate(progress));
    // Stale rows are noise now; they need not stay in files either.
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    if (const auto status = impl_->db->CompactRange(options, impl_->family(Family::keys), nullptr, nullptr);
        !status.ok())
        return detail::failure_of(status, "cannot compact the keys");
    return erased;
}

Result<std::size_t> RocksDbStore::restrict_keys(const CaseId& id, std::optional<std::uint16_t> subject,
                                                bool restricted) {
    ANJIE_CHECK(impl_->refuse_if_not_writable());
    const auto held = impl_->keys->exclusive();
    return impl_->keys->set_state(id, subject, restricted ? KeyState::restricted : KeyState::usable);
}

Result<std::vector<SubjectState>> RocksDbStore::key_states(const CaseId& id) const { return impl_->keys->states(id); }

Result<void> RocksDbStore::compact() {
    ANJIE_CHECK(impl_->refuse_if_not_writable());
    ANJIE_CHECK(make_durable());
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    for (auto* handle : impl_->handles)
        if (const auto status = impl_->db->CompactRange(options, handle, nullptr, nullptr); !status.ok())
            return detail::failure_of(status, "cannot compact");
    return {};
}

}  // namespace anjie
