#include "adapters/access/roles.hpp"

#include <algorithm>
#include <array>

namespace anjie::access {
namespace {

struct RoleRow {
    Role role;
    std::string_view code, zh, en;
};

constexpr std::array role_rows{
    RoleRow{Role::registrar, "registrar", "登记员", "registrar"},
    RoleRow{Role::mediator, "mediator", "调解员", "mediator"},
    RoleRow{Role::head, "head", "主任", "head of office"},
    RoleRow{Role::judicial_office, "judicial_office", "司法所", "judicial office"},
    RoleRow{Role::auditor, "auditor", "审计", "auditor"},
    RoleRow{Role::statistician, "statistician", "统计员", "statistician"},
    RoleRow{Role::administrator, "administrator", "系统管理员", "administrator"},
    RoleRow{Role::machine, "machine", "接口账号", "machine"},
};

struct ActionRow {
    Action action;
    bool writes;
    bool shows_cases;
    std::string_view code, zh, en;
};

constexpr std::array action_rows{
    ActionRow{Action::list_cases, false, true, "list_cases", "案件列表", "list cases"},
    ActionRow{Action::read_case, false, true, "read_case", "查看案件（不含密文）", "read a case without sealed texts"},
    ActionRow{Action::read_sealed, false, true, "read_sealed", "查看个人信息和案情",
              "read personal data and narrative"},
    ActionRow{Action::register_case, true, true, "register_case", "登记案件", "register a case"},
    ActionRow{Action::work_on_case, true, true, "work_on_case", "办理案件", "work on a case"},
    ActionRow{Action::decide_case, true, true, "decide_case", "受理、指派、延期、盖章、结案",
              "accept, designate, extend, seal, close"},
    ActionRow{Action::correct_case, true, true, "correct_case", "更正记录", "correct what was recorded"},
    ActionRow{Action::hand_over_case, true, true, "hand_over_case", "移送和接收", "hand over, take over"},
    ActionRow{Action::set_confidentiality, true, true, "set_confidentiality", "定密级", "set the confidentiality"},
    ActionRow{Action::work_on_screening, true, true, "work_on_screening", "排查", "screening"},
    ActionRow{Action::import_ledger, true, true, "import_ledger", "导入台账", "import a ledger"},
    ActionRow{Action::read_reports, false, false, "read_reports", "统计报表", "read reports"},
    ActionRow{Action::read_findings, false, true, "read_findings", "审计疑点", "read audit findings"},
    ActionRow{Action::read_feed, false, true, "read_feed", "事件流（不含密文）", "read the feed without sealed texts"},
    ActionRow{Action::read_proofs, false, false, "read_proofs", "检查点和证明", "read checkpoints and proofs"},
    ActionRow{Action::read_calendar, false, true, "read_calendar", "日程（不含姓名）", "read due days without names"},
    ActionRow{Action::export_case, false, true, "export_case", "导出卷宗", "export a dossier"},
    ActionRow{Action::export_list, false, true, "export_list", "导出表格（不含密文）",
              "export tables without sealed texts"},
    ActionRow{Action::request_full_export, true, true, "request_full_export", "申请全量导出", "request a full export"},
    ActionRow{Action::approve_full_export, true, false, "approve_full_export", "批准全量导出", "approve a full export"},
    ActionRow{Action::request_erasure, true, true, "request_erasure", "申请删除个人信息", "request an erasure"},
    ActionRow{Action::approve_erasure, true, false, "approve_erasure", "批准删除个人信息", "approve an erasure"},
    ActionRow{Action::restrict_processing, true, true, "restrict_processing", "限制处理", "restrict processing"},
    ActionRow{Action::read_journal, false, false, "read_journal", "访问日志", "read the access journal"},
    ActionRow{Action::manage_users, true, false, "manage_users", "管理用户", "manage users"},
    ActionRow{Action::manage_tokens, true, false, "manage_tokens", "管理令牌", "manage tokens"},
    ActionRow{Action::manage_sinks, true, false, "manage_sinks", "管理对外推送", "manage sinks"},
    ActionRow{Action::operate, true, false, "operate", "运维", "operate"},
};

constexpr auto roles_in_order = [] {
    std::array<Role, role_rows.size()> out{};
    std::ranges::transform(role_rows, out.begin(), &RoleRow::role);
    return out;
}();
constexpr auto actions_in_order = [] {
    std::array<Action, action_rows.size()> out{};
    std::ranges::transform(action_rows, out.begin(), &ActionRow::action);
    return out;
}();

// The rows stand in the order of their enums, so that a value is its own index.
static_assert(std::ranges::all_of(role_rows, [](const RoleRow& row) {
    return &row == &role_rows[static_cast<std::size_t>(row.role)];
}));
static_assert(std::ranges::all_of(action_rows, [](const ActionRow& row) {
    return &row == &action_rows[static_cast<std::size_t>(row.action)];
}));

const RoleRow& row_of(Role role) { return role_rows[static_cast<std::size_t>(role)]; }
const ActionRow& row_of(Action action) { return action_rows[static_cast<std::size_t>(action)]; }

}  // namespace

std::string_view code_of(Role role) { return row_of(role).code; }
std::string_view code_of(Action action) { return row_of(action).code; }

std::optional<Role> parse_role(std::string_view code) {
    const auto found = std::ranges::find(role_rows, code, &RoleRow::code);
    return found == role_rows.end() ? std::nullopt : std::optional(found->role);
}

std::optional<Action> parse_action(std::string_view code) {
    const auto found = std::ranges::find(action_rows, code, &ActionRow::code);
    return found == action_rows.end() ? std::nullopt : std::optional(found->action);
}

Text title_of(Role role) { return {std::string(row_of(role).zh), std::string(row_of(role).en)}; }
Text title_of(Action action) { return {std::string(row_of(action).zh), std::string(row_of(action).en)}; }

std::span<const Role> all_roles() { return roles_in_order; }
std::span<const Action> all_actions() { return actions_in_order; }
bool writes(Action action) { return row_of(action).writes; }
bool shows_cases(Action action) { return row_of(action).shows_cases; }

}  // namespace anjie::access
