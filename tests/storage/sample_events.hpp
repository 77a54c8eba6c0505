#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/event_store.hpp"

namespace anjie::test {

/// A small generator of its own, so that a seed means the same with every standard library.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }

private:
    std::uint64_t state_;
};

/// The case with that number; ids grow with the number, as those of real cases do with time.
CaseId case_number(std::uint64_t number);

/// A log growing event by event, complete with positions and versions.
class SampleLog {
public:
    explicit SampleLog(std::uint64_t seed) : random_(seed) {}

    /// One more event of that case.
    AppendEvent next(CaseId id);
    /// `count` more events of random cases out of `cases`.
    std::vector<AppendEvent> batch(std::size_t count, std::uint64_t cases);
    /// Everything handed out, in log order.
    [[nodiscard]] const std::vector<AppendEvent>& all() const { return all_; }
    /// Forgets the last `count` events: they were not kept.
    void take_back(std::size_t count);

private:
    Random random_;
    std::vector<AppendEvent> all_;
    std::map<CaseId, Version> versions_;
};

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
