#include "adapters/anjie/bench.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>

#include "adapters/anjie/bench_clients.hpp"
#include "adapters/anjie/bench_figures.hpp"
#include "adapters/anjie/bench_trust.hpp"
#include "adapters/anjie/workflows.hpp"
#include "storage/rocksdb/raw_limits.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "workflows/dispute/statistics/projection.hpp"

namespace anjie {
namespace {

using SteadyClock = std::chrono::steady_clock;
using cli::Console;
using cli::Exit;

constexpr std::size_t single_client_commands = 2'000;
constexpr std::size_t raw_rows_max = 1'000'000;
constexpr std::size_t raw_batch = 4'096;

double seconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// One client that waits for each answer: microseconds by rank.
std::pair<double, double> one_client(Engine& engine, const BenchWorkload& workload, std::uint32_t first) {
    std::vector<double> took;
    for (std::size_t i = 0; i < single_client_commands; ++i) {
        auto command =
            workload.command(first + static_cast<std::uint32_t>(i / BenchWorkload::steps), i % BenchWorkload::steps);
        const auto start = SteadyClock::now();
        static_cast<void>(engine.execute(std::move(command)));
        took.push_back(seconds_since(start) * 1e6);
    }
    std::ranges::sort(took);
    return {took[took.size() / 2], took[took.size() * 99 / 100]};
}

std::uint64_t bytes_in(const std::filesystem::path& folder) {
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder, failed))
        if (file.is_regular_file(failed)) bytes += file.file_size(failed);
    return bytes;
}

double resident_mebibytes_peak() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

double resident_mebibytes_now() {
    unsigned long pages = 0;
    if (auto* file = std::fopen("/proc/self/statm", "r"); file != nullptr) {
        if (std::fscanf(file, "%*s %lu", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return static_cast<double>(pages) * 4096 / (1 << 20);
}

Result<void> measure_writing(BenchFigures& figures, RocksDbStore& store, const WorkflowSet& workflows,
                             const cli::BenchRequest& request) {
    const SystemClock clock;
    const BenchWorkload workload(request.seed);
    Engine engine(store, clock, workflows);
    const auto cases = static_cast<std::uint32_t>(request.cases);
    ANJIE_TRY(const auto written, many_clients(engine, workload, {1, cases + 1}));
    const auto events = store.head();
    const auto commands_per_second = static_cast<double>(written.commands) / written.seconds;
    auto raw_folder = request.directory / "raw";
    ANJIE_TRY(const auto rows, raw_rows(store, raw_rows_max));
    ANJIE_TRY(const auto raw, measure_raw_batch(raw_folder, rows, raw_batch));
    const auto events_per_second = static_cast<double>(events) / written.seconds;
    figures.add("events_total", "事件", "Events", static_cast<double>(events), "events",
                fmt::format("{} cases, {} commands", cases, written.commands));
    figures.add("commands_per_second", "持久命令（多客户）", "Durable commands, many clients", commands_per_second,
                "commands/s", fmt::format("{} clients in flight", bench_clients));
    figures.add("events_per_second", "持久事件（多客户）", "Durable events, many clients", events_per_second,
                "events/s", fmt::format("{:.2f} of the raw batch write", events_per_second / raw.rows_per_second()));
    figures.add("raw_batch_write", "极限：RocksDB 批量同步写", "Raw limit: RocksDB batch write", raw.rows_per_second(),
                "rows/s", fmt::format("same keys and values, {} a batch", raw_batch));

    const auto [p50, p99] = one_client(engine, workload, cases + 1);
    const auto record_bytes = raw.rows == 0 ? 256 : raw.bytes / raw.rows;
    ANJIE_TRY(const auto flush, measure_fdatasync(request.directory, record_bytes + 100, single_client_commands));
    const auto flush_p50 = static_cast<double>(flush.p50.count()) / 1000;
    figures.add("single_client_p50", "单客户 p50", "One client, p50", p50, "us",
                fmt::format("{:.2f} x fdatasync", p50 / flush_p50));
    figures.add("single_client_p99", "单客户 p99", "One client, p99", p99, "us",
                fmt::format("fdatasync p99 {:.0f} us", static_cast<double>(flush.p99.count()) / 1000));
    figures.add("fdatasync_p50", "极限：fdatasync p50", "Raw limit: fdatasync, p50", flush_p50, "us",
                fmt::format("{} bytes", record_bytes + 100));
    engine.stop();
    return {};
}

Result<void> measure_reading(BenchFigures& figures, RocksDbStore& store) {
    const dispute::StatisticsProjection projection;
    ANJIE_CHECK(store.compact());
    static_cast<void>(measure_raw_scan(store, 2));  // Warm the page cache for both alike.
    ANJIE_TRY(const auto raw, measure_raw_scan(store, 2));
    ProjectionRunner runner(store, store, projection);
    const auto start = SteadyClock::now();
    ANJIE_TRY(const auto events, runner.rebuild(2));
    const auto rate = static_cast<double>(events) / seconds_since(start);
    figures.add("rebuild", "重建统计（两线程）", "Rebuild of the statistics, two threads", rate, "events/s",
                fmt::format("{:.2f} of the raw scan", rate / raw.rows_per_second()));
    figures.add("raw_scan", "极限：扫描（两线程）", "Raw limit: scan, two threads", raw.rows_per_second(), "events/s",
                fmt::format("{} bytes an event", raw.bytes / std::max<std::uint64_t>(1, raw.rows)));
    return {};
}

Result<void> measure_opening(BenchFigures& figures, const std::filesystem::path& log, std::uint64_t cases) {
    const auto before = resident_mebibytes_now();
    const auto start = SteadyClock::now();
    ANJIE_TRY(const auto store, RocksDbStore::open(log));
    const auto opened = seconds_since(start);
    figures.add("open", "打开", "Open", opened * 1000, "ms", fmt::format("{} cases, {} events", cases, store->head()));
    figures.add("open_memory", "打开所增内存", "Memory that opening adds", resident_mebibytes_now() - before, "MiB");
    return {};
}

Result<void> measure(BenchFigures& figures, const cli::BenchRequest& request) {
    ANJIE_TRY(const auto registered, register_workflows(request.directory));
    const auto log = request.directory / "log";
    Position events = 0;
    {
        ANJIE_TRY(const auto store, RocksDbStore::open(log, {.create_if_missing = true}));
        ANJIE_CHECK(measure_writing(figures, *store, registered.workflows, request));
        ANJIE_CHECK(measure_reading(figures, *store));
        ANJIE_CHECK(store->compact());
        ANJIE_CHECK(measure_proving(figures, *store));
        events = store->head();
    }
    ANJIE_CHECK(measure_opening(figures, log, request.cases));
    ANJIE_CHECK(measure_cost_of_trust(figures, registered.workflows, request));
    figures.add("bytes_per_event", "每事件磁盘字节", "Bytes on disk per event",
                static_cast<double>(bytes_in(log)) / static_cast<double>(events), "bytes",
                "log, feed and statistics, compacted");
    figures.add("memory_peak", "内存峰值", "Peak memory of the whole run", resident_mebibytes_peak(), "MiB");
    return {};
}

}  // namespace

Exit bench_command(const Console& console, const cli::BenchRequest& asked) {
    auto request = asked;
    if (request.cases < 100 || request.cases > 50'000'000)
        return console.fail(
            {ErrorCode::invalid, fmt::format("--cases: {} is not between 100 and 50000000", request.cases)});
    const auto parent = request.directory.empty() ? std::filesystem::temp_directory_path() : request.directory;
    auto name = (parent / "anjie-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        return console.fail({ErrorCode::unavailable, fmt::format("{}: no folder can be made there", parent.string())});
    request.directory = name;
    BenchFigures figures(console);
    const auto measured = measure(figures, request);
    std::error_code ignored;
    std::filesystem::remove_all(request.directory, ignored);
    if (!measured) return console.fail(measured.error());
    figures.print();
    return Exit::ok;
}

}  // namespace anjie
