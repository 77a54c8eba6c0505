#include "storage/rocksdb/raw_limits.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>

#include "engine/assert.hpp"
#include "storage/rocksdb/detail/status.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"

namespace anjie {
namespace {

using Clock = std::chrono::steady_clock;
using detail::Family;

/// A folder that is gone at the end, whatever happened.
struct Scratch {
    explicit Scratch(std::filesystem::path path_in) : path(std::move(path_in)) {}
    ~Scratch() {
        std::error_code error;
        std::filesystem::remove_all(path, error);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path path;
};

struct Counted {
    std::uint64_t rows{};
    std::uint64_t bytes{};
};

Result<Counted> walk(const RocksDbStore::Impl& store, const CaseRange& range) {
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    options.readahead_size = 2u << 20;
    options.fill_cache = false;
    const auto upper = range.to ? detail::slice_of(*range.to) : rocksdb::Slice();
    if (range.to) options.iterate_upper_bound = &upper;
    Counted counted;
    const auto rows = store.iterate(options, Family::history);
    for (rows->Seek(detail::slice_of(range.from)); rows->Valid(); rows->Next()) {
        ++counted.rows;
        counted.bytes += rows->key().size() + rows->value().size();
    }
    if (!rows->status().ok()) return detail::read_failure_of(rows->status(), "cannot scan the history");
    return counted;
}

}  // namespace

Result<FlushTimes> measure_fdatasync(const std::filesystem::path& directory, std::size_t bytes, std::size_t rounds) {
    ANJIE_ASSERT(rounds > 0);
    const Scratch scratch(directory / "anjie-fdatasync.tmp");
    const detail::File file(::open(scratch.path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const std::string data(bytes, 'x');
    std::vector<std::chrono::nanoseconds> times;
    times.reserve(rounds);
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto start = Clock::now();
        if (::write(file.descriptor(), data.data(), data.size()) != static_cast<ssize_t>(data.size()) ||
            ::fdatasync(file.descriptor()) != 0)
            return failure(ErrorCode::unavailable,
                           fmt::format("cannot write {}: {}", scratch.path.string(), std::strerror(errno)));
        times.push_back(Clock::now() - start);
    }
    std::ranges::sort(times);
    return FlushTimes{times[rounds / 2], times[rounds * 99 / 100], times.back()};
}

Result<RawRate> measure_raw_batch(const std::filesystem::path& directory,
                                  const std::vector<std::pair<std::string, std::string>>& rows, std::size_t batch) {
    const Scratch scratch(directory);
    RocksDbStore::Impl store(false);
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) return failure(ErrorCode::unavailable, fmt::format("cannot create {}", directory.string()));
    ANJIE_CHECK(store.open_database(directory, RocksDbOptions{}, true));
    rocksdb::WriteOptions durable;
    durable.sync = true;
    RawRate rate;
    auto writes = detail::protected_batch();
    const auto start = Clock::now();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& [key, value] = rows[i];
        auto status = writes.Put(store.family(Family::history), key, value);
        rate.bytes += key.size() + value.size();
        if (status.ok() && (writes.Count() == std::max<std::size_t>(batch, 1) || i + 1 == rows.size())) {
            status = store.db->Write(durable, &writes);
            writes.Clear();
        }
        if (!status.ok()) return detail::failure_of(status, "cannot write");
    }
    rate.took = Clock::now() - start;
    rate.rows = rows.size();
    return rate;
}

Result<std::vector<std::pair<std::string, std::string>>> raw_rows(const RocksDbStore& store, std::size_t limit) {
    std::vector<std::pair<std::string, std::string>> rows;
    ANJIE_CHECK(store.read_feed(0, limit, [&](const EventView& event) {
        const detail::HistoryKey key(event.header.case_id, event.header.version);
        rows.emplace_back(key.slice().ToString(), detail::slice_of(event.record).ToString());
        return true;
    }));
    return rows;
}

Result<RawRate> measure_raw_scan(const RocksDbStore& store, std::size_t threads) {
    threads = std::max<std::size_t>(threads, 1);
    const auto start = Clock::now();
    ANJIE_TRY(const auto ranges, store.split(threads == 1 ? 1 : threads * 4));
    std::vector<Result<Counted>> parts(ranges.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (auto i = next++; i < ranges.size(); i = next++) parts[i] = walk(store.impl(), ranges[i]);
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    for (auto& other : others) other.join();
    RawRate rate;
    for (const auto& part : parts) {
        if (!part) return std::unexpected(part.error());
        rate.rows += part->rows;
        rate.bytes += part->bytes;
    }
    rate.took = Clock::now() - start;
    return rate;
}

}  // namespace anjie
