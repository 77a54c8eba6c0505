#include <catch2/catch.hpp>

#include "adapters/views/audit_thresholds.hpp"

using namespace anjie;
using namespace anjie::views;

namespace {

/// What is wrong with a document, or nothing.
std::string complaint(std::string_view text) {
    auto read = read_thresholds({});
    REQUIRE(read);
    const auto applied = apply_thresholds(*read, text, "audit.json", "office");
    return applied ? std::string{} : applied.error().detail;
}

}  // namespace

TEST_CASE("The built-in thresholds set every number, and say that they are the defaults") {
    const auto read = read_thresholds({});
    REQUIRE(read);
    for (const auto& number : dispute::audit::threshold_numbers()) {
        const auto name = std::string(number.section) + "." + std::string(number.name);
        INFO(name);
        REQUIRE(read->origin.contains(name));
        CHECK(read->origin.at(name) == "default");
        CHECK(read->values.*number.value >= number.low);
        CHECK(read->values.*number.value <= number.high);
    }
    CHECK(read->values.late_entry_days > 0);
    CHECK(read->values.import_actors == std::vector<std::string>{"ledger-import"});
}

TEST_CASE("What a file states replaces the default and carries the file's name; the rest stays") {
    auto read = read_thresholds({});
    REQUIRE(read);
    const auto before = read->values;
    REQUIRE(apply_thresholds(*read,
                             R"({"late_entry": {"days": 3}, "documents_missing": {"also_required": ["revisit_record"]},
                                        "import_actors": []})",
                             "audit.json", "office/audit.json"));
    CHECK(read->values.late_entry_days == 3);
    CHECK(read->values.late_entry_grave_days == before.late_entry_grave_days);
    CHECK(read->values.documents_also_required == std::vector{dispute::DocumentKind::revisit_record});
    CHECK(read->values.import_actors.empty());
    CHECK(read->origin.at("late_entry.days") == "office/audit.json");
    CHECK(read->origin.at("late_entry.grave_days") == "default");
}

TEST_CASE("A mistake in the file is named with the file, the field and what may stand there") {
    CHECK(complaint(R"({"late_entry": {"days": 0}})").empty());
    CHECK(complaint(R"({"late_entry": {"days": -1}})") ==
          "audit.json: late_entry.days: -1: write a whole number from 0 to 36600");
    CHECK(complaint(R"({"late_entry": {"days": "7"}})").starts_with("audit.json: late_entry.days: \"7\":"));
    CHECK(complaint(R"({"late_entry": {"day": 7}})").starts_with("audit.json: late_entry.day: 7: unknown name"));
    CHECK(complaint(R"({"late": {"days": 7}})").starts_with("audit.json: late: "));
    CHECK(complaint(R"({"revisit_bulk": 7})").starts_with("audit.json: revisit_bulk: 7: write an object"));
    CHECK(complaint(R"({"import_actors": "ledger-import"})").starts_with("audit.json: import_actors: "));
    CHECK(complaint(R"({"documents_missing": {"also_required": ["receipt"]}})")
              .starts_with("audit.json: documents_missing.also_required[0]: \"receipt\""));
    CHECK(complaint("{").starts_with("audit.json: line 1"));
    CHECK_FALSE(read_thresholds({"no/such/file.json"}));
}
