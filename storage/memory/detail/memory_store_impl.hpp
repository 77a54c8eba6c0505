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

#include "storage/memory/memory_store.hpp"
#include "storage/record/record_writer.hpp"

namespace anjie {

struct MemoryStore::Impl {
    /// Stored bytes, aligned, that outlive any reader.
    using Record = std::shared_ptr<const std::vector<std::uint64_t>>;
    using Rows = std::map<std::string, std::string, std::less<>>;
    using Generation = std::pair<std::string, std::uint32_t>;

    struct LogEntry {
        Record record;
        CaseId case_id;
        Instant recorded_at;
    };
    struct Fault {
        std::size_t events_before;
        FailedAppend outcome;
    };

    [[nodiscard]] Result<std::vector<LogEntry>> encode(std::span<const AppendEvent> batch);
    void keep(std::vector<LogEntry> entries);
    [[nodiscard]] Result<void> refuse_after_failure() const;
    /// Changes one row and remembers how to take that back.
    void put_row(const Generation& generation, const std::string& key, std::optional<std::string> value);
    void put_head(const std::string& name, const DerivedHead& head);
    void became_durable() { undo.clear(); }

    mutable std::shared_mutex mutex;  ///< Guards everything below.
    RecordWriter writer;
    std::vector<LogEntry> log;
    std::map<CaseId, std::vector<Record>> history;
    std::optional<Fault> fault;
    std::vector<LogEntry> kept;  ///< A failed append's batch that will show after `reopen`.
    bool failed{};

    std::map<Generation, Rows> rows;
    std::map<std::string, DerivedHead, std::less<>> heads;
    std::vector<std::function<void()>> undo;  ///< Takes back, last first, what is not durable yet.
};

}  // namespace anjie
