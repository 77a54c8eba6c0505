// A program of its own, so that a crash inside it is an answer and not the end of the tests.
//   store_probe check DIR            opens read-only and verifies: "sound HEAD HASH" or "damaged: ..."
//   store_probe open DIR             opens for writing: "open HEAD" or "CODE: ..."
//   store_probe fill DIR BYTES       appends until files may not grow beyond BYTES; prints each acknowledged head
#include <fmt/format.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>

#include "storage/record/record_writer.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"
#include "storage/rocksdb/verify.hpp"
#include "tests/storage/sample_log.hpp"

namespace {

using namespace anjie;

int check(const std::string& directory) {
    const auto store = RocksDbStore::open(directory, {.read_only = true});
    if (!store) {
        fmt::print("damaged: {} {}\n", to_string(store.error().code), store.error().detail);
        return 0;
    }
    const auto findings = verify_store(**store);
    if (!findings || !findings->empty()) {
        fmt::print("damaged: {}\n", findings ? findings->front() : findings.error().detail);
        return 0;
    }
    std::uint64_t hash = 0;
    const auto read = (*store)->read_feed(0, SIZE_MAX, [&](const EventView& event) {
        hash = hash * 31 + record_checksum(event.record);
        return true;
    });
    if (!read)
        fmt::print("damaged: {}\n", read.error().detail);
    else
        fmt::print("sound {} {:016x}\n", (*store)->head(), hash);
    return 0;
}

int open(const std::string& directory) {
    const auto store = RocksDbStore::open(directory);
    if (store)
        fmt::print("open {}\n", (*store)->head());
    else
        fmt::print("{}: {}\n", to_string(store.error().code), store.error().detail);
    return 0;
}

int fill(const std::string& directory, unsigned long bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    const auto opened = RocksDbStore::open(directory, {.create_if_missing = true});
    if (!opened) return 1;
    auto& store = **opened;
    const rlimit limit{bytes, bytes};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    test::SampleLog log(77);
    for (int i = 0; i < 100'000; ++i) {
        const auto batch = log.batch(10, 50);
        if (const auto result = store.append(batch); !result) {
            const auto again = store.append(batch);
            const auto rows = store.write({"x", 1}, {{"k", "v"}}, std::nullopt);
            fmt::print("{} {} {} {}\n", to_string(result.error().code), again ? "accepted" : "refused",
                       rows ? "accepted" : "refused", store.head());
            return 0;
        }
        fmt::print("{}\n", store.head());
        std::fflush(stdout);
    }
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 2 ? argv[1] : "";
    if (what == "check") return check(argv[2]);
    if (what == "open") return open(argv[2]);
    if (what == "fill" && argc == 4) return fill(argv[2], std::strtoul(argv[3], nullptr, 10));
    return 2;
}
