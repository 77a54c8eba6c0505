#pragma once

#include <boost/json/object.hpp>

#include "workflows/screening/events.hpp"

namespace anjie::json {

/// An event of a campaign as JSON, named as those of disputes are: {"event": "round_reported", "round": 2, ...}.
[[nodiscard]] boost::json::object event_to_json(const screening::Event& event);

}  // namespace anjie::json
