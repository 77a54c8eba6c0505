#include <fmt/format.h>

#include "adapters/access/detail/journal_chain.hpp"
#include "adapters/access/detail/local_access.hpp"
#include "adapters/access/detail/secrets.hpp"

namespace anjie::access::detail {
namespace {

using State = ApprovalRequest::State;

constexpr std::size_t id_bytes = 5;
constexpr std::size_t text_bytes_max = 1024;
constexpr std::string_view columns =
    "id, kind, organisation, confidentiality, target, reason, state, requested_by, decided_by, carried_out_by, "
    "requested, expires, decided, carried_out";

std::optional<Instant> instant_of(std::optional<std::int64_t> number) {
    return number ? std::optional(Instant{*number}) : std::nullopt;
}
std::optional<std::int64_t> number_of(const std::optional<Instant>& at) {
    return at ? std::optional(at->microseconds) : std::nullopt;
}

/// What was never carried out in time is expired, though nobody has written it down.
ApprovalRequest request_in(const sqlite::Statement& row, Instant now) {
    ApprovalRequest request{.id = std::string(row.text(0)),
                            .order = {.kind = static_cast<TwoPersonKind>(row.integer(1)),
                                      .scope = {std::string(row.text(2)), static_cast<Confidentiality>(row.integer(3))},
                                      .target = std::string(row.text(4)),
                                      .reason = std::string(row.text(5))},
                            .state = static_cast<State>(row.integer(6)),
                            .requested_by = std::string(row.text(7)),
                            .decided_by = std::string(row.text(8)),
                            .carried_out_by = std::string(row.text(9)),
                            .requested = {row.integer(10)},
                            .expires = {row.integer(11)},
                            .decided = instant_of(row.optional_integer(12)),
                            .carried_out = instant_of(row.optional_integer(13))};
    if ((request.state == State::open || request.state == State::approved) && request.expires <= now)
        request.state = State::expired;
    return request;
}

Result<ApprovalRequest> find_request(sqlite::Database& file, std::string_view id, Instant now) {
    ANJIE_TRY(auto statement, file.prepare(fmt::format("SELECT {} FROM request WHERE id = ?1", columns)));
    ANJIE_TRY(const bool found, statement.text(1, id).step());
    if (!found) return failure(ErrorCode::not_found, fmt::format("there is no request \"{}\" / 没有这个申请", id));
    return request_in(statement, now);
}

Result<void> write_request(sqlite::Database& file, const ApprovalRequest& request) {
    ANJIE_TRY(auto statement,
              file.prepare(fmt::format("INSERT OR REPLACE INTO request({}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, "
                                       "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                                       columns)));
    return statement.text(1, request.id)
        .integer(2, static_cast<std::int64_t>(request.order.kind))
        .text(3, request.order.scope.organisation)
        .integer(4, static_cast<std::int64_t>(request.order.scope.confidentiality))
        .text(5, request.order.target)
        .text(6, request.order.reason)
        .integer(7, static_cast<std::int64_t>(request.state))
        .text(8, request.requested_by)
        .text(9, request.decided_by)
        .text(10, request.carried_out_by)
        .integer(11, request.requested.microseconds)
        .integer(12, request.expires.microseconds)
        .optional_integer(13, number_of(request.decided))
        .optional_integer(14, number_of(request.carried_out))
        .run();
}

std::string subject_of(const ApprovalRequest& request) {
    return fmt::format("{} {} {}", request.id, code_of(request.order.kind), request.order.target);
}

}  // namespace

Admitted<ApprovalRequest> LocalAccess::request(const Principal& by, const TwoPersonOrder& order, const Client& client) {
    const auto action = request_action(order.kind);
    if (by.kind != Principal::Kind::user) return std::unexpected(refusal(RefusalCode::login_required));
    if (const auto allowed = authorise(by, action, order.scope, client, {}); !allowed)
        return std::unexpected(allowed.error());
    if (order.target.empty() || order.target.size() > text_bytes_max || order.reason.size() > text_bytes_max)
        return failure(ErrorCode::invalid,
                       "a request says what it is about, in at most 1024 bytes / 申请内容为空或太长");
    return change<ApprovalRequest>([&](sqlite::Database& file) -> Admitted<ApprovalRequest> {
        const auto now = clock_.now();
        ApprovalRequest made;
        made.id = random_text(id_bytes);
        made.order = order;
        made.state = State::open;
        made.requested_by = by.id;
        made.requested = now;
        made.expires = {now.microseconds +
                        std::chrono::duration_cast<std::chrono::microseconds>(rules_.request_valid).count()};
        ANJIE_CHECK(write_request(file, made));
        ANJIE_CHECK(journal_of(file, by, JournalKind::approval, "requested", subject_of(made), client));
        return made;
    });
}

Admitted<ApprovalRequest> LocalAccess::decide(const Principal& by, std::string_view id, State decision,
                                              const Client& client) {
    auto action = Action::approve_erasure;
    auto decided = change<ApprovalRequest>([&](sqlite::Database& file) -> Admitted<ApprovalRequest> {
        const auto now = clock_.now();
        ANJIE_TRY(auto found, find_request(file, id, now));
        action = approve_action(found.order.kind);
        if (by.kind != Principal::Kind::user) return std::unexpected(refusal(RefusalCode::login_required));
        const bool own = by.id == found.requested_by;
        if (own && decision == State::approved) return std::unexpected(refusal(RefusalCode::own_request));
        // Whoever asked may take it back.
        if (!own)
            if (const auto allowed = judge(by, action, found.order.scope); !allowed)
                return std::unexpected(allowed.error());
        const bool late = found.state != State::open && !(found.state == State::approved && decision == State::refused);
        if (late) return std::unexpected(refusal(RefusalCode::request_not_open));
        found.state = decision;
        found.decided_by = by.id;
        found.decided = now;
        ANJIE_CHECK(write_request(file, found));
        ANJIE_CHECK(journal_of(file, by, JournalKind::approval, code_of(decision), subject_of(found), client));
        return found;
    });
    return noted(std::move(decided), by, action, client);
}

Admitted<ApprovalRequest> LocalAccess::approve(const Principal& by, std::string_view id, const Client& client) {
    return decide(by, id, State::approved, client);
}

Admitted<ApprovalRequest> LocalAccess::refuse(const Principal& by, std::string_view id, const Client& client) {
    return decide(by, id, State::refused, client);
}

Admitted<ApprovalRequest> LocalAccess::carry_out(const Principal& by, std::string_view id, const TwoPersonOrder& order,
                                                 const Client& client) {
    const auto action = request_action(order.kind);
    auto taken = change<ApprovalRequest>([&](sqlite::Database& file) -> Admitted<ApprovalRequest> {
        const auto now = clock_.now();
        ANJIE_TRY(auto found, find_request(file, id, now));
        if (const auto allowed = judge(by, action, found.order.scope); !allowed)
            return std::unexpected(allowed.error());
        if (found.state == State::open) return std::unexpected(refusal(RefusalCode::needs_second_person));
        if (found.state != State::approved) return std::unexpected(refusal(RefusalCode::request_not_open));
        // The reason of an erasure is its basis and will stand in the log, so it is part of what was approved.
        const bool same = found.order.kind == order.kind && found.order.target == order.target &&
                          found.order.scope == order.scope &&
                          (order.kind != TwoPersonKind::erasure || found.order.reason == order.reason);
        if (!same) return std::unexpected(refusal(RefusalCode::request_differs));
        found.state = State::carried_out;
        found.carried_out_by = by.id;
        found.carried_out = now;
        ANJIE_CHECK(write_request(file, found));
        ANJIE_CHECK(journal_of(file, by, JournalKind::approval, "carried_out", subject_of(found), client));
        return found;
    });
    return noted(std::move(taken), by, action, client);
}

Result<void> LocalAccess::carried_out_in_vain(const Principal& by, std::string_view id, const Client& client) {
    return file_.with([&](sqlite::Database& file) -> Result<void> {
        ANJIE_TRY(auto whole, sqlite::Transaction::begin(file));
        ANJIE_TRY(auto found, find_request(file, id, clock_.now()));
        if (found.state != State::carried_out)
            return failure(ErrorCode::conflict, "the request was not carried out / 申请未执行");
        found.state = State::failed;
        ANJIE_CHECK(write_request(file, found));
        ANJIE_CHECK(journal_of(file, by, JournalKind::approval, "failed", subject_of(found), client));
        return whole.commit();
    });
}

Result<ApprovalRequest> LocalAccess::request_of(std::string_view id) const {
    return file_.with([&](sqlite::Database& file) { return find_request(file, id, clock_.now()); });
}

Result<std::vector<ApprovalRequest>> LocalAccess::requests(std::size_t limit) const {
    return file_.with([&](sqlite::Database& file) -> Result<std::vector<ApprovalRequest>> {
        ANJIE_TRY(auto statement,
                  file.prepare(fmt::format("SELECT {} FROM request ORDER BY requested DESC, id LIMIT ?1", columns)));
        statement.integer(1, static_cast<std::int64_t>(limit));
        std::vector<ApprovalRequest> found;
        while (true) {
            ANJIE_TRY(const bool more, statement.step());
            if (!more) return found;
            found.push_back(request_in(statement, clock_.now()));
        }
    });
}

}  // namespace anjie::access::detail
