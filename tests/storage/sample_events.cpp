#include "tests/storage/sample_events.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

namespace anjie::test {
namespace {

EventHeader owned(const EventHeaderView& header) {
    return {header.position,
            header.case_id,
            header.version,
            header.workflow,
            header.type,
            header.schema,
            header.occurred_at,
            header.recorded_at,
            header.command_id,
            std::string(header.actor),
            std::string(header.organisation),
            std::string(header.rule_version)};
}

EventVisitor keep_in(const EventStore& store, std::vector<SeenEvent>& events) {
    return [&](const EventView& event) {
        events.push_back(seen(store, event));
        return true;
    };
}

}  // namespace

SeenEvent seen(const EventStore& store, const EventView& event) {
    auto sealed = store.unseal(event);
    REQUIRE(sealed);
    return {owned(event.header), Bytes(event.payload.begin(), event.payload.end()), std::move(*sealed)};
}

SeenEvent expected(const AppendEvent& event) { return {event.header, event.body.payload, event.body.sealed}; }

std::vector<SeenEvent> expected(const std::vector<AppendEvent>& events) {
    std::vector<SeenEvent> all;
    for (const auto& event : events) all.push_back(expected(event));
    return all;
}

std::vector<SeenEvent> feed_of(const EventStore& store, Position after, std::size_t limit) {
    std::vector<SeenEvent> events;
    REQUIRE(store.read_feed(after, limit, keep_in(store, events)));
    return events;
}

std::vector<SeenEvent> case_of(const EventStore& store, CaseId id, Version after) {
    std::vector<SeenEvent> events;
    REQUIRE(store.read_case(id, after, keep_in(store, events)));
    return events;
}

std::vector<SeenEvent> scan_of(const EventStore& store, const CaseRange& range) {
    std::vector<SeenEvent> events;
    REQUIRE(store.scan(range, keep_in(store, events)));
    return events;
}

std::vector<SeenEvent> by_case(std::vector<AppendEvent> events) {
    std::ranges::sort(events, {},
                      [](const AppendEvent& event) { return std::tuple(event.header.case_id, event.header.version); });
    return expected(events);
}

}  // namespace anjie::test
