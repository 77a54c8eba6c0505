#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "tests/adapters/access/fixture.hpp"

namespace anjie::access {
namespace {

/// The table of docs/access.md: action -> the roles marked for it.
std::map<std::string, std::set<std::string>> written_table() {
    std::ifstream in(ANJIE_ACCESS_DOCS);
    std::map<std::string, std::set<std::string>> table;
    std::vector<std::string> heads;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("| `")) continue;
        std::vector<std::string> cells;
        std::istringstream parts(line.substr(1));
        for (std::string cell; std::getline(parts, cell, '|');) {
            std::erase_if(cell, [](char c) { return c == ' ' || c == '`'; });
            cells.push_back(cell);
        }
        if (cells.front() == "action") {
            heads = cells;
            continue;
        }
        if (heads.empty()) continue;
        if (cells.size() != heads.size()) break;
        for (std::size_t i = 1; i < cells.size(); ++i)
            if (cells[i] == "x") table[cells.front()].insert(heads[i]);
        table.try_emplace(cells.front());
    }
    return table;
}

Principal somebody(Role role) {
    return {.kind = Principal::Kind::user,
            .id = "somebody",
            .display_name = {},
            .roles = {role},
            .organisations = {"540629-102"},
            .clearance = Confidentiality::confidential,
            .only = std::nullopt,
            .credential = {}};
}

TEST_CASE("Every role may do exactly what the table in docs/access.md says, within its organisation and clearance") {
    Office office;
    const auto table = written_table();
    REQUIRE(table.size() == all_actions().size());
    for (const auto role : all_roles())
        for (const auto action : all_actions()) {
            CAPTURE(code_of(role), code_of(action));
            const auto row = table.find(std::string(code_of(action)));
            REQUIRE(row != table.end());
            const bool may = row->second.contains(std::string(code_of(role)));
            const auto who = somebody(role);
            const auto asked = [&](const char* organisation, Confidentiality level) {
                return word(office.access().judge(who, action, {organisation, level}));
            };
            const std::string yes = may ? "ok" : "role_lacks_action";
            CHECK(asked("540629-102", Confidentiality::ordinary) == yes);
            CHECK(asked("540629-102-1", Confidentiality::confidential) == yes);
            CHECK(asked("", Confidentiality::ordinary) == yes);
            CHECK(asked("540629-10", Confidentiality::ordinary) ==
                  (may ? "outside_organisation" : "role_lacks_action"));
            CHECK(asked("540629-103", Confidentiality::ordinary) ==
                  (may ? "outside_organisation" : "role_lacks_action"));
            CHECK(asked("540629", Confidentiality::ordinary) == (may ? "outside_organisation" : "role_lacks_action"));
            CHECK(asked("540629-102", Confidentiality::restricted) == (may ? "above_clearance" : "role_lacks_action"));
            // What the roles are for, whatever the table says.
            if (role == Role::administrator) CHECK_FALSE((may && shows_cases(action)));
            if (role == Role::auditor) CHECK_FALSE((may && writes(action)));
            if (role == Role::statistician) CHECK_FALSE((may && shows_cases(action)));
        }
}

TEST_CASE("A token is good for its scopes alone, whatever machines may") {
    Office office;
    auto token = somebody(Role::machine);
    token.kind = Principal::Kind::token;
    token.only = std::vector{Action::read_feed, Action::manage_users};
    for (const auto action : all_actions()) {
        CAPTURE(code_of(action));
        const auto got = word(office.access().judge(token, action, {"540629-102"}));
        if (action == Action::read_feed)
            CHECK(got == "ok");
        else if (action == Action::manage_users)
            CHECK(got == "role_lacks_action");  // Named by mistake: no machine may.
        else
            CHECK(got == "token_lacks_scope");
    }
}

TEST_CASE("Rights in one organisation are none in another, and several roles add up") {
    Office office;
    auto both = somebody(Role::registrar);
    both.roles.push_back(Role::statistician);
    both.organisations = {"540629-102", "540630"};
    CHECK(word(office.access().judge(both, Action::read_proofs, {"540630-7"})) == "ok");
    CHECK(word(office.access().judge(both, Action::register_case, {"540629-102"})) == "ok");
    CHECK(word(office.access().judge(both, Action::register_case, {"540631"})) == "outside_organisation");
    CHECK(word(office.access().judge(both, Action::decide_case, {"540630"})) == "role_lacks_action");
    auto nowhere = somebody(Role::mediator);
    nowhere.organisations = {};
    CHECK(word(office.access().judge(nowhere, Action::read_case, {"540629-102"})) == "outside_organisation");
}

TEST_CASE("A refusal is recorded with who, what, where and which case, and explains itself in two languages") {
    Office office;
    const auto mediator = office.add("pema", {Role::mediator});
    const CaseId id{{1, 2, 3}};
    const auto refused =
        office.access().authorise(mediator, Action::decide_case, {"540629-102"}, {"10.9.9.9", "curl\n/8"}, id);
    REQUIRE(word(refused) == "role_lacks_action");
    CHECK_FALSE(refused.error().message.zh.empty());
    CHECK_FALSE(refused.error().message.en.empty());
    REQUIRE(word(office.access().authorise(mediator, Action::read_case, {"540629-102"}, office.client())) == "ok");
    const auto rows = office.access().journal({.kinds = {JournalKind::refusal}});
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);  // What is allowed is no refusal.
    const auto& entry = rows->front().entry;
    CHECK(entry.who == "pema");
    CHECK(entry.roles == "mediator");
    CHECK(entry.action == "decide_case");
    CHECK(entry.organisation == "540629-102");
    CHECK(entry.outcome == "role_lacks_action");
    CHECK(entry.case_id == id);
    CHECK(entry.client == "10.9.9.9 curl?/8");
}

TEST_CASE("Requests beyond the rate are refused with the time to wait, each principal and address for itself") {
    Office office;
    office.write_rules(
        R"({"rates": {"person": {"per_minute": 60, "burst": 2}, "machine": {"per_minute": 60, "burst": 4},
                                     "address": {"per_minute": 60, "burst": 3}}})");
    office.reopen();
    const auto person = somebody(Role::mediator);
    CHECK(office.access().allow_rate(person));
    CHECK(office.access().allow_rate(person));
    const auto no = office.access().allow_rate(person);
    REQUIRE(word(no) == "too_many_attempts");
    CHECK(no.error().retry_after == std::chrono::seconds{1});
    auto machine = somebody(Role::machine);
    machine.kind = Principal::Kind::token;
    for (int i = 0; i < 4; ++i) CHECK(office.access().allow_rate(machine));
    CHECK_FALSE(office.access().allow_rate(machine));
    for (int i = 0; i < 3; ++i) CHECK(office.access().allow_rate(Client{"10.1.1.1", ""}));
    CHECK_FALSE(office.access().allow_rate(Client{"10.1.1.1", ""}));
    CHECK(office.access().allow_rate(Client{"10.1.1.2", ""}));
    office.clock().advance(std::chrono::seconds{1});
    CHECK(office.access().allow_rate(person));
}

TEST_CASE("Codes of roles, actions and refusals are told apart and read back") {
    std::set<std::string_view> seen;
    for (const auto role : all_roles()) {
        CHECK(parse_role(code_of(role)) == role);
        CHECK(seen.insert(code_of(role)).second);
        CHECK_FALSE(title_of(role).zh.empty());
    }
    for (const auto action : all_actions()) {
        CHECK(parse_action(code_of(action)) == action);
        CHECK(seen.insert(code_of(action)).second);
        CHECK_FALSE(title_of(action).en.empty());
    }
    CHECK_FALSE(parse_role("root"));
    CHECK_FALSE(parse_action(""));
    CHECK(parse_refusal("own_request") == RefusalCode::own_request);
    CHECK_FALSE(parse_refusal("no"));
}

}  // namespace
}  // namespace anjie::access
