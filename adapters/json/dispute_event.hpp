#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "adapters/json/reader.hpp"
#include "engine/event.hpp"
#include "workflows/dispute/events.hpp"

/// Events as JSON: {"event": "consent_given", "party": 2}; texts about people apart.
namespace anjie::json {

[[nodiscard]] boost::json::object event_to_json(const dispute::Event& event);
/// Errors: invalid, naming the place in the document.
[[nodiscard]] Result<dispute::Event> event_from_json(const Node& node);

/// [{"subject": 1, "field": "name", "text": "扎西"}].
[[nodiscard]] boost::json::array sealed_to_json(const std::vector<SealedField>& sealed);
/// Errors: invalid, naming the place in the document.
[[nodiscard]] Result<std::vector<SealedField>> sealed_from_json(const Node& node);

}  // namespace anjie::json
