#include "adapters/cli/access_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace anjie::cli {
namespace {

namespace bj = boost::json;

template <class E>
bj::array codes_json(const std::vector<E>& codes) {
    bj::array out;
    for (const auto code : codes) out.emplace_back(std::string(access::code_of(code)));
    return out;
}
bj::array texts_json(const std::vector<std::string>& texts) { return bj::array(texts.begin(), texts.end()); }
bj::value instant_json(const std::optional<Instant>& at) { return at ? bj::value(to_string(*at)) : bj::value(nullptr); }

template <class E>
std::string codes_text(const std::vector<E>& codes) {
    std::string text;
    for (const auto code : codes) text += fmt::format("{}{}", text.empty() ? "" : ",", access::code_of(code));
    return text;
}

std::string roles_text(const Console& console, const std::vector<access::Role>& roles) {
    std::string text;
    for (const auto role : roles)
        text += fmt::format("{}{}", text.empty() ? "" : ",", console.pick(access::title_of(role)));
    return text;
}

std::string short_time(Instant at) { return to_string(at).substr(0, 16); }

std::vector<std::string> headings(const Console& console,
                                  std::initializer_list<std::pair<std::string_view, std::string_view>> names) {
    std::vector<std::string> out;
    for (const auto& [zh, en] : names) out.emplace_back(console.pick(zh, en));
    return out;
}

}  // namespace

bj::object access_json(const access::UserRow& row) {
    return {{"user", row.user.name},
            {"name", row.user.display_name},
            {"roles", codes_json(row.user.roles)},
            {"organisations", texts_json(row.user.organisations)},
            {"clearance", std::string(access::code_of(row.user.clearance))},
            {"disabled", row.disabled},
            {"created", to_string(row.created)},
            {"last_login", instant_json(row.last_login)}};
}

bj::object access_json(const access::TokenRow& row) {
    return {{"token", row.id},
            {"name", row.token.name},
            {"kind", row.secret_address ? "address" : "token"},
            {"scopes", codes_json(row.token.scopes)},
            {"organisations", texts_json(row.token.organisations)},
            {"clearance", std::string(access::code_of(row.token.clearance))},
            {"owner", row.owner},
            {"created", to_string(row.created)},
            {"expires", to_string(row.expires)},
            {"revoked", row.revoked},
            {"last_used", instant_json(row.last_used)}};
}

bj::object access_json(const access::ApprovalRequest& request) {
    return {{"request", request.id},
            {"kind", std::string(access::code_of(request.order.kind))},
            {"state", std::string(access::code_of(request.state))},
            {"organisation", request.order.scope.organisation},
            {"target", request.order.target},
            {"reason", request.order.reason},
            {"requested_by", request.requested_by},
            {"decided_by", request.decided_by},
            {"carried_out_by", request.carried_out_by},
            {"requested", to_string(request.requested)},
            {"expires", to_string(request.expires)},
            {"decided", instant_json(request.decided)},
            {"carried_out", instant_json(request.carried_out)}};
}

bj::object access_json(const access::JournalRow& row) {
    const auto& entry = row.entry;
    return {{"number", row.number},
            {"at", to_string(row.at)},
            {"kind", std::string(access::code_of(entry.kind))},
            {"who", entry.who},
            {"roles", entry.roles},
            {"credential", entry.credential},
            {"purpose", entry.purpose},
            {"action", entry.action},
            {"case_id", entry.case_id ? bj::value(to_string(*entry.case_id)) : bj::value(nullptr)},
            {"organisation", entry.organisation},
            {"subject", entry.subject},
            {"outcome", entry.outcome},
            {"client", entry.client},
            {"query_digest", entry.query_digest},
            {"count", entry.count},
            {"hash", to_hex(view_of(row.hash))}};
}

bj::object access_json(const access::IssuedToken& token) {
    return {{"token", token.id}, {"secret", token.secret}, {"expires", to_string(token.expires)}};
}

std::string to_text(const access::JournalHead& head) {
    return fmt::format("{}:{}", head.count, to_hex(view_of(head.hash)));
}

Result<access::JournalHead> parse_journal_head(std::string_view text) {
    const auto complaint = [&] {
        return failure(ErrorCode::invalid,
                       fmt::format("\"{}\" is no head of a journal; anjie access verify prints one / 不是链头", text));
    };
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return complaint();
    access::JournalHead head;
    const auto [end, error] = std::from_chars(text.data(), text.data() + colon, head.count);
    const auto bytes = from_hex(text.substr(colon + 1));
    if (error != std::errc{} || end != text.data() + colon || !bytes || bytes->size() != head.hash.bytes.size())
        return complaint();
    std::ranges::copy(*bytes, head.hash.bytes.begin());
    return head;
}

Table access_table(const Console& console, const std::vector<access::UserRow>& users) {
    Table table(headings(console, {{"用户", "User"},
                                   {"姓名", "Name"},
                                   {"角色", "Roles"},
                                   {"机构", "Organisations"},
                                   {"密级", "Clearance"},
                                   {"状态", "State"}}));
    for (const auto& row : users)
        table.row({row.user.name, row.user.display_name, roles_text(console, row.user.roles),
                   fmt::format("{}", fmt::join(row.user.organisations, ",")),
                   std::string(access::code_of(row.user.clearance)),
                   std::string(row.disabled ? console.pick("停用", "disabled") : console.pick("在用", "active"))});
    return table;
}

Table access_table(const Console& console, const std::vector<access::TokenRow>& tokens) {
    Table table(headings(console, {{"令牌", "Token"},
                                   {"名称", "Name"},
                                   {"用途", "Scopes"},
                                   {"机构", "Organisations"},
                                   {"归属", "Owner"},
                                   {"到期", "Expires"},
                                   {"状态", "State"}}));
    for (const auto& row : tokens)
        table.row({row.id, row.token.name, codes_text(row.token.scopes),
                   fmt::format("{}", fmt::join(row.token.organisations, ",")), row.owner, short_time(row.expires),
                   std::string(row.revoked ? console.pick("已撤销", "revoked") : console.pick("有效", "valid"))});
    return table;
}

Table access_table(const Console& console, const std::vector<access::ApprovalRequest>& requests) {
    Table table(headings(console, {{"申请", "Request"},
                                   {"事项", "Kind"},
                                   {"状态", "State"},
                                   {"内容", "Target"},
                                   {"申请人", "Asked by"},
                                   {"审批人", "Decided by"},
                                   {"有效至", "Until"}}));
    for (const auto& request : requests)
        table.row({request.id, std::string(access::code_of(request.order.kind)),
                   std::string(access::code_of(request.state)), request.order.target, request.requested_by,
                   request.decided_by, short_time(request.expires)});
    return table;
}

Table access_table(const Console& console, const std::vector<access::JournalRow>& rows) {
    Table table(headings(console, {{">序号", ">No."},
                                   {"时间", "At"},
                                   {"种类", "Kind"},
                                   {"何人", "Who"},
                                   {"事由", "Purpose"},
                                   {"案件", "Case"},
                                   {"内容", "What"},
                                   {"结果", "Outcome"}}));
    for (const auto& row : rows) {
        const auto& entry = row.entry;
        auto what = entry.subject.empty() ? entry.action : entry.subject;
        table.row({std::to_string(row.number), short_time(row.at), std::string(access::code_of(entry.kind)), entry.who,
                   entry.purpose, entry.case_id ? to_string(*entry.case_id).substr(0, 13) : "", clipped(what, 40),
                   entry.outcome});
    }
    return table;
}

}  // namespace anjie::cli
