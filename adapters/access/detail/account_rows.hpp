#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/access/accounts.hpp"
#include "adapters/sqlite/database.hpp"
#include "engine/trust/hash.hpp"

/// People and tokens as they stand in access.sqlite.
namespace anjie::access::detail {

struct StoredUser {
    UserRow row;
    std::string password;  ///< Encoded argon2id hash.
};

[[nodiscard]] Result<std::optional<StoredUser>> find_user(sqlite::Database& file, std::string_view name);
[[nodiscard]] Result<std::vector<UserRow>> all_users(sqlite::Database& file);
[[nodiscard]] Result<void> insert_user(sqlite::Database& file, const StoredUser& user);
[[nodiscard]] Result<void> update_user(sqlite::Database& file, const StoredUser& user);
[[nodiscard]] Result<bool> any_user(sqlite::Database& file);
/// Whether there is one who is not disabled, besides `except`.
[[nodiscard]] Result<bool> any_administrator(sqlite::Database& file, std::string_view except);
[[nodiscard]] Result<void> delete_sessions(sqlite::Database& file, std::string_view user);

[[nodiscard]] Result<std::optional<TokenRow>> find_token(sqlite::Database& file, std::string_view id);
[[nodiscard]] Result<std::optional<TokenRow>> find_token_of_hash(sqlite::Database& file, const Hash& hash);
[[nodiscard]] Result<std::vector<TokenRow>> all_tokens(sqlite::Database& file);
[[nodiscard]] Result<void> insert_token(sqlite::Database& file, const TokenRow& token, const Hash& hash);

/// Lists as one text, a line each; none of ours has a line end in it.
[[nodiscard]] std::string joined(const std::vector<std::string>& items, char separator = '\n');
[[nodiscard]] std::string codes_of(const std::vector<Role>& roles, char separator = '\n');
[[nodiscard]] std::string codes_of(const std::vector<Action>& actions, char separator = '\n');

}  // namespace anjie::access::detail
