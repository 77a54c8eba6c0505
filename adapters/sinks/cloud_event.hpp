#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event.hpp"

namespace anjie::sinks {

/// An event as other systems know it (CloudEvents 1.0).
struct CloudEvent {
    /// Context attributes in the order in which they are written; names of lower-case letters and digits. All values
    /// are texts: positions do not fit the integers of CloudEvents.
    std::vector<std::pair<std::string, std::string>> attributes;
    std::string data;  ///< JSON.

    /// Empty when there is none of that name.
    [[nodiscard]] std::string_view attribute(std::string_view name) const;
    bool operator==(const CloudEvent&) const = default;
};

/// How this office's events are named outside.
struct CloudNames {
    std::string source;       ///< Of the log: a URI reference. With the position it makes an event's name for ever.
    std::string type_prefix;  ///< For example "cn.gov.540629": before ".dispute.case_registered.v1".
};

/// "//<origin>": the log's own name, percent-encoded where a URI needs it.
[[nodiscard]] std::string source_of(std::string_view origin);

/// Maps the envelope: id = position, sequence = position in 20 digits (sorts as text), subject and partitionkey = case
/// id, time = occurred, recordedtime = recorded; occurredon = the day, where only the day is known.
/// `event_name` is "dispute.case_registered". The actor is left out unless asked for.
[[nodiscard]] CloudEvent make_cloud_event(const CloudNames& names, const EventHeaderView& header,
                                          std::string_view event_name, const boost::json::object& data,
                                          bool with_actor);

/// "application/cloudevents+json".
[[nodiscard]] std::string structured_json(const CloudEvent& event);

/// A value as an HTTP, NATS or Kafka header: space, '"', '%' and all outside U+0021 to U+007E percent-encoded as
/// UTF-8 (HTTP binding 3.1.3.2).
[[nodiscard]] std::string header_value(std::string_view value);

/// In decimal digits.
[[nodiscard]] std::string position_text(Position position);

}  // namespace anjie::sinks
