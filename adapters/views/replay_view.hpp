#pragma once

#include <boost/json/object.hpp>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "adapters/views/event_view.hpp"
#include "engine/event_store.hpp"
#include "workflows/dispute/dispute.hpp"

/// A case event by event, as people and programs read it.
namespace anjie::views {

/// Up to where a history is read: a version, or everything recorded up to a moment.
struct Until {
    Version version{std::numeric_limits<Version>::max()};
    Instant recorded{std::numeric_limits<std::int64_t>::max()};
};
/// "5", "v5", "2024-03-05" (to its end) or "2024-03-05T14:00"; an empty text is no bound.
[[nodiscard]] std::optional<Until> parse_until(const std::string& text);

/// One step of a replay: an event and what it changed.
struct ReplayStep {
    EventHeader header;
    dispute::Event event;
    std::optional<std::vector<SealedField>> sealed;  ///< None: was not asked for.
    std::vector<StateChange> changed;
    std::vector<StateChange> deadlines;
};

/// The header in texts of its own.
[[nodiscard]] EventHeader owned(const EventHeaderView& view);
/// The same the other way round. Lifetime: that of `header`.
[[nodiscard]] EventHeaderView view_of(const EventHeader& header);

/// Replays a dispute step by step. With `unseal`, personal text is read as well.
/// Errors: `corrupt`, `unavailable`; a case that does not exist has no steps.
[[nodiscard]] Result<std::vector<ReplayStep>> replay_steps(const EventStore& events, CaseId id, const Until& until,
                                                           Language language, bool unseal);

/// An event without its personal part: envelope, name, and its fields as data.
[[nodiscard]] boost::json::object event_json(const EventHeaderView& header, const dispute::Event& event);
/// The same with texts for people, the personal part ("sealed" is null when withheld) and, with `diff`, what changed.
[[nodiscard]] boost::json::object step_json(const ReplayStep& step, bool diff, Language language);

}  // namespace anjie::views
