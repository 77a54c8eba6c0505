#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/json/reader.hpp"
#include "adapters/sinks/event_words.hpp"

namespace anjie::sinks {

/// What may leave of one event, and what that discloses.
struct Extract {
    boost::json::object data;
    /// "codes", "text:<field>", "sealed:<field>": what the disclosure ledger says has left.
    std::set<std::string, std::less<>> classes;
};

/// Which events, and which fields of them, may leave through one sink. What is not allowed does not leave: without a
/// list, codes, numbers, amounts, days and flags do; free texts only by name; sealed texts only by name and apart.
class FieldList {
public:
    /// Everything that is no free text, of every event.
    FieldList();

    /// Reads `events`, `fields`, `sealed`, `organisation` and `actor` of a sink's settings, all optional:
    /// {"events": ["dispute.*"], "fields": {"dispute.case_closed": ["result"], "*": ["standard", "mediator"]},
    ///  "sealed": {"dispute.case_registered": ["name"]}, "organisation": "540629", "actor": false}.
    /// A name of an event decides before "dispute.*", that before "*". Errors: `invalid`, naming the place: an unknown
    /// event, a field that none of the named events has.
    [[nodiscard]] static Result<FieldList> read(const json::Node& settings);

    /// Whether an event that was made on behalf of `organisation` leaves at all. Order of a case holds among those that
    /// do.
    [[nodiscard]] bool takes(const EventHeaderView& header, std::string_view organisation) const;
    /// Whether it matters on whose behalf an event was made.
    [[nodiscard]] bool asks_organisation() const { return !organisation_.empty(); }
    [[nodiscard]] bool with_actor() const { return with_actor_; }
    /// Whether anything sealed of this event is to be asked for.
    [[nodiscard]] bool wants_sealed(const EventHeaderView& header) const;
    /// Requires: `takes`. `sealed` are the event's sealed fields when wanted. Errors: `corrupt`.
    [[nodiscard]] Result<Extract> extract(const EventView& event, const std::vector<SealedField>& sealed) const;

private:
    struct Rule {
        bool taken{true};
        std::set<std::string, std::less<>> fields;
        std::set<std::uint16_t> sealed;
    };
    [[nodiscard]] const Rule* rule_of(const EventHeaderView& header) const;

    std::map<std::pair<WorkflowId, EventType>, Rule> rules_;
    std::string organisation_;
    bool with_actor_{};
};

}  // namespace anjie::sinks
