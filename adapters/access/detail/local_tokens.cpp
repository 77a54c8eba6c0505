#include <fmt/format.h>

#include <algorithm>

#include "adapters/access/detail/journal_chain.hpp"
#include "adapters/access/detail/local_access.hpp"
#include "adapters/access/detail/secrets.hpp"

namespace anjie::access::detail {
namespace {

constexpr std::int64_t used_step_us = 3'600'000'000;
constexpr std::size_t name_bytes_max = 128;
constexpr std::size_t id_bytes = 5;

template <class Span>
std::int64_t microseconds(Span span) {
    return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

std::string rights_text(const TokenRow& row) {
    return fmt::format("{} scopes={} organisations={} clearance={} expires={}", row.id, codes_of(row.token.scopes, ','),
                       joined(row.token.organisations, ','), static_cast<int>(row.token.clearance),
                       to_string(row.expires));
}

Result<void> check_token(const NewToken& token, const Rules& rules) {
    if (token.name.empty() || token.name.size() > name_bytes_max ||
        std::ranges::any_of(token.name, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return failure(ErrorCode::invalid, "a token has a name of one line / 令牌须有名称");
    if (token.scopes.empty()) return failure(ErrorCode::invalid, "a token names what it is for (--scope) / 须列出用途");
    const auto machine = rules.roles.find(Role::machine);
    for (const auto scope : token.scopes)
        if (machine == rules.roles.end() ||
            std::ranges::find(machine->second.actions, scope) == machine->second.actions.end())
            return failure(ErrorCode::invalid,
                           fmt::format("no machine may {} / 接口账号不能：{}", code_of(scope), title_of(scope).zh));
    if (token.organisations.empty())
        return failure(ErrorCode::invalid, "a token names its organisations (--org) / 须列出机构");
    for (const auto& code : token.organisations)
        if (code.empty() || code.size() > 64 || code.find('\n') != std::string::npos)
            return failure(ErrorCode::invalid, "an organisation's code has 1 to 64 bytes / 机构代码不对");
    if (token.valid.count() < 1 || token.valid > rules.token_days_max)
        return failure(ErrorCode::invalid, fmt::format("a token holds for 1 to {0} days / 令牌有效期 1 至 {0} 天",
                                                       rules.token_days_max.count()));
    return {};
}

/// A new row with a secret that is told once.
Result<IssuedToken> issue(sqlite::Database& file, TokenRow& row) {
    const auto secret = new_secret(row.secret_address ? address_prefix : token_prefix);
    row.id = (row.secret_address ? "addr-" : "tok-") + random_text(id_bytes);
    ANJIE_CHECK(insert_token(file, row, sha256(secret)));
    return IssuedToken{row.id, secret, row.expires};
}

std::unexpected<Error> no_token(std::string_view id) {
    return failure(ErrorCode::not_found, fmt::format("there is no token \"{}\" / 没有这个令牌", id));
}

Result<void> set_expiry(sqlite::Database& file, std::string_view id, Instant expires, bool revoked) {
    ANJIE_TRY(auto* statement, file.prepared("UPDATE token SET expires = ?1, revoked = ?2 WHERE id = ?3"));
    return statement->integer(1, expires.microseconds).integer(2, revoked ? 1 : 0).text(3, id).run();
}

}  // namespace

Result<std::vector<TokenRow>> LocalAccess::tokens() const {
    return file_.with([](sqlite::Database& file) { return all_tokens(file); });
}

Admitted<IssuedToken> LocalAccess::add_token(const Principal& by, const NewToken& token, const Client& client) {
    ANJIE_CHECK(check_token(token, rules_));
    auto added = change<IssuedToken>([&](sqlite::Database& file) -> Admitted<IssuedToken> {
        ANJIE_CHECK(require(file, by, Action::manage_tokens, token.organisations));
        const auto now = clock_.now();
        TokenRow row{.id = {},
                     .token = token,
                     .owner = by.id,
                     .secret_address = false,
                     .created = now,
                     .expires = {now.microseconds + microseconds(token.valid)},
                     .revoked = false,
                     .last_used = std::nullopt};
        ANJIE_TRY(auto issued, issue(file, row));
        ANJIE_CHECK(journal_of(file, by, JournalKind::rights_change, "token_added", rights_text(row), client));
        return issued;
    });
    return noted(std::move(added), by, Action::manage_tokens, client);
}

Admitted<IssuedToken> LocalAccess::rotate_token(const Principal& by, std::string_view id, std::chrono::hours overlap,
                                                const Client& client) {
    auto rotated = change<IssuedToken>([&](sqlite::Database& file) -> Admitted<IssuedToken> {
        ANJIE_TRY(auto found, find_token(file, id));
        if (!found || found->secret_address) return no_token(id);
        ANJIE_CHECK(require(file, by, Action::manage_tokens, found->token.organisations));
        const auto now = clock_.now();
        if (found->revoked || found->expires <= now)
            return failure(ErrorCode::conflict, "the token has ended; make a new one / 令牌已失效，请新建");
        // As long as the first one was meant for, from now on.
        const auto life = found->expires.microseconds - found->created.microseconds;
        TokenRow row = *found;
        row.owner = by.id;
        row.created = now;
        row.expires = {now.microseconds + life};
        ANJIE_TRY(auto issued, issue(file, row));
        const Instant until{now.microseconds + microseconds(std::max(overlap, std::chrono::hours{0}))};
        ANJIE_CHECK(set_expiry(file, id, std::min(found->expires, until), false));
        ANJIE_CHECK(journal_of(file, by, JournalKind::rights_change, "token_rotated",
                               fmt::format("{} for {}", rights_text(row), id), client));
        return issued;
    });
    return noted(std::move(rotated), by, Action::manage_tokens, client);
}

Admitted<void> LocalAccess::revoke_token(const Principal& by, std::string_view id, const Client& client) {
    auto revoked = change<void>([&](sqlite::Database& file) -> Admitted<void> {
        ANJIE_TRY(const auto found, find_token(file, id));
        if (!found) return no_token(id);
        const bool own = found->secret_address && by.kind == Principal::Kind::user && by.id == found->owner;
        if (!own) ANJIE_CHECK(require(file, by, Action::manage_tokens, found->token.organisations));
        ANJIE_CHECK(set_expiry(file, id, found->expires, true));
        ANJIE_CHECK(journal_of(file, by, JournalKind::rights_change,
                               found->secret_address ? "address_revoked" : "token_revoked", id, client));
        return {};
    });
    return noted(std::move(revoked), by, Action::manage_tokens, client);
}

Admitted<IssuedToken> LocalAccess::add_address(const Principal& by, const Client& client) {
    if (by.kind != Principal::Kind::user) return std::unexpected(refusal(RefusalCode::login_required));
    if (const auto allowed = authorise(by, Action::read_calendar, {}, client, {}); !allowed)
        return std::unexpected(allowed.error());
    return change<IssuedToken>([&](sqlite::Database& file) -> Admitted<IssuedToken> {
        const auto now = clock_.now();
        TokenRow row{.id = {},
                     .token = {.name = "calendar",
                               .scopes = {Action::read_calendar},
                               .organisations = by.organisations,
                               .clearance = by.clearance,
                               .valid = rules_.token_days_max},
                     .owner = by.id,
                     .secret_address = true,
                     .created = now,
                     .expires = {now.microseconds + microseconds(rules_.token_days_max)},
                     .revoked = false,
                     .last_used = std::nullopt};
        ANJIE_TRY(auto issued, issue(file, row));
        ANJIE_CHECK(journal_of(file, by, JournalKind::rights_change, "address_added", row.id, client));
        return issued;
    });
}

Admitted<TokenRow> LocalAccess::live_token(std::string_view secret, bool address) {
    const auto none = [] { return std::unexpected(refusal(RefusalCode::token_invalid)); };
    if (!is_secret(secret, address ? address_prefix : token_prefix)) return none();
    const auto now = clock_.now();
    return file_.with([&](sqlite::Database& file) -> Admitted<TokenRow> {
        ANJIE_TRY(auto found, find_token_of_hash(file, sha256(secret)));
        if (!found || found->secret_address != address || found->revoked || found->expires <= now) return none();
        if (!found->last_used || now.microseconds - found->last_used->microseconds >= used_step_us) {
            ANJIE_TRY(auto* used, file.prepared("UPDATE token SET last_used = ?1 WHERE id = ?2"));
            ANJIE_CHECK(used->integer(1, now.microseconds).text(2, found->id).run());
        }
        return std::move(*found);
    });
}

Admitted<Principal> LocalAccess::token_of(std::string_view secret) {
    ANJIE_TRY(auto found, live_token(secret, false));
    return Principal{.kind = Principal::Kind::token,
                     .id = found.id,
                     .display_name = found.token.name,
                     .roles = {Role::machine},
                     .organisations = std::move(found.token.organisations),
                     .clearance = found.token.clearance,
                     .only = std::move(found.token.scopes),
                     .credential = found.id};
}

Admitted<Principal> LocalAccess::address_of(std::string_view secret) {
    ANJIE_TRY(const auto found, live_token(secret, true));
    return file_.with([&](sqlite::Database& file) -> Admitted<Principal> {
        ANJIE_TRY(const auto user, find_user(file, found.owner));
        if (!user || user->row.disabled) return std::unexpected(refusal(RefusalCode::token_invalid));
        auto principal = principal_of(user->row, found.id);
        principal.kind = Principal::Kind::address;
        principal.only = std::vector{Action::read_calendar};
        return principal;
    });
}

}  // namespace anjie::access::detail
