#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/api/detail/problems.hpp"
#include "adapters/views/case_view.hpp"
#include "engine/assert.hpp"

namespace anjie::api::detail {
namespace {

constexpr std::array kinds{
    ProblemKind{"invalid", 400, "请求有误", "The request is wrong", "按 detail 所说改正后再发",
                "Correct what the detail names and send it again"},
    ProblemKind{"idempotency-key-missing", 400, "缺少 Idempotency-Key", "Idempotency-Key is missing",
                "每个新命令带一个新的键；重发同一命令用同一个键",
                "Give each new command a new key; send the same command again under the same key"},
    ProblemKind{"unauthenticated", 401, "需要登录或令牌", "Log in or send a token",
                "用 POST /v1/session 登录，或带 Authorization: Bearer 令牌",
                "Log in at POST /v1/session or send Authorization: Bearer with a token"},
    ProblemKind{"wrong-credentials", 401, "用户名或密码不对", "The name or the password is wrong",
                "检查用户名和密码；账号可能已停用", "Check both; the account may be disabled"},
    ProblemKind{"forbidden", 403, "没有此权限", "Your rights do not cover this", "请由有权限的人办理，或请管理员授权",
                "Somebody with that right can do it, or an administrator can grant it"},
    ProblemKind{
        "cross-site", 403, "拒绝跨站请求", "A request from another site is refused",
        "用会话登录时，写请求须带 X-Anjie-Request: 1 头且来自同一站点",
        "With a session, requests that change something need the header X-Anjie-Request: 1 and the same origin"},
    ProblemKind{"not-set-up", 403, "还没有任何用户", "There are no users yet",
                "在服务器上运行 anjie user add 建立第一个用户", "Make the first user at the server: anjie user add"},
    ProblemKind{"not-found", 404, "没有这个资源", "There is no such thing", "检查地址；也可能不在您的权限范围内",
                "Check the address; it may also be out of your reach"},
    ProblemKind{"conflict", 409, "与现状冲突", "In conflict with what is there", "重新读取后再决定",
                "Read again, then decide again"},
    ProblemKind{"rejected-by-rule", 409, "规则不允许", "The rules say no", "见 rejection：依据的规则、事实和办法",
                "See rejection: the rule, the facts, and what would make it acceptable"},
    ProblemKind{"idempotency-key-in-progress", 409, "同一命令正在办理", "The same command is being carried out",
                "稍后用同一个键再发，即得结果", "Send it again in a moment under the same key to get its answer"},
    ProblemKind{"position-ahead", 409, "日志还没有这个位置", "The log does not reach that position",
                "日志可能是从备份恢复的：从 0 或检查点重新读取",
                "The log may have been restored from a backup: read again from 0"},
    ProblemKind{"stale-version", 412, "案件已被更改", "The case has changed",
                "current_version 是现在的版本：重新读取案件，再决定是否提交",
                "current_version is the version now: read the case again, then decide again"},
    ProblemKind{"unsupported-media-type", 415, "内容类型不对", "Wrong content type", "请用 application/json",
                "Send application/json"},
    ProblemKind{"idempotency-key-reused", 422, "键已用于另一命令", "The key was used for another command",
                "新的命令用新的键", "Give the new command a new key"},
    ProblemKind{"if-match-missing", 428, "缺少 If-Match", "If-Match is missing",
                "先读取案件，把 ETag 放入 If-Match；不关心版本时写 *",
                "Read the case and send its ETag as If-Match; * when the version does not matter"},
    ProblemKind{"too-many-requests", 429, "请求太频繁", "Too many requests", "等 Retry-After 秒后再发",
                "Wait as many seconds as Retry-After says"},
    ProblemKind{"corrupt", 500, "服务器内部错误", "Something is wrong here", "请管理员运行 anjie verify",
                "The operator should run anjie verify"},
    ProblemKind{"unavailable", 503, "暂时不可用，请稍后再试", "Not now; try again later", "等 Retry-After 秒后再发",
                "Wait as many seconds as Retry-After says"},
    ProblemKind{"not-yet", 503, "列表和统计还没有跟上", "Lists and figures have not followed yet",
                "稍后用同样的 wait_for 再发", "Ask again in a moment with the same wait_for"},
    // What the HTTP server refuses before anybody is asked (docs/http.md).
    ProblemKind{"ambiguous-length", 400, "请求体长度的写法不唯一", "The body's length is said in more than one way",
                "只用一个 Content-Length，或只用 chunked", "Say it once: one Content-Length, or chunked alone"},
    ProblemKind{"malformed-chunks", 400, "分块编码不正确", "The chunks are malformed", "请检查客户端的分块编码",
                "Look at how the client writes its chunks"},
    ProblemKind{"malformed-path", 400, "路径的百分号编码不正确", "The path is not well percent-encoded UTF-8",
                "请用 UTF-8 并对特殊字符做百分号编码", "Write UTF-8 and percent-encode what is special"},
    ProblemKind{"malformed-query", 400, "查询参数不正确或过多", "The query is malformed or has too many parameters",
                "请检查百分号编码和参数个数", "Look at its percent signs and how many parameters it has"},
    ProblemKind{"malformed-target", 400, "请求目标必须是以 / 开头的路径",
                "The target has to be a path that begins with /", "请直接向本服务器发请求，不经代理格式",
                "Ask this server itself, not as a proxy"},
    ProblemKind{"not-http", 400, "这不是合法的 HTTP 请求", "This is not a well-formed HTTP request",
                "请检查客户端；完整的规则见 docs/http.md", "Look at the client; docs/http.md has what is refused"},
    ProblemKind{"one-host", 400, "必须恰好有一个有效的 Host", "There must be exactly one valid Host",
                "每个请求带一个 Host", "Send one Host with each request"},
    ProblemKind{"unexpected-body", 400, "此方法不带请求体", "A request of this method has no body", "去掉请求体",
                "Leave the body out"},
    ProblemKind{"no-such-path", 404, "没有这个路径", "There is no such path", "路径见 /v1/openapi.json",
                "The paths are in /v1/openapi.json"},
    ProblemKind{"method-not-allowed", 405, "不支持此方法", "This method is not served there", "可用的方法见 Allow",
                "Allow says which methods are"},
    ProblemKind{"too-slow", 408, "请求传输过慢", "The request came too slowly", "检查网络后再发",
                "Look at the network and send it again"},
    ProblemKind{"length-required", 411, "请用 Content-Length 说明请求体长度", "Say the body's length by Content-Length",
                "不要用 chunked", "Do not send it chunked"},
    ProblemKind{"body-too-long", 413, "请求体过长", "The body is too long", "请分成较小的请求",
                "Send smaller requests"},
    ProblemKind{"target-too-long", 414, "请求目标过长", "The target is too long", "缩短查询", "Shorten the query"},
    ProblemKind{"unknown-expectation", 417, "不支持此 Expect", "This expectation is not met here",
                "只支持 Expect: 100-continue", "Only Expect: 100-continue is"},
    ProblemKind{"head-too-long", 431, "请求头过长", "The header fields are too long", "去掉不需要的请求头和 Cookie",
                "Leave out header fields and cookies that are not needed"},
    ProblemKind{"too-many-headers", 431, "请求头过多", "There are too many header fields", "去掉不需要的请求头",
                "Leave out those that are not needed"},
    ProblemKind{"internal", 500, "服务器内部错误", "Something went wrong here", "请把 trace_id 告诉管理员",
                "Tell the operator the trace_id"},
    ProblemKind{"unknown-method", 501, "未知的方法", "Nobody here knows this method", "方法见 /v1/openapi.json",
                "The methods are in /v1/openapi.json"},
    ProblemKind{"busy", 503, "服务繁忙，请稍后再试", "Too busy now; try again soon", "等 Retry-After 秒后再发",
                "Wait as many seconds as Retry-After says"},
    ProblemKind{"no-answer-in-time", 503, "未能及时答复", "No answer was found in time",
                "稍后再问；命令用同一个 Idempotency-Key 再发",
                "Ask again; send a command again under the same Idempotency-Key"},
    ProblemKind{"too-many-streams", 503, "订阅过多，请稍后再试", "Too many streams; try again",
                "等 Retry-After 秒后再发", "Wait as many seconds as Retry-After says"},
};

std::string_view code_for(access::RefusalCode code) {
    using enum access::RefusalCode;
    switch (code) {
        case wrong_credentials:
        case wrong_setup_secret:
            return "wrong-credentials";
        case session_ended:
        case token_invalid:
        case login_required:
            return "unauthenticated";
        case not_set_up:
            return "not-set-up";
        case too_many_attempts:
            return "too-many-requests";
        default:
            return "forbidden";
    }
}

http::Problem base(std::string_view code) {
    const auto& kind = problem_kind(code);
    http::Problem made;
    made.status = kind.status;
    made.code = kind.code;
    made.title_zh = kind.zh;
    made.title_en = kind.en;
    return made;
}

http::Response not_allowed(const http::Request& request, const access::Refusal& refusal) {
    auto made = base(code_for(refusal.code));
    made.detail = http::pick(request, refusal.message.zh, refusal.message.en);
    made.extensions["refusal"] = access::code_of(refusal.code);
    made.retry_after = refusal.retry_after;
    if (made.status == 429 && !made.retry_after) made.retry_after = std::chrono::seconds{1};
    auto response = http::problem(request, made);
    if (made.status == 401) response.headers.set("WWW-Authenticate", "Bearer realm=\"anjie\"");
    return response;
}

http::Response rejected(const http::Request& request, const Rejection& rejection) {
    auto made = base("rejected-by-rule");
    made.detail = http::pick(request, rejection.message.zh, rejection.message.en);
    made.extensions["rejection"] = views::rejection_json(rejection);
    return http::problem(request, made);
}

http::Response clashed(const http::Request& request, const service::Clash& clash) {
    using Kind = service::Clash::Kind;
    switch (clash.kind) {
        case Kind::key_reused:
            return problem_of(request, "idempotency-key-reused");
        case Kind::key_in_progress:
            return problem_of(request, "idempotency-key-in-progress");
        case Kind::stale_version:
            break;
    }
    return problem_of(request, "stale-version", {}, {{"current_version", clash.current}});
}

}  // namespace

std::span<const ProblemKind> problem_kinds() { return kinds; }

const ProblemKind& problem_kind(std::string_view code) {
    const auto* found = std::ranges::find(kinds, code, &ProblemKind::code);
    ANJIE_ASSERT(found != kinds.end());
    return *found;
}

http::Response problem_of(const http::Request& request, std::string_view code, std::string detail,
                          boost::json::object extensions) {
    auto made = base(code);
    made.detail = std::move(detail);
    made.extensions = std::move(extensions);
    if (made.status == 409 && code == "idempotency-key-in-progress") made.retryable = true;
    auto response = http::problem(request, made);
    if (made.status == 401) response.headers.set("WWW-Authenticate", "Bearer realm=\"anjie\"");
    return response;
}

http::Response problem_of(const http::Request& request, const service::Trouble& trouble) {
    if (const auto* refusal = std::get_if<access::Refusal>(&trouble)) return not_allowed(request, *refusal);
    if (const auto* rejection = std::get_if<Rejection>(&trouble)) return rejected(request, *rejection);
    if (const auto* clash = std::get_if<service::Clash>(&trouble)) return clashed(request, *clash);
    return http::problem(request, std::get<Error>(trouble));
}

http::Response refused(const http::Request& request, const access::NotAdmitted& why) {
    if (const auto* refusal = why.refusal()) return not_allowed(request, *refusal);
    return problem_of(request, service::Trouble{*why.error()});
}

http::Response problem_page(const http::Request& request, std::string_view code) {
    const auto* found = std::ranges::find(kinds, code, &ProblemKind::code);
    if (found == kinds.end()) return problem_of(request, "not-found");
    auto response = http::Response::text(200, fmt::format("{} {}\n\n{}\n{}\n\n{}\n{}\n", found->status, found->code,
                                                          found->zh, found->advice_zh, found->en, found->advice_en));
    response.headers.set("Cache-Control", "public, max-age=86400");
    return response;
}

}  // namespace anjie::api::detail
