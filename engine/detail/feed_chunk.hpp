#pragma once

#include <string>
#include <vector>

#include "engine/event_store.hpp"

namespace anjie::detail {

/// An event's header and payload, kept beyond the visit. Its view has neither the sealed part nor the record.
class EventCopy {
public:
    explicit EventCopy(const EventView& event);
    /// Lifetime: as long as this copy.
    [[nodiscard]] EventView view() const;

private:
    EventHeader header_;
    Bytes payload_;
};

/// The events of one workflow in the next piece of the log.
struct FeedChunk {
    Position last{};  ///< Where the piece ends, whichever workflow's event stands there.
    std::vector<EventCopy> events;
};
/// Errors: as the store's.
[[nodiscard]] Result<FeedChunk> read_chunk(const EventStore& events, Position after, std::size_t limit,
                                           WorkflowId workflow);

/// The cases that the next piece of the log touches.
struct TouchedCases {
    Position last{};
    std::vector<CaseId> cases;  ///< Each once, in order.
};
[[nodiscard]] Result<TouchedCases> read_touched(const EventStore& events, Position after, std::size_t limit);

}  // namespace anjie::detail
