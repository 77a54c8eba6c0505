#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "adapters/process_mining/ocel.hpp"
#include "adapters/process_mining/ocel_model.hpp"
#include "adapters/process_mining/text.hpp"
#include "adapters/process_mining/xes.hpp"
#include "storage/memory/memory_store.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::process_mining {
namespace {

using dispute::Dispute;

constexpr std::string_view planted = "丹增旺姆 13900000000";

class TextSink final : public ByteSink {
public:
    Result<void> write(std::string_view bytes) override {
        text += bytes;
        return {};
    }
    std::string text;
};

/// Lawful codes, and every text field filled with what must not leave.
template <class E>
E hostile() {
    E event{};
    E::describe([&](std::string_view, auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<E&>().*member)>;
        if constexpr (std::is_same_v<Field, std::string>) event.*member = std::string(planted);
        if constexpr (Coded<Field>) event.*member = code_table(Field{}).front().value;
    });
    return event;
}

template <class... E>
std::vector<dispute::Event> hostile_of(const std::variant<E...>*) {
    return {dispute::Event(hostile<E>())...};
}

/// Every kind of event once.
std::vector<dispute::Event> hostile_events() { return hostile_of(static_cast<const dispute::Event*>(nullptr)); }

/// A registration whose texts are as hostile, with parties for the others to speak of.
dispute::Event registration() {
    auto event = std::get<dispute::CaseRegistered>(hostile_events().front());
    event.number = {"尼阿调", 2024, 1};
    event.parties = {{1, dispute::PartyRole::applicant, dispute::PartyKind::natural_person},
                     {2, dispute::PartyRole::respondent, dispute::PartyKind::natural_person}};
    return event;
}

AppendEvent appended(const dispute::Event& event, Version version, std::string_view actor) {
    AppendEvent append;
    auto& header = append.header;
    append.body = Dispute::encode(event);
    append.body.sealed = {{1, 1, std::string(planted)}, {0, 11, std::string(planted)}};
    header.position = version;
    header.case_id = dispute::case_id_of("540629-102", {"尼阿调", 2024, 1});
    header.version = version;
    header.workflow = dispute::workflow_id;
    header.type = append.body.type;
    header.occurred_at = on_day(make_date(2024, 3, 1 + version % 20));
    header.recorded_at = start_of_day(make_date(2024, 4, 1));
    header.actor = actor;
    header.organisation = "540629-102";
    header.rule_version = "small-1";
    return append;
}

void fill_hostile(MemoryStore& store) {
    std::vector<AppendEvent> batch{appended(registration(), 1, planted)};
    for (const auto& event : hostile_events())
        if (event.index() != 0) batch.push_back(appended(event, static_cast<Version>(batch.size() + 1), "clerk-1"));
    REQUIRE(store.append(batch));
}

}  // namespace

TEST_CASE("no text of any event leaves unless it is shaped like a code") {
    Pseudonyms pseudonyms;
    for (const auto& event : hostile_events())
        for (const auto& one : attributes_of(event, pseudonyms)) {
            INFO(kind_of(event).code << "." << one.name);
            CHECK(one.text.find("丹增") == std::string::npos);
            CHECK(one.text.find("139") == std::string::npos);
        }
}

TEST_CASE("what an event says is among what its kind declares, each name once") {
    Pseudonyms pseudonyms;
    std::set<std::string> tables;
    std::set<std::string_view> chinese, english;
    for (const auto& kind : event_kinds()) {
        INFO(kind.code);
        CHECK(tables.insert(kind.table).second);
        CHECK(chinese.insert(kind.zh).second);
        CHECK(english.insert(kind.en).second);
        CHECK(std::ranges::all_of(kind.table, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }));
        std::set<std::string_view> names;
        for (const auto& one : envelope_attributes()) CHECK(names.insert(one.name).second);
        for (const auto& one : kind.attributes) CHECK(names.insert(one.name).second);
    }
    for (const auto& event : hostile_events())
        for (const auto& one : attributes_of(event, pseudonyms))
            CHECK(std::ranges::count(kind_of(event).attributes, AttributeName{one.name, one.type}) == 1);
}

TEST_CASE("object kinds stand in the order of their types, under letters only") {
    std::set<std::string_view> chinese;
    for (std::size_t i = 0; i < object_kinds().size(); ++i) {
        CHECK(object_kinds()[i].type == static_cast<ObjectType>(i));
        CHECK(chinese.insert(object_kinds()[i].zh).second);
    }
}

TEST_CASE("a log in which every text was misused leaves without any of them") {
    MemoryStore store;
    fill_hostile(store);
    for (const bool number_people : {false, true}) {
        const ExportOptions options{.number_people = number_people};
        TextSink xes, json;
        const auto first = write_xes(store, options, xes);
        const auto second = write_ocel_json(store, options, json, ".");
        REQUIRE(first);
        REQUIRE(second);
        CHECK(*first == Exported{1, std::variant_size_v<dispute::Event>});
        CHECK(*first == *second);
        for (const auto* text : {&xes.text, &json.text}) {
            CHECK(text->find("丹增") == std::string::npos);
            CHECK(text->find("13900000000") == std::string::npos);
            CHECK(text->find("person-1") != std::string::npos);
        }
    }
}

TEST_CASE("codes stay, what may be a name becomes a number, always the same") {
    Pseudonyms pseudonyms;
    CHECK(pseudonyms.person("AS-T01") == "AS-T01");
    CHECK(pseudonyms.person("丹增") == "person-2");
    CHECK(pseudonyms.person("p-0123456789") == "person-3");
    CHECK(pseudonyms.person("丹增") == "person-2");
    CHECK(pseudonyms.organisation("乡派出所") == "organisation-1");
    CHECK(pseudonyms.person("").empty());
    // A code that looks like a stand-in could be taken for another person's.
    CHECK(pseudonyms.person("person-2") == "person-4");
}

TEST_CASE("texts that XML or JSON could not hold are mended") {
    CHECK(xml_text("a<b>&\"c\n\x01\xff") == "a&lt;b&gt;&amp;&quot;c&#10;");
    CHECK(json_text("a\"\\\n\x01\xff案") == "\"a\\\"\\\\\\u000a案\"");
    CHECK(clean_text("\xed\xa0\x80\xef\xbf\xbf\xf0\x9f\x98\x80\xc0\x80") == "\xf0\x9f\x98\x80");
    CHECK(clean_text("\xe6\xa1") == "");
}

TEST_CASE("times are written for their readers") {
    const auto at = *parse_instant("2024-03-05T14:02:11.123456+08:00");
    CHECK(zoned_time(at) == "2024-03-05T14:02:11.123+08:00");
    CHECK(sqlite_time(at) == "2024-03-05 06:02:11.123");
    CHECK(zoned_time(Instant{-1}) == "1970-01-01T07:59:59.999+08:00");
}

TEST_CASE("a reader that stops taking bytes ends the export") {
    class Refusing final : public ByteSink {
        Result<void> write(std::string_view) override { return failure(ErrorCode::unavailable, "full"); }
    } refusing;
    MemoryStore store;
    fill_hostile(store);
    CHECK_FALSE(write_xes(store, {}, refusing));
    CHECK_FALSE(write_ocel_json(store, {}, refusing, "."));
    TextSink sink;
    CHECK_FALSE(write_ocel_json(store, {}, sink, "/no/such/folder"));
}

}  // namespace anjie::process_mining
