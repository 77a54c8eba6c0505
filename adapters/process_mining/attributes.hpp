#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/process_mining/case_history.hpp"
#include "adapters/process_mining/pseudonyms.hpp"

/// What leaves with an event, as names and values. Codes, numbers, amounts and days do; a text leaves only when it is
/// listed here and shaped like a code. A text field that somebody adds to an event tomorrow stays in the house until
/// it is listed.
namespace anjie::process_mining {

enum class AttributeType { text, integer, decimal, boolean, time };

struct AttributeName {
    std::string_view name;
    AttributeType type{};

    bool operator==(const AttributeName&) const = default;
};

struct Attribute {
    std::string_view name;
    AttributeType type{};
    std::string text{};  ///< "3", "3500.00", "true", "neighbour"; empty for a time.
    Instant time{};

    bool operator==(const Attribute&) const = default;
};

/// One kind of event.
struct EventKind {
    std::string_view code;  ///< case_registered
    std::string_view zh, en;
    std::string table;  ///< CaseRegistered: letters only.
    std::vector<AttributeName> attributes;
};

/// All kinds, in the order of `dispute::Event`'s alternatives.
[[nodiscard]] const std::vector<EventKind>& event_kinds();
[[nodiscard]] inline const EventKind& kind_of(const dispute::Event& event) { return event_kinds()[event.index()]; }
[[nodiscard]] inline std::string_view title_of(const EventKind& kind, Language language) {
    return language == Language::zh ? kind.zh : kind.en;
}

/// The values of an event, a subset of its kind's attributes in their order; empty ones are left out.
[[nodiscard]] std::vector<Attribute> attributes_of(const dispute::Event& event, Pseudonyms& pseudonyms);

/// Whether that text field of that event holds the code of a person.
[[nodiscard]] bool names_person(std::string_view event, std::string_view field);

[[nodiscard]] Attribute text_attribute(std::string_view name, std::string_view text);
[[nodiscard]] Attribute integer_attribute(std::string_view name, std::int64_t value);
[[nodiscard]] Attribute money_attribute(std::string_view name, dispute::Money value);
[[nodiscard]] Attribute day_attribute(std::string_view name, Date day);

}  // namespace anjie::process_mining
