#include "storage/rocksdb/backup.hpp"

#include <fmt/format.h>
#include <rocksdb/snapshot.h>
#include <rocksdb/sst_file_writer.h>

#include <optional>
#include <string>
#include <vector>

#include "storage/rocksdb/detail/status.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"

namespace anjie {
namespace {

using detail::Family;

constexpr std::uint64_t table_bytes_max = 256u << 20;
constexpr std::uint64_t rows_between_reports = 65'536;

/// Rows in key order, written straight into table files that the new database takes over: nothing is sorted, logged or
/// compacted a second time.
class FamilyCopy {
public:
    FamilyCopy(const RocksDbStore::Impl& target, Family family, std::filesystem::path scratch)
        : target_(target), handle_(target.family(family)), scratch_(std::move(scratch)) {}

    [[nodiscard]] rocksdb::Status add(const rocksdb::Slice& key, const rocksdb::Slice& value) {
        if (writer_ && writer_->FileSize() >= table_bytes_max)
            if (auto status = finish_table(); !status.ok()) return status;
        if (!writer_)
            if (auto status = begin_table(); !status.ok()) return status;
        return writer_->Put(key, value);
    }

    [[nodiscard]] rocksdb::Status finish() {
        if (writer_)
            if (auto status = finish_table(); !status.ok()) return status;
        if (tables_.empty()) return rocksdb::Status::OK();
        rocksdb::IngestExternalFileOptions options;
        options.move_files = true;
        options.snapshot_consistency = false;  // Nobody reads the copy yet.
        return target_.db->IngestExternalFile(handle_, tables_, options);
    }

private:
    rocksdb::Status begin_table() {
        auto options = target_.db->GetOptions(handle_);
        // The copy is written once and seldom read: as small as can be.
        options.compression = rocksdb::kZSTD;
        options.bottommost_compression = rocksdb::kZSTD;
        tables_.push_back((scratch_ / fmt::format("copy-{}-{}.sst", handle_->GetName(), tables_.size())).string());
        writer_.emplace(rocksdb::EnvOptions(), options, handle_);
        return writer_->Open(tables_.back());
    }
    rocksdb::Status finish_table() {
        auto status = writer_->Finish();
        writer_.reset();
        return status;
    }

    const RocksDbStore::Impl& target_;
    rocksdb::ColumnFamilyHandle* handle_;
    std::filesystem::path scratch_;
    std::optional<rocksdb::SstFileWriter> writer_;
    std::vector<std::string> tables_;
};

/// The position of the last event of the feed as the snapshot has it.
Result<Position> last_position(const RocksDbStore::Impl& source, const rocksdb::ReadOptions& read) {
    const auto rows = source.iterate(read, Family::feed);
    rows->SeekToLast();
    if (!rows->status().ok()) return detail::read_failure_of(rows->status(), "cannot read the end of the feed");
    if (!rows->Valid()) return Position{0};
    ANJIE_TRY(const auto chunk, detail::FeedChunk::read(detail::view_of(rows->key()), detail::view_of(rows->value())));
    return chunk.last();
}

/// Copies one family; `progress` hears of rows of the history only, one per event.
Result<void> copy_family(const RocksDbStore::Impl& source, const RocksDbStore::Impl& target, Family family,
                         const rocksdb::ReadOptions& read, const std::filesystem::path& scratch, Position head,
                         const Progress& progress) {
    FamilyCopy copy(target, family, scratch);
    const auto rows = source.iterate(read, family);
    std::uint64_t done = 0;
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
        if (const auto status = copy.add(rows->key(), rows->value()); !status.ok())
            return detail::failure_of(status, "cannot write the copy");
        if (family == Family::history && ++done % rows_between_reports == 0 && progress && !progress(done, head))
            return failure(ErrorCode::unavailable, "the copy was stopped");
    }
    if (!rows->status().ok()) return detail::read_failure_of(rows->status(), "cannot read what is to be copied");
    if (const auto status = copy.finish(); !status.ok()) return detail::failure_of(status, "cannot finish the copy");
    return {};
}

}  // namespace

Result<Position> copy_store(const RocksDbStore& source, const std::filesystem::path& destination,
                            const Progress& progress) {
    const auto& from = source.impl();
    std::error_code refused;
    if (std::filesystem::exists(destination, refused))
        return failure(ErrorCode::conflict, fmt::format("{} exists already", destination.string()));
    if (!std::filesystem::create_directory(destination, refused))
        return failure(ErrorCode::unavailable,
                       fmt::format("cannot create {}: {}", destination.string(), refused.message()));
    rocksdb::ManagedSnapshot moment(from.db.get());
    rocksdb::ReadOptions read;
    read.snapshot = moment.snapshot();
    read.total_order_seek = true;
    read.fill_cache = false;
    read.readahead_size = 2u << 20;
    ANJIE_TRY(const auto head, last_position(from, read));
    {
        RocksDbStore::Impl to(false);
        ANJIE_CHECK(to.open_database(destination, RocksDbOptions{}, true));
        for (const auto family : {Family::history, Family::feed, Family::tree, Family::keys})
            ANJIE_CHECK(copy_family(from, to, family, read, destination, head, progress));
    }
    ANJIE_TRY(const auto mark, detail::AcknowledgedMark::open(destination, false));
    mark.note(head);
    if (mark.read() != head)
        return failure(ErrorCode::unavailable, fmt::format("cannot write the mark in {}", destination.string()));
    // FORMAT comes last: a copy that was cut short is no store.
    ANJIE_CHECK(detail::write_format(destination, RocksDbStore::format_version));
    return head;
}

}  // namespace anjie
