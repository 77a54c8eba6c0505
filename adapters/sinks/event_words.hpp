#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie::sinks {

/// A field of an event as it may leave.
struct FieldWord {
    std::string_view name;
    /// It holds words that somebody typed, or a pseudonym or number of somebody else's: it leaves only when the field
    /// list names it. What is not free text is a code, number, amount, day or flag.
    bool free_text{};
};

/// One kind of event by its name, "dispute.case_registered".
struct EventWord {
    std::string name;
    EventType type{};
    std::vector<FieldWord> fields;
};

/// What the events of one workflow are called and say, so that field lists can be checked and applied.
class WorkflowWords {
public:
    virtual ~WorkflowWords() = default;

    [[nodiscard]] virtual WorkflowId workflow() const = 0;
    /// "dispute".
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual const std::vector<EventWord>& events() const = 0;
    /// Names of sealed fields, with their codes.
    [[nodiscard]] virtual const std::vector<std::pair<std::uint16_t, std::string_view>>& sealed() const = 0;
    /// The clear fields of a stored event. Errors: `corrupt`.
    [[nodiscard]] virtual Result<boost::json::object> read(const EventView& event) const = 0;
};

/// Disputes and screening. Lifetime: the program's. A further workflow is one line in event_words.cpp.
[[nodiscard]] const std::vector<const WorkflowWords*>& all_words();
/// Nullptr when no such workflow is known.
[[nodiscard]] const WorkflowWords* words_of(WorkflowId workflow);
[[nodiscard]] const EventWord* find_event(const WorkflowWords& words, EventType type);

}  // namespace anjie::sinks
