#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>

#include "benchmarks/life.hpp"
#include "engine/assert.hpp"
#include "storage/record/record_reader.hpp"
#include "storage/record/record_writer.hpp"
#include "storage/rocksdb/raw_limits.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"

namespace anjie {
namespace {

/// A folder of its own under TMPDIR, gone at the end: durable writes are as fast as the disk that TMPDIR is on.
class Folder {
public:
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "anjie-bench-XXXXXX").string();
        ANJIE_ASSERT(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void count_items(benchmark::State& state, std::size_t each) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(each));
}

/// At least `count` events, whole lives one after the other.
std::vector<AppendEvent> log_of(std::size_t count) {
    std::vector<AppendEvent> log;
    for (std::uint32_t number = 1; log.size() < count; ++number)
        for (auto& event : bench::live(number, log.size()).events) log.push_back(std::move(event));
    return log;
}

void write_record(benchmark::State& state) {
    const auto events = bench::live(1).events;
    RecordWriter writer;
    for (auto _ : state)
        for (const auto& event : events) benchmark::DoNotOptimize(writer.write(event, {}));
    count_items(state, events.size());
}
BENCHMARK(write_record);

void read_stored_record(benchmark::State& state) {
    RecordWriter writer;
    std::vector<Bytes> records;
    for (const auto& event : bench::live(1).events) {
        const auto record = writer.write(event, {});
        ANJIE_ASSERT(record.has_value());
        records.emplace_back(record->begin(), record->end());
    }
    for (auto _ : state)
        for (const auto& record : records) benchmark::DoNotOptimize(read_record(record));
    count_items(state, records.size());
}
BENCHMARK(read_stored_record);

std::size_t events_for(std::size_t batch) { return batch == 1 ? 1'000 : batch * 16; }

/// Durable appends of a batch; one iteration is a whole log in a new store, opening not counted.
void append(benchmark::State& state) {
    const auto batch = static_cast<std::size_t>(state.range(0));
    const auto log = log_of(events_for(batch));
    for (auto _ : state) {
        state.PauseTiming();
        {
            const Folder folder;
            auto store = RocksDbStore::open(folder.path() / "store", {.create_if_missing = true});
            ANJIE_ASSERT(store.has_value());
            state.ResumeTiming();
            for (std::span<const AppendEvent> rest = log; !rest.empty();) {
                const auto part = rest.first(std::min(batch, rest.size()));
                ANJIE_ASSERT((*store)->append(part).has_value());
                rest = rest.subspan(part.size());
            }
            state.PauseTiming();
        }
        state.ResumeTiming();
    }
    count_items(state, log.size());
}
BENCHMARK(append)->Arg(1)->Arg(64)->Arg(4096)->UseRealTime()->Unit(benchmark::kMillisecond);

/// The limit of `append`: the same keys and values put into RocksDB with the same batches and nothing else.
void append_raw(benchmark::State& state) {
    const auto batch = static_cast<std::size_t>(state.range(0));
    const auto log = log_of(events_for(batch));
    const Folder folder;
    auto store = RocksDbStore::open(folder.path() / "store", {.create_if_missing = true});
    ANJIE_ASSERT(store.has_value() && (*store)->append(log).has_value());
    const auto rows = raw_rows(**store, log.size());
    ANJIE_ASSERT(rows.has_value() && rows->size() == log.size());
    for (auto _ : state) {
        const auto rate = measure_raw_batch(folder.path() / "raw", *rows, batch);
        ANJIE_ASSERT(rate.has_value());
        state.SetIterationTime(std::chrono::duration<double>(rate->took).count());
    }
    count_items(state, rows->size());
}
BENCHMARK(append_raw)->Arg(1)->Arg(64)->Arg(4096)->UseManualTime()->Unit(benchmark::kMillisecond);

/// One case of a thousand, out of the block cache. Per case.
void read_case(benchmark::State& state) {
    const auto log = log_of(20'000);
    const Folder folder;
    auto store = RocksDbStore::open(folder.path() / "store", {.create_if_missing = true});
    ANJIE_ASSERT(store.has_value() && (*store)->append(log).has_value() && (*store)->compact().has_value());
    std::size_t next = 0;
    for (auto _ : state) {
        std::size_t seen = 0;
        ANJIE_ASSERT((*store)->read_case(log[next].header.case_id, 0, [&](const EventView&) { return ++seen > 0; })
                         .has_value());
        ANJIE_ASSERT(seen > 0);
        next = (next + 7'919) % log.size();
    }
    count_items(state, 1);
}
BENCHMARK(read_case);

}  // namespace
}  // namespace anjie
