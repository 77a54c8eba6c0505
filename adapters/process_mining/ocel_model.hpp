#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/process_mining/attributes.hpp"
#include "adapters/process_mining/case_history.hpp"
#include "adapters/process_mining/pseudonyms.hpp"

/// The log as OCEL 2.0 sees it: events that concern objects, objects that concern each other and change over time.
/// Both forms of the format (JSON, SQLite) are written from this.
namespace anjie::process_mining {

enum class ObjectType { dispute_case, party, mediator, committee, agreement, obligation, revisit, document };

struct ObjectKind {
    ObjectType type{};
    std::string_view table;  ///< Case: letters only.
    std::string_view zh, en;
    std::vector<AttributeName> attributes;
};

/// In the order of `ObjectType`.
[[nodiscard]] const std::vector<ObjectKind>& object_kinds();
[[nodiscard]] inline const ObjectKind& kind_of(ObjectType type) {
    return object_kinds()[static_cast<std::size_t>(type)];
}
[[nodiscard]] inline std::string_view title_of(const ObjectKind& kind, Language language) {
    return language == Language::zh ? kind.zh : kind.en;
}
/// What every event has beside the attributes of its kind: who recorded it and when, its place in log and case.
[[nodiscard]] std::span<const AttributeName> envelope_attributes();

struct Relation {
    std::string object;
    std::string_view qualifier;

    auto operator<=>(const Relation&) const = default;
};

struct ObjectChange {
    Instant at;
    Attribute attribute;
};

struct OcelObject {
    ObjectType type{};
    std::string id;
    std::vector<Attribute> initial;
    std::vector<ObjectChange> changes;  ///< In order of time.
    std::vector<Relation> relations;    ///< None twice.
};

struct OcelEvent {
    std::string id;
    const EventKind* kind{};
    Instant at;
    std::vector<Attribute> attributes;  ///< The envelope's first.
    std::vector<Relation> relations;    ///< None twice.
};

struct OcelCase {
    std::vector<OcelEvent> events;
    std::vector<OcelObject> objects;  ///< All but mediators and committees, which cases share.
};

/// Turns one history after the other into events and objects.
/// Order: of equal histories, equal results.
/// Cost: memory for one case and for every mediator and committee seen.
class OcelModel {
public:
    explicit OcelModel(bool number_people) : pseudonyms_(number_people) {}

    [[nodiscard]] OcelCase take(const CaseHistory& history);
    /// Mediators and committees of all cases taken, by id.
    [[nodiscard]] std::vector<OcelObject> shared() const;

private:
    friend class CaseBuilder;

    Pseudonyms pseudonyms_;
    std::set<std::string> mediators_;
    std::map<std::string, std::string> committees_;  ///< Id to code of its kind, empty where no case told it.
};

}  // namespace anjie::process_mining
