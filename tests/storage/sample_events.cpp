#include "tests/storage/sample_events.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

namespace anjie::test {
namespace {

EventHeader owned(const EventHeaderView& header) {
    return {header.position,    header.case_id,     header.version,
            header.workflow,    header.type,        header.schema,
            header.occurred_at, header.recorded_at, header.command_id,
            std::string(header.actor), std::string(header.organisation), std::string(header.rule_version)};
}

EventVisitor keep_in(const EventStore& store, std::vector<SeenEvent>& events) {
    return [&](const EventView& event) {
        events.push_back(seen(store, event));
        return true;
    };
}

}  // namespace

std::uint64_t Random::next() {
    state_ += 0x9e3779b97f4a7c15;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

CaseId case_number(std::uint64_t number) {
    Random bits(number);
    const auto high = bits.next();
    return {uuid_v7({static_cast<std::int64_t>(1'700'000'000'000'000 + number * 60'000'000)}, high, bits.next())};
}

AppendEvent SampleLog::next(CaseId id) {
    AppendEvent event;
    auto& header = event.header;
    header.position = all_.size() + 1;
    header.case_id = id;
    header.version = ++versions_[id];
    header.workflow = WorkflowId{1};
    header.type = EventType{static_cast<std::uint16_t>(1 + random_.below(30))};
    header.recorded_at = {static_cast<std::int64_t>(1'760'000'000'000'000 + header.position * 1'000)};
    header.occurred_at = {{header.recorded_at.microseconds - 86'400'000'000}, random_.below(2) == 0};
    header.command_id = {uuid_v7(header.recorded_at, random_.next(), random_.next())};
    header.actor = "actor-" + std::to_string(random_.below(1000));
    header.organisation = random_.below(10) == 0 ? "" : "540221";
    header.rule_version = "2024.1";
    event.body.type = header.type;
    event.body.payload.resize(8 * random_.below(12));
    for (auto& byte : event.body.payload) byte = static_cast<std::byte>(random_.next());
    for (auto fields = random_.below(3); fields > 0; --fields)
        event.body.sealed.push_back({static_cast<std::uint16_t>(fields), static_cast<std::uint16_t>(random_.below(9)),
                                     std::string(random_.below(40), 'x') + "尼玛"});
    all_.push_back(event);
    return event;
}

std::vector<AppendEvent> SampleLog::batch(std::size_t count, std::uint64_t cases) {
    std::vector<AppendEvent> events;
    for (std::size_t i = 0; i < count; ++i) events.push_back(next(case_number(random_.below(cases))));
    return events;
}

void SampleLog::take_back(std::size_t count) {
    for (; count > 0; --count) {
        --versions_[all_.back().header.case_id];
        all_.pop_back();
    }
}

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
    std::ranges::sort(events, {}, [](const AppendEvent& event) {
        return std::tuple(event.header.case_id, event.header.version);
    });
    return expected(events);
}

}  // namespace anjie::test
