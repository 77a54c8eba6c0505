#include "adapters/access/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "adapters/json/reader.hpp"
#include "embedded_access_rules.hpp"
#include "engine/organisation.hpp"

namespace anjie::access {
namespace {

using json::Node;

constexpr std::uintmax_t file_bytes_max = 1 << 20;
/// 《网络安全法》第二十一条: network logs are kept for six months at least. No configuration goes below.
constexpr std::int64_t journal_days_min = 184;

Result<Role> role_at(const Node& node) {
    ANJIE_TRY(const auto code, node.text());
    if (const auto role = parse_role(code)) return *role;
    return node.complaint(
        "is no role; one of registrar mediator head judicial_office auditor statistician "
        "administrator machine / 没有这个角色");
}

Result<std::vector<Action>> actions_at(const Node& node) {
    std::vector<Action> actions;
    ANJIE_TRY(const auto items, node.items());
    for (const auto& item : items) {
        ANJIE_TRY(const auto code, item.text());
        const auto action = parse_action(code);
        if (!action) return item.complaint("is no action; see docs/access.md / 没有这个权限");
        if (std::ranges::find(actions, *action) != actions.end())
            return item.complaint("is listed twice; list it once / 重复");
        actions.push_back(*action);
    }
    return actions;
}

Result<RuleReference> reference_at(const Node& node) {
    constexpr SourceMark marks[] = {SourceMark::confirmed, SourceMark::secondary, SourceMark::configuration};
    ANJIE_CHECK(node.has_only({"id", "mark", "zh", "en"}));
    RuleReference reference;
    ANJIE_TRY(const auto id, node.at("id"));
    ANJIE_TRY(reference.id, id.text());
    ANJIE_TRY(const auto mark, node.at("mark"));
    ANJIE_TRY(const auto index, mark.one_of({"C", "S", "M"}));
    reference.mark = marks[index];
    ANJIE_TRY(const auto zh, node.at("zh"));
    ANJIE_TRY(reference.title.zh, zh.text());
    ANJIE_TRY(const auto en, node.at("en"));
    ANJIE_TRY(reference.title.en, en.text());
    return reference;
}

/// What no configuration may say, whoever wrote it.
Result<void> check_role(const Node& node, Role role, const std::vector<Action>& actions) {
    const bool case_shown = std::ranges::any_of(actions, shows_cases);
    if (role == Role::administrator && case_shown)
        return node.complaint("an administrator may not see the content of cases / 系统管理员不得查看案件内容");
    if (role == Role::auditor && std::ranges::any_of(actions, writes))
        return node.complaint("an auditor may not write anything / 审计不得写入");
    if (role != Role::administrator && std::ranges::find(actions, Action::manage_users) != actions.end())
        return node.complaint("only an administrator manages users / 只有系统管理员可以管理用户");
    return {};
}

Result<void> read_roles(const Node& node, Rules& rules) {
    std::vector<std::string_view> known;
    for (const auto role : all_roles()) known.push_back(code_of(role));
    ANJIE_CHECK(node.has_only(known));
    for (const auto role : all_roles()) {
        ANJIE_TRY(const auto found, node.find(code_of(role)));
        if (!found) continue;
        ANJIE_CHECK(found->has_only({"actions", "reference"}));
        auto& rule = rules.roles[role];
        ANJIE_TRY(const auto actions, found->at("actions"));
        ANJIE_TRY(rule.actions, actions_at(actions));
        ANJIE_CHECK(check_role(actions, role, rule.actions));
        ANJIE_TRY(const auto reference, found->find("reference"));
        // A list of somebody's own rests on nothing that came with the program.
        rule.reference = {.id = "ACCESS-LOCAL",
                          .mark = SourceMark::configuration,
                          .title = {"本地配置：access.json", "Local configuration: access.json"}};
        if (reference) {
            ANJIE_TRY(rule.reference, reference_at(*reference));
        }
    }
    return {};
}

Result<void> read_incompatible(const Node& node, Rules& rules) {
    rules.incompatible.clear();
    ANJIE_TRY(const auto pairs, node.items());
    for (const auto& pair : pairs) {
        ANJIE_TRY(const auto both, pair.items());
        if (both.size() != 2) return pair.complaint("two roles that nobody may have at once / 应为两个角色");
        ANJIE_TRY(const auto first, role_at(both[0]));
        ANJIE_TRY(const auto second, role_at(both[1]));
        rules.incompatible.emplace_back(first, second);
    }
    return {};
}

/// Members that may be left out keep what stands in `into`.
template <class T>
Result<void> number(const Node& node, std::string_view key, std::int64_t low, std::int64_t high, T& into) {
    ANJIE_TRY(const auto found, node.find(key));
    if (!found) return {};
    ANJIE_TRY(const auto value, found->integer(low, high));
    into = T(static_cast<std::int32_t>(value));
    return {};
}

Result<void> read_rate(const Node& node, std::string_view key, Rate& rate) {
    ANJIE_TRY(const auto found, node.find(key));
    if (!found) return {};
    ANJIE_CHECK(found->has_only({"per_minute", "burst"}));
    ANJIE_TRY(const auto per_minute, found->at("per_minute"));
    ANJIE_TRY(const auto filled, per_minute.integer(1, 10'000'000));
    ANJIE_TRY(const auto burst, found->at("burst"));
    ANJIE_TRY(const auto held, burst.integer(1, 10'000'000));
    rate = {static_cast<double>(filled) / 60.0, static_cast<double>(held)};
    return {};
}

Result<void> read(const Node& node, Rules& rules) {
    ANJIE_CHECK(node.has_only({"roles", "incompatible", "session", "token_days_max", "request_valid_hours",
                               "journal_kept_days", "password_length_min", "rates"}));
    ANJIE_TRY(const auto roles, node.find("roles"));
    if (roles) ANJIE_CHECK(read_roles(*roles, rules));
    ANJIE_TRY(const auto incompatible, node.find("incompatible"));
    if (incompatible) ANJIE_CHECK(read_incompatible(*incompatible, rules));
    ANJIE_TRY(const auto session, node.find("session"));
    if (session) {
        ANJIE_CHECK(session->has_only({"idle_minutes", "absolute_minutes"}));
        ANJIE_CHECK(number(*session, "idle_minutes", 1, 1440, rules.session_idle));
        ANJIE_CHECK(number(*session, "absolute_minutes", 1, 10'080, rules.session_absolute));
    }
    ANJIE_CHECK(number(node, "token_days_max", 1, 3660, rules.token_days_max));
    ANJIE_CHECK(number(node, "request_valid_hours", 1, 720, rules.request_valid));
    ANJIE_CHECK(number(node, "journal_kept_days", journal_days_min, 36'600, rules.journal_kept));
    ANJIE_TRY(const auto length, node.find("password_length_min"));
    if (length) {
        ANJIE_TRY(const auto least, length->integer(8, 128));
        rules.password_length_min = static_cast<std::size_t>(least);
    }
    ANJIE_TRY(const auto rates, node.find("rates"));
    if (!rates) return {};
    ANJIE_CHECK(rates->has_only({"person", "machine", "address", "login"}));
    ANJIE_CHECK(read_rate(*rates, "person", rules.rate_person));
    ANJIE_CHECK(read_rate(*rates, "machine", rules.rate_machine));
    ANJIE_CHECK(read_rate(*rates, "address", rules.rate_address));
    return read_rate(*rates, "login", rules.rate_login);
}

Result<void> read_text(std::string_view text, std::string_view name, Rules& rules) {
    ANJIE_TRY(const auto document, json::parse(text, name));
    return read(Node(document, name), rules);
}

}  // namespace

Result<Rules> load_rules(const std::filesystem::path& directory) {
    Rules rules;
    for (const auto& file : embedded::embedded_files()) ANJIE_CHECK(read_text(file.text, file.name, rules));
    const auto own = directory / "access.json";
    std::error_code failed;
    if (!std::filesystem::exists(own, failed)) return rules;
    const auto size = std::filesystem::file_size(own, failed);
    if (failed || size > file_bytes_max)
        return failure(ErrorCode::invalid,
                       fmt::format("{}: cannot be read, or is longer than 1 MiB / 读不了或太大", own.string()));
    std::ifstream in(own, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) return failure(ErrorCode::unavailable, fmt::format("{}: cannot be read / 读不了", own.string()));
    ANJIE_CHECK(read_text(text, own.string(), rules));
    return rules;
}

Decision judge(const Rules& rules, const Principal& principal, Action action, const CaseScope& scope) {
    const auto no = [](RefusalCode code) { return std::unexpected(refusal(code)); };
    if (principal.kind == Principal::Kind::local) return {};
    if (principal.only && std::ranges::find(*principal.only, action) == principal.only->end())
        return no(RefusalCode::token_lacks_scope);
    const bool allowed = std::ranges::any_of(principal.roles, [&](Role role) {
        const auto rule = rules.roles.find(role);
        return rule != rules.roles.end() &&
               std::ranges::find(rule->second.actions, action) != rule->second.actions.end();
    });
    if (!allowed) return no(RefusalCode::role_lacks_action);
    if (!scope.organisation.empty() && std::ranges::none_of(principal.organisations, [&](const std::string& top) {
            return is_within(scope.organisation, top);
        }))
        return no(RefusalCode::outside_organisation);
    if (scope.confidentiality > principal.clearance) return no(RefusalCode::above_clearance);
    return {};
}

}  // namespace anjie::access
