#include "engine/detail/feed_chunk.hpp"

#include <algorithm>

namespace anjie::detail {

EventCopy::EventCopy(const EventView& event) : payload_(event.payload.begin(), event.payload.end()) {
    const auto& h = event.header;
    header_ = {h.position,
               h.case_id,
               h.version,
               h.workflow,
               h.type,
               h.schema,
               h.occurred_at,
               h.recorded_at,
               h.command_id,
               std::string(h.actor),
               std::string(h.organisation),
               std::string(h.rule_version)};
}

EventView EventCopy::view() const {
    const auto& h = header_;
    return {{h.position, h.case_id, h.version, h.workflow, h.type, h.schema, h.occurred_at, h.recorded_at, h.command_id,
             h.actor, h.organisation, h.rule_version},
            payload_,
            {},
            {}};
}

Result<FeedChunk> read_chunk(const EventStore& events, Position after, std::size_t limit, WorkflowId workflow) {
    FeedChunk chunk{after, {}};
    ANJIE_CHECK(events.read_feed(after, limit, [&](const EventView& event) {
        chunk.last = event.header.position;
        if (event.header.workflow == workflow) chunk.events.emplace_back(event);
        return true;
    }));
    return chunk;
}

Result<TouchedCases> read_touched(const EventStore& events, Position after, std::size_t limit) {
    TouchedCases touched{after, {}};
    ANJIE_CHECK(events.read_feed(after, limit, [&](const EventView& event) {
        touched.last = event.header.position;
        if (touched.cases.empty() || touched.cases.back() != event.header.case_id)
            touched.cases.push_back(event.header.case_id);
        return true;
    }));
    std::ranges::sort(touched.cases);
    const auto repeated = std::ranges::unique(touched.cases);
    touched.cases.erase(repeated.begin(), repeated.end());
    return touched;
}

}  // namespace anjie::detail
