#include "adapters/sinks/cloud_event.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <set>

#include "adapters/sinks/detail/token.hpp"

namespace anjie::test {
namespace {

EventHeaderView some_header() {
    EventHeaderView header;
    header.position = 4711;
    header.case_id = CaseId{*parse_uuid("018f0000-0000-7000-8000-000000000001")};
    header.version = 3;
    header.occurred_at = on_day(make_date(2024, 3, 5));
    header.recorded_at = {start_of_day(make_date(2024, 3, 6)).microseconds + 5};
    header.command_id = CommandId{*parse_uuid("018f0000-0000-7000-8000-00000000000a")};
    header.actor = "clerk-7";
    header.organisation = "540629-102";
    return header;
}

sinks::CloudEvent some_event(bool with_actor = false) {
    return sinks::make_cloud_event({"//anjie/540629-102/1", "cn.gov.540629"}, some_header(), "dispute.consent_given",
                                   {{"party", 2}, {"note", "\"藏历\"\n"}}, with_actor);
}

}  // namespace

TEST_CASE("the envelope of an event becomes context attributes") {
    const auto event = some_event();
    CHECK(event.attribute("specversion") == "1.0");
    CHECK(event.attribute("id") == "4711");
    CHECK(event.attribute("source") == "//anjie/540629-102/1");
    CHECK(event.attribute("type") == "cn.gov.540629.dispute.consent_given.v1");
    CHECK(event.attribute("subject") == "018f0000-0000-7000-8000-000000000001");
    CHECK(event.attribute("partitionkey") == event.attribute("subject"));
    CHECK(event.attribute("time") == "2024-03-05T00:00:00+08:00");
    CHECK(event.attribute("occurredon") == "2024-03-05");
    CHECK(event.attribute("recordedtime") == "2024-03-06T00:00:00.000005+08:00");
    CHECK(event.attribute("sequence") == "00000000000000004711");
    CHECK(event.attribute("caseversion") == "3");
    CHECK(event.attribute("organisation") == "540629-102");
    CHECK(event.attribute("actor").empty());
    CHECK(event.attribute("ruleversion").empty());
    CHECK(some_event(true).attribute("actor") == "clerk-7");
}

TEST_CASE("attribute names are short, lower-case and unique, values are never empty") {
    const auto event = some_event(true);
    std::set<std::string> names;
    for (const auto& [name, value] : event.attributes) {
        CHECK(name.size() <= 20);
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos);
        CHECK(name != "data");
        CHECK_FALSE(value.empty());
        CHECK(names.insert(name).second);
    }
}

TEST_CASE("structured JSON holds every attribute as text, and the data") {
    const auto event = some_event();
    const auto json = boost::json::parse(sinks::structured_json(event)).as_object();
    CHECK(json.size() == event.attributes.size() + 1);
    for (const auto& [name, value] : event.attributes) CHECK(json.at(name).as_string() == value);
    CHECK(json.at("data").at("party").to_number<int>() == 2);
    CHECK(json.at("data").at("note").as_string() == "\"藏历\"\n");
}

TEST_CASE("header values are percent-encoded as the HTTP binding asks") {
    CHECK(sinks::header_value("Euro \xE2\x82\xAC \xF0\x9F\x98\x80") == "Euro%20%E2%82%AC%20%F0%9F%98%80");
    CHECK(sinks::header_value("a\"b%c") == "a%22b%25c");
    CHECK(sinks::header_value("!~") == "!~");
    CHECK(sinks::header_value("x\r\ny\x7f") == "x%0D%0Ay%7F");
    CHECK(sinks::header_value("").empty());
}

TEST_CASE("a log's name becomes a URI reference") {
    CHECK(sinks::source_of("anjie/540629-102/ab12") == "//anjie/540629-102/ab12");
    CHECK(sinks::source_of("尼阿 log+1") == "//%E5%B0%BC%E9%98%BF%20log%2B1");
}

TEST_CASE("tokens read back what was written and nothing else") {
    using sinks::detail::Token;
    const Token token{7, 40, "018f0000-0000-7000-8000-000000000001", 3};
    CHECK(sinks::detail::parse_token(to_string(token)) == token);
    for (const auto* wrong : {"", "1 2 3", "a 2 - 0", "1 2 - 0 5", "1 -2 - 0", "1 2 - 99999999999999999999"})
        CHECK_FALSE(sinks::detail::parse_token(wrong));
}

}  // namespace anjie::test
