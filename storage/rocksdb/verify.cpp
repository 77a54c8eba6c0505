#include "storage/rocksdb/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <limits>
#include <thread>

#include "storage/rocksdb/detail/findings.hpp"
#include "storage/rocksdb/detail/status.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"
#include "storage/rocksdb/detail/verify_tree.hpp"

namespace anjie {
namespace {

using detail::Family;

constexpr std::uint64_t steps_between_reports = 65'536;

/// Stands for a leaf hash and the place that the feed gives it, in few bytes. Salted anew in each run, so that nobody
/// can prepare two that are alike.
class Fingerprints {
public:
    explicit Fingerprints(const RandomSource& random) { random.fill(std::span(bytes_).first(salt_bytes)); }

    [[nodiscard]] std::uint64_t of(const detail::HistoryKey& key, const Hash& leaf) const {
        auto bytes = bytes_;
        std::memcpy(bytes.data() + salt_bytes, key.bytes.data(), key.bytes.size());
        std::memcpy(bytes.data() + salt_bytes + key.bytes.size(), leaf.bytes.data(), leaf.bytes.size());
        return record_checksum(bytes);
    }

private:
    static constexpr std::size_t salt_bytes = 32;
    std::array<std::byte, salt_bytes + detail::HistoryKey::size + sizeof(Hash)> bytes_{};
};

/// A stretch of positions: what the feed says of each, and what the history has.
class Window {
public:
    /// `name` says which case and version the feed puts at a position.
    Window(Position first, std::size_t size, std::function<std::string(Position)> name)
        : first_(first), slots_(size), name_(std::move(name)) {}

    [[nodiscard]] Position first() const { return first_; }
    [[nodiscard]] Position last() const { return first_ + slots_.size() - 1; }

    void expect(Position position, std::uint64_t fingerprint) { slots_[position - first_].expected = fingerprint; }
    /// Threads: several, each with other positions.
    void found(Position position, std::uint64_t fingerprint, Instant recorded_at, detail::Findings& findings) {
        auto& slot = slots_[position - first_];
        if (slot.expected != fingerprint)
            findings.add(
                fmt::format("{}: the record is not the one that was appended: it has another hash", name_(position)));
        slot.recorded_at.store(recorded_at.microseconds, std::memory_order_relaxed);
    }
    /// Checks what is complete now; answers the last time.
    [[nodiscard]] Instant close(Instant before, detail::Findings& findings) const {
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            const auto recorded_at = slots_[i].recorded_at.load(std::memory_order_relaxed);
            if (recorded_at == unseen) {
                findings.add(
                    fmt::format("{}: the event was appended, but no record stands at its place", name_(first_ + i)));
                continue;
            }
            if (recorded_at < before.microseconds)
                findings.add(fmt::format("{} was recorded before the one it follows", name_(first_ + i)));
            before = {std::max(before.microseconds, recorded_at)};
        }
        return before;
    }

private:
    static constexpr auto unseen = std::numeric_limits<std::int64_t>::min();

    struct Slot {
        std::uint64_t expected{};
        std::atomic<std::int64_t> recorded_at{unseen};
    };
    Position first_;
    std::vector<Slot> slots_;
    std::function<std::string(Position)> name_;
};

class Verifier {
public:
    Verifier(const RocksDbStore& store, const Progress& progress, const VerifyOptions& options)
        : store_(store),
          impl_(store.impl()),
          fingerprints_(impl_.crypto.random),
          options_(options),
          head_(store.head()),
          windows_((head_ + options.window_events - 1) / options.window_events),
          findings_(options.findings_max),
          progress_(progress, head_ * std::max<std::size_t>(windows_, 1)) {}

    Result<std::vector<std::string>> run() {
        // Beside each other: one reads files, the other hashes.
        std::thread tree([&] { detail::verify_feed_and_tree(impl_, options_.signed_roots, findings_); });
        if (const auto status = impl_.db->VerifyChecksum(); !status.ok())
            findings_.add(fmt::format("a file is damaged: {}", status.ToString()));
        tree.join();
        if (const auto mark = impl_.acknowledged_before; mark > head_)
            findings_.add(fmt::format("the log ends at position {}, but {} was acknowledged", head_, mark));
        Instant time{std::numeric_limits<std::int64_t>::min()};
        // An empty log is looked at once too: there must be no record.
        for (std::size_t number = 0; number < std::max<std::size_t>(windows_, 1); ++number) {
            const auto first = 1 + number * options_.window_events;
            Window window(first, std::min<std::size_t>(options_.window_events, head_ + 1 - first),
                          [this](Position position) { return name_of(position); });
            expect_from_feed(window);
            ANJIE_CHECK(compare_with_history(window, number == 0));
            if (progress_.stopped()) return failure(ErrorCode::unavailable, "verification was stopped");
            time = window.close(time, findings_);
        }
        return findings_.take();
    }

private:
    [[nodiscard]] std::unique_ptr<rocksdb::Iterator> chunks() const {
        rocksdb::ReadOptions read;
        read.fill_cache = false;
        read.readahead_size = 2u << 20;
        return impl_.iterate(read, Family::feed);
    }

    [[nodiscard]] std::string name_of(Position position) const {
        const auto rows = chunks();
        rows->SeekForPrev(detail::feed_key(position));
        if (rows->Valid()) {
            const auto chunk = detail::FeedChunk::read(detail::view_of(rows->key()), detail::view_of(rows->value()));
            if (chunk && position >= chunk->first() && position <= chunk->last()) {
                const auto entry = chunk->entry(static_cast<std::uint32_t>(position - chunk->first()));
                return fmt::format("position {} (case {}, version {})", position, to_string(entry.case_id),
                                   entry.version);
            }
        }
        return fmt::format("position {}", position);
    }

    void expect_from_feed(Window& window) const {
        const auto rows = chunks();
        for (rows->SeekForPrev(detail::feed_key(window.first())); rows->Valid(); rows->Next()) {
            const auto chunk = detail::FeedChunk::read(detail::view_of(rows->key()), detail::view_of(rows->value()));
            if (!chunk) continue;  // Told by verify_feed_and_tree.
            if (chunk->first() > window.last()) return;
            const auto begin = std::max(chunk->first(), window.first());
            const auto end = std::min(chunk->last(), window.last());
            for (auto position = begin; position <= end; ++position) {
                const auto entry = chunk->entry(static_cast<std::uint32_t>(position - chunk->first()));
                window.expect(position, fingerprints_.of({entry.case_id, entry.version}, entry.leaf));
            }
        }
    }

    /// Each range on a thread of its own, at most `threads` at a time.
    Result<void> compare_with_history(Window& window, bool first_time) {
        const auto threads = std::max<std::size_t>(options_.threads, 1);
        ANJIE_TRY(const auto ranges, store_.split(threads * 4));
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (auto i = next++; i < ranges.size(); i = next++) compare_range(ranges[i], window, first_time);
        };
        std::vector<std::thread> others;
        for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
        work();
        for (auto& other : others) other.join();
        return {};
    }

    void compare_range(const CaseRange& range, Window& window, bool first_time) {
        rocksdb::ReadOptions read;
        read.total_order_seek = true;
        read.readahead_size = 2u << 20;
        read.fill_cache = false;
        const auto upper = range.to ? detail::slice_of(*range.to) : rocksdb::Slice();
        if (range.to) read.iterate_upper_bound = &upper;
        const auto rows = impl_.iterate(read, Family::history);
        RecordReader reader;
        CaseId id{};
        Version last = 0;
        std::uint64_t steps = 0;
        for (rows->Seek(detail::slice_of(range.from)); rows->Valid(); rows->Next()) {
            if (++steps % steps_between_reports == 0 && !progress_.advance(steps_between_reports)) return;
            const auto key = detail::parse_history_key(rows->key());
            if (!key) {
                if (first_time) findings_.add("the history has a key of a wrong length");
                continue;
            }
            const auto due = key->case_id == id ? last + 1 : 1;
            if (first_time && key->version != due)
                findings_.add(fmt::format("case {} goes on with version {} where {} is due", to_string(key->case_id),
                                          key->version, due));
            id = key->case_id;
            last = key->version;
            compare_record(reader, *key, rows->value(), window, first_time);
        }
        progress_.advance(steps % steps_between_reports);
        if (first_time && !rows->status().ok())
            findings_.add(fmt::format("the history cannot be read: {}", rows->status().ToString()));
    }

    void compare_record(RecordReader& reader, const detail::CaseAndVersion& key, const rocksdb::Slice& value,
                        Window& window, bool first_time) {
        const auto event = detail::read_stored(reader, key.case_id, key.version, value);
        if (!event) {
            if (first_time) findings_.add(event.error().detail);
            return;
        }
        const auto position = event->header.position;
        if (first_time && (position == 0 || position > head_))
            findings_.add(fmt::format("version {} of case {} says position {}, which the feed does not have",
                                      key.version, to_string(key.case_id), position));
        if (position < window.first() || position > window.last() || position > head_) return;
        window.found(position, fingerprints_.of({key.case_id, key.version}, impl_.crypto.hasher.leaf(event->record)),
                     event->header.recorded_at, findings_);
    }

    const RocksDbStore& store_;
    const RocksDbStore::Impl& impl_;
    Fingerprints fingerprints_;
    const VerifyOptions& options_;
    Position head_;
    std::size_t windows_;
    detail::Findings findings_;
    detail::ProgressMeter progress_;
};

}  // namespace

Result<std::vector<std::string>> verify_store(const RocksDbStore& store, const Progress& progress,
                                              const VerifyOptions& options) {
    return Verifier(store, progress, options).run();
}

}  // namespace anjie
