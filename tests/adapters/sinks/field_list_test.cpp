#include "adapters/sinks/field_list.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "workflows/dispute/dispute.hpp"
#include "workflows/screening/events.hpp"

namespace anjie::test {
namespace {

Result<sinks::FieldList> list_of(std::string_view settings) {
    const auto document = json::parse(settings, "sinks.json");
    REQUIRE(document);
    return sinks::FieldList::read(json::Node(*document, "sinks.json"));
}

/// An event of a dispute, as a store would show it.
struct Shown {
    explicit Shown(const dispute::Event& event) : body(dispute::Dispute::encode(event)) {
        view.header.workflow = dispute::workflow_id;
        view.header.type = body.type;
        view.header.schema = body.schema;
        view.header.organisation = "540629-102";
        view.payload = body.payload;
    }
    Shown(const Shown&) = delete;
    NewEvent body;
    EventView view;
};

dispute::MediatorAssigned assigned_mediator() {
    return {.mediator = "mediator-1",
            .role = dispute::MediatorRole::presiding,
            .basis = dispute::AssignmentBasis::designated};
}

std::string text_of(const sinks::Extract& extract) { return boost::json::serialize(extract.data); }

}  // namespace

TEST_CASE("without a list, codes and numbers leave and free texts do not") {
    const sinks::FieldList list;
    const Shown corrected(dispute::FactCorrected{.corrects = 3, .field = "amount", .value = "words somebody typed"});
    const auto extract = list.extract(corrected.view, {});
    REQUIRE(extract);
    CHECK(text_of(*extract).contains("\"corrects\":3"));
    CHECK_FALSE(text_of(*extract).contains("typed"));
    CHECK(extract->classes == std::set<std::string, std::less<>>{"codes"});
    const Shown assigned(assigned_mediator());
    CHECK_FALSE(text_of(*list.extract(assigned.view, {})).contains("mediator-1"));
    const Shown erased(dispute::PersonalDataErased{.subject = 1, .basis = "asked by letter"});
    CHECK_FALSE(text_of(*list.extract(erased.view, {})).contains("letter"));
    CHECK_FALSE(list.wants_sealed(assigned.view.header));
}

TEST_CASE("a named text leaves and is recorded as such") {
    const auto list = list_of(R"({"fields": {"dispute.mediator_assigned": ["standard", "mediator"]}})");
    REQUIRE(list);
    const Shown assigned(assigned_mediator());
    const auto extract = list->extract(assigned.view, {});
    REQUIRE(extract);
    CHECK(text_of(*extract).contains("mediator-1"));
    CHECK(text_of(*extract).contains("\"role\""));
    CHECK(extract->classes.contains("text:mediator"));
}

TEST_CASE("a list without the standard fields lets out only what it names, the closest name decides") {
    const auto list =
        list_of(R"({"fields": {"*": [], "dispute.*": ["party"], "dispute.mediator_assigned": ["role"]}})");
    REQUIRE(list);
    const Shown assigned(assigned_mediator());
    const auto extract = list->extract(assigned.view, {});
    REQUIRE(extract);
    CHECK(extract->data.size() == 1);
    CHECK(extract->data.contains("role"));
    const Shown consent(dispute::ConsentGiven{.party = 2});
    CHECK(text_of(*list->extract(consent.view, {})) == R"({"party":2})");
}

TEST_CASE("sealed texts leave only by name, and erased ones say so") {
    const auto list = list_of(R"({"sealed": {"dispute.consent_given": ["name", "phone"]}})");
    REQUIRE(list);
    const Shown consent(dispute::ConsentGiven{.party = 2});
    CHECK(list->wants_sealed(consent.view.header));
    const auto extract = list->extract(consent.view, {{.subject = 2, .field = 1, .text = "扎西"},
                                                      {.subject = 2, .field = 4, .text = "address"},
                                                      {.subject = 1, .field = 3, .readability = Readability::erased}});
    REQUIRE(extract);
    CHECK(text_of(*extract).contains("扎西"));
    CHECK_FALSE(text_of(*extract).contains("\"text\":\"address\""));
    CHECK(text_of(*extract).contains(R"("gone":"erased")"));
    CHECK(extract->classes == std::set<std::string, std::less<>>{"codes", "sealed:name"});
}

TEST_CASE("a sink takes the events it names, of the organisation it names") {
    const auto list = list_of(R"({"events": ["dispute.case_*", "screening.*"]})");
    CHECK_FALSE(list);  // Half a name is no name.
    const auto mine = list_of(R"({"events": ["dispute.consent_given", "screening.*"], "organisation": "540629"})");
    REQUIRE(mine);
    Shown consent(dispute::ConsentGiven{.party = 2});
    CHECK(mine->takes(consent.view.header, consent.view.header.organisation));
    consent.view.header.organisation = "540630-1";
    CHECK_FALSE(mine->takes(consent.view.header, consent.view.header.organisation));
    // Codes that begin alike are neighbours, not one below the other.
    const auto neighbour = list_of(R"({"organisation": "540629-1"})");
    REQUIRE(neighbour);
    consent.view.header.organisation = "540629-102";
    CHECK(mine->takes(consent.view.header, consent.view.header.organisation));
    CHECK_FALSE(neighbour->takes(consent.view.header, consent.view.header.organisation));
    consent.view.header.organisation = "540629-1-3";
    CHECK(neighbour->takes(consent.view.header, consent.view.header.organisation));
    const auto everybody = list_of(R"({"organisation": "CN"})");
    REQUIRE(everybody);
    CHECK(everybody->takes(consent.view.header, consent.view.header.organisation));
    const Shown assigned(assigned_mediator());
    CHECK_FALSE(mine->takes(assigned.view.header, assigned.view.header.organisation));
    EventHeaderView unknown;
    unknown.workflow = WorkflowId{77};
    CHECK_FALSE(mine->takes(unknown, "540629-102"));
}

TEST_CASE("a wrong name in a list is refused with its place") {
    const auto complaint = [](std::string_view settings) {
        const auto list = list_of(settings);
        REQUIRE_FALSE(list);
        CHECK(list.error().code == ErrorCode::invalid);
        return list.error().detail;
    };
    CHECK(complaint(R"({"events": ["dispute.consent"]})").contains("events[0]"));
    CHECK(complaint(R"({"fields": {"dispute.consent_given": ["party", "nmae"]}})").contains("nmae"));
    CHECK(complaint(R"({"sealed": {"dispute.consent_given": ["summry"]}})").contains("summry"));
    CHECK(complaint(R"({"fields": {"dispte.*": []}})").contains("dispte"));
}

TEST_CASE("every workflow's events are known by name, and what is free text in them") {
    std::size_t texts = 0;
    for (const auto* words : sinks::all_words()) {
        CHECK(words->events().size() > 5);
        for (const auto& event : words->events()) {
            CHECK(event.name.starts_with(words->name()));
            CHECK(sinks::find_event(*words, event.type) == &event);
            for (const auto& field : event.fields) texts += field.free_text ? 1 : 0;
        }
    }
    CHECK(texts > 10);
}

}  // namespace anjie::test
