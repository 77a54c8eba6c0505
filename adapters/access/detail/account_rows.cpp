#include "adapters/access/detail/account_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

namespace anjie::access::detail {
namespace {

constexpr std::string_view user_columns =
    "name, display_name, roles, organisations, clearance, password, disabled, created, last_login";
constexpr std::string_view token_columns =
    "id, address, name, scopes, organisations, clearance, owner, created, expires, revoked, last_used";

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (const auto part : std::views::split(text, '\n'))
        if (std::string line(part.begin(), part.end()); !line.empty()) lines.push_back(std::move(line));
    return lines;
}

/// What a later version wrote and this one does not know gives no rights.
template <class E, class Parse>
std::vector<E> codes_in(std::string_view text, Parse parse) {
    std::vector<E> codes;
    for (const auto& line : lines_of(text))
        if (const auto code = parse(line)) codes.push_back(*code);
    return codes;
}

Confidentiality clearance_of(std::int64_t number) {
    return number >= 0 && number <= static_cast<std::int64_t>(Confidentiality::restricted)
               ? static_cast<Confidentiality>(number)
               : Confidentiality::ordinary;
}

std::optional<Instant> instant_of(std::optional<std::int64_t> number) {
    return number ? std::optional(Instant{*number}) : std::nullopt;
}
std::optional<std::int64_t> number_of(const std::optional<Instant>& at) {
    return at ? std::optional(at->microseconds) : std::nullopt;
}

StoredUser user_of(const sqlite::Statement& row) {
    return {.row = {.user = {.name = std::string(row.text(0)),
                             .display_name = std::string(row.text(1)),
                             .roles = codes_in<Role>(row.text(2), parse_role),
                             .organisations = lines_of(row.text(3)),
                             .clearance = clearance_of(row.integer(4))},
                    .disabled = row.integer(6) != 0,
                    .created = {row.integer(7)},
                    .last_login = instant_of(row.optional_integer(8))},
            .password = std::string(row.text(5))};
}

void bind_user(sqlite::Statement& statement, const StoredUser& user) {
    const auto& row = user.row;
    statement.text(1, row.user.name)
        .text(2, row.user.display_name)
        .text(3, codes_of(row.user.roles))
        .text(4, joined(row.user.organisations))
        .integer(5, static_cast<std::int64_t>(row.user.clearance))
        .text(6, user.password)
        .integer(7, row.disabled ? 1 : 0)
        .integer(8, row.created.microseconds)
        .optional_integer(9, number_of(row.last_login));
}

TokenRow token_of(const sqlite::Statement& row) {
    return {.id = std::string(row.text(0)),
            .token = {.name = std::string(row.text(2)),
                      .scopes = codes_in<Action>(row.text(3), parse_action),
                      .organisations = lines_of(row.text(4)),
                      .clearance = clearance_of(row.integer(5)),
                      .valid = {}},
            .owner = std::string(row.text(6)),
            .secret_address = row.integer(1) != 0,
            .created = {row.integer(7)},
            .expires = {row.integer(8)},
            .revoked = row.integer(9) != 0,
            .last_used = instant_of(row.optional_integer(10))};
}

template <class Row, class Make>
Result<std::vector<Row>> rows_of(sqlite::Statement& statement, Make make) {
    std::vector<Row> rows;
    while (true) {
        ANJIE_TRY(const bool more, statement.step());
        if (!more) break;
        rows.push_back(make(statement));
    }
    statement.reset();
    return rows;
}

template <class Row, class Make>
Result<std::optional<Row>> row_of(sqlite::Statement& statement, Make make) {
    ANJIE_TRY(const bool found, statement.step());
    std::optional<Row> row;
    if (found) row = make(statement);
    statement.reset();
    return row;
}

Result<bool> exists(sqlite::Statement& statement) {
    ANJIE_TRY(const bool found, statement.step());
    statement.reset();
    return found;
}

template <class E>
std::string codes_joined(const std::vector<E>& codes, char separator) {
    std::string text;
    for (const auto code : codes) {
        if (!text.empty()) text += separator;
        text += code_of(code);
    }
    return text;
}

}  // namespace

Result<std::optional<StoredUser>> find_user(sqlite::Database& file, std::string_view name) {
    ANJIE_TRY(auto* statement, file.prepared("SELECT name, display_name, roles, organisations, clearance, password, "
                                             "disabled, created, last_login FROM user WHERE name = ?1"));
    statement->text(1, name);
    return row_of<StoredUser>(*statement, user_of);
}

Result<std::vector<UserRow>> all_users(sqlite::Database& file) {
    ANJIE_TRY(auto statement, file.prepare(fmt::format("SELECT {} FROM user ORDER BY name", user_columns)));
    return rows_of<UserRow>(statement, [](const sqlite::Statement& row) { return user_of(row).row; });
}

Result<void> insert_user(sqlite::Database& file, const StoredUser& user) {
    ANJIE_TRY(auto statement, file.prepare(fmt::format(
                                  "INSERT INTO user({}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", user_columns)));
    bind_user(statement, user);
    return statement.run();
}

Result<void> update_user(sqlite::Database& file, const StoredUser& user) {
    ANJIE_TRY(auto statement,
              file.prepare("UPDATE user SET display_name = ?2, roles = ?3, organisations = ?4, "
                           "clearance = ?5, password = ?6, disabled = ?7, created = ?8, last_login = ?9 "
                           "WHERE name = ?1"));
    bind_user(statement, user);
    return statement.run();
}

Result<bool> any_user(sqlite::Database& file) {
    ANJIE_TRY(auto* statement, file.prepared("SELECT 1 FROM user LIMIT 1"));
    return exists(*statement);
}

Result<bool> any_administrator(sqlite::Database& file, std::string_view except) {
    ANJIE_TRY(const auto users, all_users(file));
    return std::ranges::any_of(users, [&](const UserRow& user) {
        return !user.disabled && user.user.name != except &&
               std::ranges::find(user.user.roles, Role::administrator) != user.user.roles.end();
    });
}

Result<void> delete_sessions(sqlite::Database& file, std::string_view user) {
    ANJIE_TRY(auto* statement, file.prepared("DELETE FROM session WHERE user = ?1"));
    return statement->text(1, user).run();
}

Result<std::optional<TokenRow>> find_token(sqlite::Database& file, std::string_view id) {
    ANJIE_TRY(auto statement, file.prepare(fmt::format("SELECT {} FROM token WHERE id = ?1", token_columns)));
    statement.text(1, id);
    return row_of<TokenRow>(statement, token_of);
}

Result<std::optional<TokenRow>> find_token_of_hash(sqlite::Database& file, const Hash& hash) {
    ANJIE_TRY(auto* statement,
              file.prepared("SELECT id, address, name, scopes, organisations, clearance, owner, created, "
                            "expires, revoked, last_used FROM token WHERE hash = ?1"));
    statement->blob(1, view_of(hash));
    return row_of<TokenRow>(*statement, token_of);
}

Result<std::vector<TokenRow>> all_tokens(sqlite::Database& file) {
    ANJIE_TRY(auto statement, file.prepare(fmt::format("SELECT {} FROM token ORDER BY created, id", token_columns)));
    return rows_of<TokenRow>(statement, token_of);
}

Result<void> insert_token(sqlite::Database& file, const TokenRow& token, const Hash& hash) {
    ANJIE_TRY(auto statement,
              file.prepare("INSERT INTO token(id, hash, address, name, scopes, organisations, clearance, "
                           "owner, created, expires, revoked) "
                           "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)"));
    statement.text(1, token.id)
        .blob(2, view_of(hash))
        .integer(3, token.secret_address ? 1 : 0)
        .text(4, token.token.name)
        .text(5, codes_of(token.token.scopes))
        .text(6, joined(token.token.organisations))
        .integer(7, static_cast<std::int64_t>(token.token.clearance))
        .text(8, token.owner)
        .integer(9, token.created.microseconds)
        .integer(10, token.expires.microseconds);
    return statement.run();
}

std::string joined(const std::vector<std::string>& items, char separator) {
    std::string text;
    for (const auto& item : items) {
        if (!text.empty()) text += separator;
        text += item;
    }
    return text;
}

std::string codes_of(const std::vector<Role>& roles, char separator) { return codes_joined(roles, separator); }
std::string codes_of(const std::vector<Action>& actions, char separator) { return codes_joined(actions, separator); }

}  // namespace anjie::access::detail
