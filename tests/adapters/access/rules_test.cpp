#include <catch2/catch.hpp>
#include <tuple>

#include "tests/adapters/access/fixture.hpp"

namespace anjie::access {
namespace {

TEST_CASE("An office's access.json replaces what it names and nothing else") {
    Office office;
    const auto given = load_rules(office.directory());
    REQUIRE(given);
    office.write_rules(R"({"roles": {"registrar": {"actions": ["list_cases"]}}, "session": {"idle_minutes": 5}})");
    const auto own = load_rules(office.directory());
    REQUIRE(own);
    CHECK(own->roles.at(Role::registrar).actions == std::vector{Action::list_cases});
    CHECK(own->roles.at(Role::registrar).reference.mark == SourceMark::configuration);
    CHECK(own->roles.at(Role::mediator) == given->roles.at(Role::mediator));
    CHECK(own->session_idle == std::chrono::minutes{5});
    CHECK(own->session_absolute == given->session_absolute);
    CHECK(own->incompatible == given->incompatible);
}

TEST_CASE("The rules that come with the program are marked as local configuration where no law is behind them") {
    Office office;
    for (const auto& [role, rule] : office.access().rules().roles) {
        CAPTURE(code_of(role));
        CHECK(rule.reference.mark == SourceMark::configuration);
        CHECK(rule.reference.title.zh.starts_with("本地配置"));
        CHECK(rule.reference.title.en.starts_with("Local configuration"));
    }
    CHECK(office.access().rules().roles.size() == all_roles().size());
    CHECK(office.access().rules().journal_kept == std::chrono::days{1096});
}

TEST_CASE("A wrong access.json opens nothing, and the complaint names the place") {
    const auto [text, place] = GENERATE(table<const char*, const char*>({
        std::tuple{R"({"roles": {"regisrar": {"actions": []}}})", "regisrar"},
        std::tuple{R"({"roles": {"registrar": {"actions": ["list_cases", "fly"]}}})", "actions[1]"},
        std::tuple{R"({"roles": {"registrar": {"actions": ["list_cases", "list_cases"]}}})", "actions[1]"},
        std::tuple{R"({"roles": {"administrator": {"actions": ["read_case"]}}})", "roles.administrator.actions"},
        std::tuple{R"({"roles": {"administrator": {"actions": ["read_sealed"]}}})", "roles.administrator.actions"},
        std::tuple{R"({"roles": {"auditor": {"actions": ["correct_case"]}}})", "roles.auditor.actions"},
        std::tuple{R"({"roles": {"head": {"actions": ["manage_users"]}}})", "roles.head.actions"},
        std::tuple{R"({"incompatible": [["auditor"]]})", "incompatible[0]"},
        std::tuple{R"({"incompatible": [["auditor", "king"]]})", "incompatible[0][1]"},
        std::tuple{R"({"session": {"idle_minutes": 0}})", "session.idle_minutes"},
        std::tuple{R"({"journal_kept_days": 30})", "journal_kept_days"},
        std::tuple{R"({"password_length_min": 4})", "password_length_min"},
        std::tuple{R"({"rates": {"login": {"per_minute": 6}}})", "rates.login"},
        std::tuple{R"({"rates": {"robots": {"per_minute": 6, "burst": 1}}})", "robots"},
        std::tuple{"{\n\"roles\": {,}}", "line 2"},
        std::tuple{"[]", "access.json"},
    }));
    CAPTURE(text);
    Office office;
    office.write_rules(text);
    const auto opened = Access::open(office.directory(), office.clock());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::invalid);
    CAPTURE(opened.error().detail);
    CHECK(opened.error().detail.find("access.json") != std::string::npos);
    CHECK(opened.error().detail.find(place) != std::string::npos);
}

}  // namespace
}  // namespace anjie::access
