#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "storage/memory/detail/key_map.hpp"
#include "storage/memory/memory_store.hpp"
#include "storage/record/record_writer.hpp"
#include "storage/sealing/key_ring.hpp"

namespace anjie {

struct MemoryStore::Impl {
    /// Stored bytes, aligned, that outlive any reader.
    using Record = std::shared_ptr<const std::vector<std::uint64_t>>;
    using Rows = std::map<std::string, std::string, std::less<>>;
    using Generation = std::pair<std::string, std::uint32_t>;

    Impl();

    struct LogEntry {
        Record record;
        CaseId case_id;
        Instant recorded_at;
    };
    /// One append: its events, and the rows of keys that they first need.
    struct Batch {
        std::vector<LogEntry> entries;
        std::vector<KeyRows::Row> key_rows;
    };
    struct Fault {
        std::size_t events_before;
        FailedAppend outcome;
    };

    [[nodiscard]] Result<Batch> encode(std::span<const AppendEvent> batch);
    void keep(Batch batch);
    [[nodiscard]] Result<void> refuse_after_failure() const;
    /// Changes one row and remembers how to take that back.
    void put_row(const Generation& generation, const std::string& key, std::optional<std::string> value);
    void put_head(const std::string& name, const DerivedHead& head);
    void became_durable() { undo.clear(); }

    MasterKeysInMemory master_keys;
    detail::KeyMap key_map;
    std::unique_ptr<KeyRing> keys;

    mutable std::shared_mutex mutex;  ///< Guards everything below.
    RecordWriter writer;
    std::vector<LogEntry> log;
    std::map<CaseId, std::vector<Record>> history;
    std::optional<Fault> fault;
    Batch kept;  ///< A failed append's batch that will show after `reopen`.
    bool failed{};

    std::map<Generation, Rows> rows;
    std::map<std::string, DerivedHead, std::less<>> heads;
    std::vector<std::function<void()>> undo;  ///< Takes back, last first, what is not durable yet.
};

}  // namespace anjie
