#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/id.hpp"
#include "engine/time.hpp"

namespace anjie {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

/// Number of a workflow, part of the format and never used twice: 1 dispute, 2 screening, 3 petition (reserved).
enum class WorkflowId : std::uint16_t {};
/// Number of an event type within its workflow, part of the format and never used twice.
enum class EventType : std::uint16_t {};

/// Whether the text of a sealed field can be read.
enum class Readability : std::uint8_t {
    readable,
    erased,      ///< Its key has been destroyed (删除): nobody can read it again.
    restricted,  ///< It may only be stored (限制处理); the key is there but not used.
};

/// A piece of personal data or narrative, kept apart from everything decisions and statistics read.
/// `subject` 0 is text that mixes people (the case's narrative), n > 0 the party with that number; `field` is a code
/// of the workflow. Nothing that decides may read it, so erasing it changes no decision and no figure.
struct SealedField {
    std::uint16_t subject{};
    std::uint16_t field{};
    std::string text{};
    Readability readability{};  ///< Of a stored field; `text` is empty unless it is readable.

    bool operator==(const SealedField&) const = default;
};

/// An event as decided, before it has a place in the log.
struct NewEvent {
    EventType type{};
    std::uint16_t schema{1};  ///< Version of the payload's layout.
    Bytes payload;            ///< The clear part, in the workflow's own encoding; a multiple of 8 bytes.
    std::vector<SealedField> sealed;
};

/// What every event carries whatever its workflow.
template <class Text>
struct BasicEventHeader {
    Position position{};
    CaseId case_id;
    Version version{};
    WorkflowId workflow{};
    EventType type{};
    std::uint16_t schema{1};
    OccurredAt occurred_at;  ///< As stated by the actor.
    Instant recorded_at;     ///< When the engine took it; never decreases along the log.
    CommandId command_id;    ///< All events of one command carry the same.
    Text actor;              ///< Pseudonym of who reported it.
    Text organisation;       ///< Code of the organisation on whose behalf.
    Text rule_version;       ///< Version of the rules under which it was decided.

    bool operator==(const BasicEventHeader&) const = default;
};
using EventHeader = BasicEventHeader<std::string>;
using EventHeaderView = BasicEventHeader<std::string_view>;

/// A stored event, looked at in place. Lifetime: until the visitor that was given it returns.
struct EventView {
    EventHeaderView header;
    BytesView payload;  ///< 8-byte aligned.
    BytesView sealed;   ///< Opaque; `EventStore::unseal` reads it.
    BytesView record;   ///< The stored bytes as a whole.
};

/// An event to be appended, complete with its place.
struct AppendEvent {
    EventHeader header;
    NewEvent body;
};

}  // namespace anjie
