#include "adapters/anjie/bench.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/anjie/bench_workload.hpp"
#include "adapters/anjie/workflows.hpp"
#include "adapters/cli/table.hpp"
#include "storage/rocksdb/raw_limits.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "workflows/dispute/statistics/projection.hpp"

namespace anjie {
namespace {

using SteadyClock = std::chrono::steady_clock;
using cli::Console;
using cli::Exit;

constexpr std::uint32_t client_threads = 2;
constexpr std::size_t in_flight_per_thread = 8'192;  ///< Clients that wait for their answer, each with one command.
constexpr std::uint32_t wave = 20'000;               ///< Cases that are open at the same time.
constexpr std::size_t single_client_commands = 2'000;
constexpr std::size_t raw_rows_max = 1'000'000;
constexpr std::size_t raw_batch = 4'096;

double seconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// The figures, in the order in which they are printed.
class Figures {
public:
    explicit Figures(const Console& console) : console_(console) {}

    void add(std::string id, std::string_view zh, std::string_view en, double value, std::string unit,
             std::string beside = {}) {
        rows_.push_back({std::move(id), std::string(console_.pick(zh, en)), value, std::move(unit), std::move(beside)});
        console_.note(fmt::format("  {}: {:.6g} {}", rows_.back().name, value, rows_.back().unit));
    }
    void print() const {
        if (console_.json) {
            boost::json::array rows;
            for (const auto& row : rows_)
                rows.push_back({{"id", row.id}, {"value", row.value}, {"unit", row.unit}, {"beside", row.beside}});
            console_.line(boost::json::serialize(rows));
            return;
        }
        cli::Table table({std::string(console_.pick("数字", "Figure")), std::string(console_.pick(">值", ">Value")),
                          std::string(console_.pick("单位", "Unit")),
                          std::string(console_.pick("对照", "Beside its raw limit"))});
        for (const auto& row : rows_)
            table.row({row.name, row.value < 100 ? fmt::format("{:.3g}", row.value) : fmt::format("{:.0f}", row.value),
                       row.unit, row.beside});
        console_.print(table.text());
    }

private:
    struct Row {
        std::string id, name;
        double value{};
        std::string unit, beside;
    };
    const Console& console_;
    std::vector<Row> rows_;
};

/// The workload is meant to be lawful throughout; if a rule has changed, this says where.
void report_first(const Outcome& outcome) {
    const auto& why = outcome.error();
    const auto* refused = std::get_if<Rejection>(&why);
    fmt::print(
        stderr, "anjie bench: {}\n",
        refused != nullptr ? fmt::format("{}: {}", refused->code, refused->message.en) : std::get<Error>(why).detail);
}

/// Sends every step of the cases in [first, last), wave by wave, keeping a bounded number of commands in flight.
/// Answers the number refused or failed.
std::uint64_t live_through(Engine& engine, const BenchWorkload& workload, std::uint32_t first, std::uint32_t last) {
    std::mutex mutex;
    std::condition_variable answered;
    std::size_t in_flight = 0;
    std::uint64_t bad = 0;
    const auto done = [&](const Outcome& outcome) {
        const std::lock_guard lock(mutex);
        if (!outcome && ++bad == 1) report_first(outcome);
        if (--in_flight == in_flight_per_thread / 2 || in_flight == 0) answered.notify_one();
    };
    for (auto from = first; from < last; from += wave / client_threads) {
        const auto to = std::min<std::uint32_t>(last, from + wave / client_threads);
        for (std::size_t step = 0; step < BenchWorkload::steps; ++step)
            for (auto number = from; number < to; ++number) {
                {
                    std::unique_lock lock(mutex);
                    if (in_flight >= in_flight_per_thread)
                        answered.wait(lock, [&] { return in_flight <= in_flight_per_thread / 2; });
                    ++in_flight;
                }
                if (auto sent = engine.submit(workload.command(number, step), done); !sent) {
                    const std::lock_guard lock(mutex);
                    --in_flight;
                    ++bad;
                }
            }
    }
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return in_flight == 0; });
    return bad;
}

struct Written {
    std::uint64_t commands{};
    std::uint64_t refused{};
    double seconds{};
};

Written many_clients(Engine& engine, const BenchWorkload& workload, std::uint32_t cases) {
    std::atomic<std::uint64_t> refused{0};
    const auto start = SteadyClock::now();
    std::vector<std::thread> clients;
    for (std::uint32_t i = 0; i < client_threads; ++i)
        clients.emplace_back([&, i] {
            const auto share = cases / client_threads;
            const auto first = 1 + i * share;
            refused += live_through(engine, workload, first, i + 1 == client_threads ? cases + 1 : first + share);
        });
    for (auto& client : clients) client.join();
    return {std::uint64_t{cases} * BenchWorkload::steps, refused, seconds_since(start)};
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

Result<void> measure_writing(Figures& figures, RocksDbStore& store, const WorkflowSet& workflows,
                             const cli::BenchRequest& request) {
    const SystemClock clock;
    const BenchWorkload workload(request.seed);
    Engine engine(store, clock, workflows);
    const auto cases = static_cast<std::uint32_t>(request.cases);
    const auto written = many_clients(engine, workload, cases);
    const auto events = store.head();
    const auto commands_per_second = static_cast<double>(written.commands) / written.seconds;
    if (written.refused != 0)
        return failure(ErrorCode::corrupt,
                       fmt::format("{} of {} commands of the workload were refused: the figures would mean nothing",
                                   written.refused, written.commands));

    auto raw_folder = request.directory / "raw";
    ANJIE_TRY(const auto rows, raw_rows(store, raw_rows_max));
    ANJIE_TRY(const auto raw, measure_raw_batch(raw_folder, rows, raw_batch));
    const auto events_per_second = static_cast<double>(events) / written.seconds;
    figures.add("events_total", "事件", "Events", static_cast<double>(events), "events",
                fmt::format("{} cases, {} commands", cases, written.commands));
    figures.add("commands_per_second", "持久命令（多客户）", "Durable commands, many clients", commands_per_second,
                "commands/s", fmt::format("{} clients in flight", client_threads * in_flight_per_thread));
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

Result<void> measure_reading(Figures& figures, RocksDbStore& store) {
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

Result<void> measure_opening(Figures& figures, const std::filesystem::path& log, std::uint64_t cases) {
    const auto before = resident_mebibytes_now();
    const auto start = SteadyClock::now();
    ANJIE_TRY(const auto store, RocksDbStore::open(log));
    const auto opened = seconds_since(start);
    figures.add("open", "打开", "Open", opened * 1000, "ms", fmt::format("{} cases, {} events", cases, store->head()));
    figures.add("open_memory", "打开所增内存", "Memory that opening adds", resident_mebibytes_now() - before, "MiB");
    return {};
}

Result<void> measure(Figures& figures, const cli::BenchRequest& request) {
    ANJIE_TRY(const auto registered, register_workflows(request.directory));
    const auto log = request.directory / "log";
    Position events = 0;
    {
        ANJIE_TRY(const auto store, RocksDbStore::open(log, {.create_if_missing = true}));
        ANJIE_CHECK(measure_writing(figures, *store, registered.workflows, request));
        ANJIE_CHECK(measure_reading(figures, *store));
        ANJIE_CHECK(store->compact());
        events = store->head();
    }
    ANJIE_CHECK(measure_opening(figures, log, request.cases));
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
    Figures figures(console);
    const auto measured = measure(figures, request);
    std::error_code ignored;
    std::filesystem::remove_all(request.directory, ignored);
    if (!measured) return console.fail(measured.error());
    figures.print();
    return Exit::ok;
}

}  // namespace anjie
