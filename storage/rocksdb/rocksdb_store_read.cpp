#include <fmt/format.h>

#include <algorithm>

#include "storage/rocksdb/detail/status.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"

namespace anjie {
namespace {

using detail::Family;
using detail::HistoryKey;

constexpr std::size_t feed_slice = 256;  ///< Records fetched at once.

/// Fetches the records of a few feed entries and visits them; answers false when the visitor has had enough.
class FeedFetcher {
public:
    FeedFetcher(const RocksDbStore::Impl& store, const EventVisitor& visit)
        : store_(store), visit_(visit), values_(feed_slice), statuses_(feed_slice) {}

    /// Requires: at most `feed_slice` entries from `begin` on.
    Result<bool> visit(const detail::FeedChunk& chunk, std::uint32_t begin, std::uint32_t end) {
        keys_.clear();
        slices_.clear();
        for (auto i = begin; i < end; ++i) {
            const auto entry = chunk.entry(i);
            keys_.emplace_back(entry.case_id, entry.version);
        }
        for (const auto& key : keys_) slices_.push_back(key.slice());
        store_.db->MultiGet({}, store_.family(Family::history), slices_.size(), slices_.data(), values_.data(),
                            statuses_.data());
        for (auto i = begin; i < end; ++i) {
            ANJIE_TRY(const bool more, visit_one(chunk, i, i - begin));
            if (!more) return false;
        }
        for (auto& value : values_) value.Reset();
        return true;
    }

private:
    Result<bool> visit_one(const detail::FeedChunk& chunk, std::uint32_t index, std::uint32_t fetched) {
        const auto position = chunk.first() + index;
        const auto entry = chunk.entry(index);
        if (!statuses_[fetched].ok())
            return detail::read_failure_of(statuses_[fetched], fmt::format("cannot read event {}", position));
        ANJIE_TRY(const auto event, detail::read_stored(reader_, entry.case_id, entry.version, values_[fetched]));
        if (event.header.position != position || store_.crypto.hasher.leaf(event.record) != entry.leaf)
            return failure(ErrorCode::corrupt, fmt::format("event {} is not the one the feed names", position));
        return visit_(event);
    }

    const RocksDbStore::Impl& store_;
    const EventVisitor& visit_;
    RecordReader reader_;
    std::vector<HistoryKey> keys_;
    std::vector<rocksdb::Slice> slices_;
    std::vector<rocksdb::PinnableSlice> values_;
    std::vector<rocksdb::Status> statuses_;
};

/// The case id in the middle of the numbers of two ids, by their first 8 bytes.
std::uint64_t number_of(const rocksdb::Slice& key) { return detail::read_big_endian<std::uint64_t>(key.data()); }

CaseId id_of(std::uint64_t number) {
    CaseId id;
    detail::put_big_endian(reinterpret_cast<char*>(id.bytes.data()), number);
    return id;
}

/// Where to cut the case ids so that each part has about the same bytes. Ids carry time, so a cut by number alone would
/// leave nearly everything in one part; the database is asked how much lies before each number tried.
class Splitter {
public:
    explicit Splitter(const RocksDbStore::Impl& store) : store_(store) {}

    Result<std::vector<CaseId>> cuts(std::size_t parts) {
        std::vector<CaseId> cuts;
        ANJIE_TRY(const bool any, find_ends());
        if (!any) return cuts;
        ANJIE_TRY(const auto total, bytes_before(last_ + 1));
        for (std::size_t part = 1; part < parts; ++part) {
            ANJIE_TRY(const auto cut, number_with(total / parts * part));
            if (cut > first_ && (cuts.empty() || cuts.back() < id_of(cut))) cuts.push_back(id_of(cut));
        }
        return cuts;
    }

private:
    Result<bool> find_ends() {
        rocksdb::ReadOptions options;
        options.total_order_seek = true;
        const auto rows = store_.iterate(options, Family::history);
        rows->SeekToFirst();
        if (rows->Valid() && rows->key().size() == HistoryKey::size) first_ = number_of(rows->key());
        rows->SeekToLast();
        if (rows->Valid() && rows->key().size() == HistoryKey::size) last_ = number_of(rows->key());
        if (!rows->status().ok()) return detail::read_failure_of(rows->status(), "cannot read the history's ends");
        return first_ < last_ && last_ + 1 != 0;
    }

    Result<std::uint64_t> bytes_before(std::uint64_t number) const {
        rocksdb::SizeApproximationOptions options;
        options.include_memtables = true;
        const auto from = id_of(first_);
        const auto to = id_of(number);
        const rocksdb::Range range(detail::slice_of(from), detail::slice_of(to));
        std::uint64_t bytes = 0;
        if (const auto status =
                store_.db->GetApproximateSizes(options, store_.family(Family::history), &range, 1, &bytes);
            !status.ok())
            return detail::read_failure_of(status, "cannot measure the history");
        return bytes;
    }

    /// The smallest number found with at least `wanted` bytes before it.
    Result<std::uint64_t> number_with(std::uint64_t wanted) const {
        auto low = first_;
        auto high = last_;
        while (low < high) {
            const auto middle = low + (high - low) / 2;
            ANJIE_TRY(const auto bytes, bytes_before(middle));
            if (bytes < wanted)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    const RocksDbStore::Impl& store_;
    std::uint64_t first_{};
    std::uint64_t last_{};
};

}  // namespace

Result<EventView> detail::read_stored(RecordReader& reader, const CaseId& id, Version version,
                                      const rocksdb::Slice& value) {
    auto event = reader.read(bytes_of(value));
    if (!event)
        return failure(event.error().code,
                       fmt::format("version {} of case {}: {}", version, to_string(id), event.error().detail));
    if (event->header.case_id != id || event->header.version != version)
        return failure(ErrorCode::corrupt,
                       fmt::format("version {} of case {} holds version {} of case {}", version, to_string(id),
                                   event->header.version, to_string(event->header.case_id)));
    return event;
}

Result<void> RocksDbStore::read_case(CaseId id, Version after, const EventVisitor& visit) const {
    if (after == std::numeric_limits<Version>::max()) return {};
    rocksdb::ReadOptions options;
    options.prefix_same_as_start = true;
    const auto rows = impl_->iterate(options, Family::history);
    RecordReader reader;
    auto version = after + 1;
    for (rows->Seek(HistoryKey(id, version).slice()); rows->Valid(); rows->Next(), ++version) {
        const auto key = detail::parse_history_key(rows->key());
        if (key && key->case_id != id) break;
        if (!key || key->version != version)
            return failure(ErrorCode::corrupt, fmt::format("case {} has no version {}", to_string(id), version));
        ANJIE_TRY(const auto event, detail::read_stored(reader, id, version, rows->value()));
        if (!visit(event)) return {};
    }
    if (!rows->status().ok())
        return detail::read_failure_of(rows->status(), fmt::format("cannot read case {}", to_string(id)));
    return {};
}

Result<void> RocksDbStore::read_feed(Position after, std::size_t limit, const EventVisitor& visit) const {
    const auto end = head();
    if (after >= end || limit == 0) return {};
    const auto last = end - after > limit ? after + limit : end;
    const auto chunks = impl_->iterate({}, Family::feed);
    FeedFetcher fetcher(*impl_, visit);
    auto next = after + 1;
    for (chunks->SeekForPrev(detail::feed_key(next)); chunks->Valid() && next <= last; chunks->Next()) {
        ANJIE_TRY(const auto chunk,
                  detail::FeedChunk::read(detail::view_of(chunks->key()), detail::view_of(chunks->value())));
        if (next < chunk.first() || next > chunk.last()) break;
        while (next <= std::min(last, chunk.last())) {
            const auto slice_last = std::min({last, chunk.last(), next + feed_slice - 1});
            ANJIE_TRY(const bool more, fetcher.visit(chunk, static_cast<std::uint32_t>(next - chunk.first()),
                                                     static_cast<std::uint32_t>(slice_last - chunk.first() + 1)));
            if (!more) return {};
            next = slice_last + 1;
        }
    }
    if (!chunks->status().ok()) return detail::read_failure_of(chunks->status(), "cannot read the feed");
    if (next <= last) return failure(ErrorCode::corrupt, fmt::format("the feed has no position {}", next));
    return {};
}

Result<void> RocksDbStore::scan(const CaseRange& range, const EventVisitor& visit) const {
    if (range.to && *range.to <= range.from) return {};
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    options.readahead_size = 2u << 20;
    options.fill_cache = false;
    const auto upper = range.to ? detail::slice_of(*range.to) : rocksdb::Slice();
    if (range.to) options.iterate_upper_bound = &upper;
    const auto rows = impl_->iterate(options, Family::history);  // As of one moment: an iterator is a snapshot.
    RecordReader reader;
    CaseId id{};
    Version version = 0;
    for (rows->Seek(detail::slice_of(range.from)); rows->Valid(); rows->Next()) {
        const auto key = detail::parse_history_key(rows->key());
        if (!key) return failure(ErrorCode::corrupt, "the history has a key of a wrong length");
        version = key->case_id == id ? version + 1 : 1;
        id = key->case_id;
        if (key->version != version)
            return failure(ErrorCode::corrupt, fmt::format("case {} has no version {}", to_string(id), version));
        ANJIE_TRY(const auto event, detail::read_stored(reader, id, version, rows->value()));
        if (!visit(event)) return {};
    }
    if (!rows->status().ok()) return detail::read_failure_of(rows->status(), "cannot scan the history");
    return {};
}

Result<void> RocksDbStore::Impl::settle_memtable() const {
    constexpr std::uint64_t worth_a_file = 4u << 20;
    std::uint64_t bytes = 0;
    if (read_only || failed ||
        !db->GetIntProperty(family(Family::history), rocksdb::DB::Properties::kCurSizeActiveMemTable, &bytes) ||
        bytes < worth_a_file)
        return {};
    if (const auto status = db->Flush({}, family(Family::history)); !status.ok())
        return detail::failure_of(status, "cannot write the history's newest events to a file");
    return {};
}

Result<std::vector<CaseRange>> RocksDbStore::split(std::size_t parts) const {
    ANJIE_CHECK(impl_->settle_memtable());
    ANJIE_TRY(const auto cuts, Splitter(*impl_).cuts(std::max<std::size_t>(parts, 1)));
    std::vector<CaseRange> ranges{{CaseId{}, std::nullopt}};
    for (const auto& cut : cuts) {
        ranges.back().to = cut;
        ranges.push_back({cut, std::nullopt});
    }
    return ranges;
}

}  // namespace anjie
