#include "adapters/access/principal.hpp"

#include <algorithm>
#include <array>

namespace anjie::access {
namespace {

struct RefusalRow {
    RefusalCode code;
    std::string_view name, zh, en;
};

constexpr std::array refusal_rows{
    RefusalRow{RefusalCode::wrong_credentials, "wrong_credentials", "用户名或密码不对", "wrong name or password"},
    RefusalRow{RefusalCode::session_ended, "session_ended", "登录已结束，请重新登录",
               "the session has ended; log in again"},
    RefusalRow{RefusalCode::token_invalid, "token_invalid", "令牌无效、过期或已撤销",
               "the token is unknown, expired or revoked"},
    RefusalRow{RefusalCode::not_set_up, "not_set_up", "还没有用户：请先建立第一个管理员",
               "there are no users yet: create the first administrator"},
    RefusalRow{RefusalCode::wrong_setup_secret, "wrong_setup_secret", "初始口令不对或已用过",
               "the setup secret is wrong or used up"},
    RefusalRow{RefusalCode::login_required, "login_required", "已有用户：请以有权的用户登录（--user）",
               "there are users: log in as one who may (--user)"},
    RefusalRow{RefusalCode::role_lacks_action, "role_lacks_action", "您的角色不能做这件事",
               "none of your roles may do this"},
    RefusalRow{RefusalCode::token_lacks_scope, "token_lacks_scope", "这个令牌不能用于此事",
               "this token is not meant for this"},
    RefusalRow{RefusalCode::outside_organisation, "outside_organisation", "不在您管辖的机构范围内",
               "outside the organisations in your charge"},
    RefusalRow{RefusalCode::above_clearance, "above_clearance", "密级高于您的权限",
               "kept more closely than you are cleared for"},
    RefusalRow{RefusalCode::needs_second_person, "needs_second_person", "须由一人申请、另一人批准",
               "one person has to request it and another to approve it"},
    RefusalRow{RefusalCode::own_request, "own_request", "不能批准自己的申请，也不能改自己的权限",
               "nobody approves his own request or changes his own rights"},
    RefusalRow{RefusalCode::request_not_open, "request_not_open", "申请已过期、被拒绝或已执行",
               "the request has expired, was refused, or has been carried out"},
    RefusalRow{RefusalCode::request_differs, "request_differs", "批准的不是这件事", "this is not what was approved"},
    RefusalRow{RefusalCode::too_many_attempts, "too_many_attempts", "太频繁，请稍后再试",
               "too many attempts; try again later"},
};
static_assert(std::ranges::all_of(refusal_rows, [](const RefusalRow& row) {
    return &row == &refusal_rows[static_cast<std::size_t>(row.code)];
}));

}  // namespace

std::string_view code_of(Confidentiality level) {
    switch (level) {
        case Confidentiality::ordinary:
            return "ordinary";
        case Confidentiality::confidential:
            return "confidential";
        case Confidentiality::restricted:
            return "restricted";
    }
    return {};
}

std::string_view code_of(RefusalCode code) { return refusal_rows[static_cast<std::size_t>(code)].name; }

std::optional<RefusalCode> parse_refusal(std::string_view code) {
    const auto found = std::ranges::find(refusal_rows, code, &RefusalRow::name);
    return found == refusal_rows.end() ? std::nullopt : std::optional(found->code);
}

Refusal refusal(RefusalCode code) {
    const auto& row = refusal_rows[static_cast<std::size_t>(code)];
    return {.code = code, .message = {std::string(row.zh), std::string(row.en)}, .retry_after = std::nullopt};
}

}  // namespace anjie::access
