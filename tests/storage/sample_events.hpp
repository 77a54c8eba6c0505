#pragma once

#include <vector>

#include "engine/event_store.hpp"
#include "tests/storage/sample_log.hpp"

namespace anjie::test {

/// What a store handed out, kept beyond the visit.
struct SeenEvent {
    EventHeader header;
    Bytes payload;
    std::vector<SealedField> sealed;

    bool operator==(const SeenEvent&) const = default;
};

SeenEvent seen(const EventStore& store, const EventView& event);
SeenEvent expected(const AppendEvent& event);
std::vector<SeenEvent> expected(const std::vector<AppendEvent>& events);

/// The whole log by `read_feed`.
std::vector<SeenEvent> feed_of(const EventStore& store, Position after = 0, std::size_t limit = SIZE_MAX);
std::vector<SeenEvent> case_of(const EventStore& store, CaseId id, Version after = 0);
std::vector<SeenEvent> scan_of(const EventStore& store, const CaseRange& range);
/// Events as `scan` orders them.
std::vector<SeenEvent> by_case(std::vector<AppendEvent> events);

}  // namespace anjie::test
