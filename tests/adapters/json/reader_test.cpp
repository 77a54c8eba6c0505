#include "adapters/json/reader.hpp"

#include <catch2/catch.hpp>

#include "tests/support/print.hpp"

using namespace anjie;
using json::Node;

namespace {

boost::json::value document(std::string_view text) {
    auto parsed = json::parse(text, "rules.json");
    REQUIRE(parsed);
    return *parsed;
}

template <class T>
std::string detail_of(const Result<T>& result) {
    REQUIRE_FALSE(result);
    REQUIRE(result.error().code == ErrorCode::invalid);
    return result.error().detail;
}

}  // namespace

TEST_CASE("a text that is not JSON is refused with file, line and column") {
    CHECK(detail_of(json::parse("{\n  \"a\": 1,\n  x\n}", "rules.json")).starts_with("rules.json: line 3, column 3: "));
    CHECK(detail_of(json::parse("{} {}", "rules.json")).starts_with("rules.json: line 1, column 4: "));
    CHECK(detail_of(json::parse("", "rules.json")).starts_with("rules.json: line 1, column 1: "));
    CHECK(detail_of(json::parse("{\"a\": ", "rules.json")).starts_with("rules.json: line 1, column 7: "));
    CHECK(json::parse(" [1] \r\n\t", "rules.json"));
    CHECK_FALSE(json::parse(std::string(10'000, '['), "rules.json"));
    CHECK_FALSE(json::parse("\"\xff\"", "rules.json"));
}

TEST_CASE("a member that is named twice is refused where it stands the second time") {
    const auto twice = detail_of(json::parse("{\"a\": [{\"b\": 1,\n  \"b\": 2}]}", "rules.json"));
    CHECK(twice.starts_with("rules.json: line 2, "));
    CHECK(twice.find("\"b\" is named a second time") != std::string::npos);
    CHECK_FALSE(json::parse(R"({"a": 1, "\u0061": 2})", "rules.json"));
    CHECK(json::parse(R"({"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]})", "rules.json"));
}

TEST_CASE("values are read by name and by place") {
    const auto value = document(R"({"day": "2024-02-29", "on": true, "count": 7, "list": [{"name": "春节"}]})");
    const Node root(value, "rules.json");
    CHECK(root.at("day")->date() == make_date(2024, 2, 29));
    CHECK(root.at("on")->flag() == true);
    CHECK(root.at("count")->integer(0, 7) == 7);
    CHECK(root.at("list")->items()->front().at("name")->text() == "春节");
    CHECK(root.at("list")->items()->front().at("name")->one_of({"元旦", "春节"}) == 1U);
    CHECK(root.find("absent")->has_value() == false);
    CHECK(root.has_only({"day", "on", "count", "list"}));
}

TEST_CASE("a complaint names the file, the place, the value and what to write") {
    const auto value = document(R"({"days": [{"date": "2024-02-30", "off": "yes", "extra": null}], "count": 8})");
    const Node root(value, "rules.json");
    const Node day = root.at("days")->items()->front();
    CHECK(detail_of(day.at("date")->date()) ==
          R"(rules.json: days[0].date: "2024-02-30": write an existing day as "YYYY-MM-DD")");
    CHECK(detail_of(day.at("off")->flag()) == R"(rules.json: days[0].off: "yes": write true or false)");
    CHECK(detail_of(day.at("off")->one_of({"C", "S"})) == R"(rules.json: days[0].off: "yes": write one of C, S)");
    CHECK(detail_of(day.has_only({"date", "off"})) ==
          "rules.json: days[0].extra: null: unknown name; the names here are date, off");
    CHECK(detail_of(root.at("count")->integer(0, 7)) == "rules.json: count: 8: write a whole number from 0 to 7");
    CHECK(detail_of(root.at("count")->items()) == "rules.json: count: 8: write an array, [...]");
    CHECK(detail_of(root.at("count")->at("x")) == "rules.json: count: 8: write an object, {...}");
    CHECK(detail_of(root.at("count")->text()) == "rules.json: count: 8: write a text in quotes, not empty");
    CHECK(detail_of(root.at("name")).ends_with(": add \"name\", which is missing"));
}

TEST_CASE("a long value is shown cut off at a whole character") {
    std::string text = "\"x";
    for (int i = 0; i < 60; ++i) text += "调";
    const auto value = document(text + "\"");
    const std::string complaint = detail_of(Node(value, "rules.json").flag());
    // A quotation mark, x and 26 characters of three bytes make 80 bytes.
    CHECK(complaint == "rules.json: " + text.substr(0, 2 + 26 * 3) + "...: write true or false");
}
