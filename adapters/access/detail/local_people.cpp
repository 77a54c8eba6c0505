#include <fmt/format.h>

#include <algorithm>

#include "adapters/access/detail/journal_chain.hpp"
#include "adapters/access/detail/local_access.hpp"
#include "adapters/access/detail/passwords.hpp"
#include "adapters/access/detail/secrets.hpp"
#include "engine/organisation.hpp"

namespace anjie::access::detail {
namespace {

constexpr std::size_t name_bytes_max = 64;
constexpr std::size_t display_bytes_max = 128;
constexpr std::size_t organisations_max = 64;

bool has_role(const std::vector<Role>& roles, Role role) { return std::ranges::find(roles, role) != roles.end(); }

bool is_login_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= name_bytes_max && std::ranges::all_of(name, fits);
}

bool is_one_line(std::string_view text, std::size_t bytes_max) {
    return text.size() <= bytes_max &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::unexpected<Error> no_user(std::string_view name) {
    return failure(ErrorCode::not_found, fmt::format("there is no user \"{}\" / 没有这个用户", name));
}

UserRow changed(UserRow row, const UserChange& change) {
    if (change.display_name) row.user.display_name = *change.display_name;
    if (change.roles) row.user.roles = *change.roles;
    if (change.organisations) row.user.organisations = *change.organisations;
    if (change.clearance) row.user.clearance = *change.clearance;
    if (change.disabled) row.disabled = *change.disabled;
    return row;
}

/// For the journal: what the rights are from now on.
std::string rights_text(const UserRow& row) {
    return fmt::format("{} roles={} organisations={} clearance={}{}", row.user.name, codes_of(row.user.roles, ','),
                       joined(row.user.organisations, ','), static_cast<int>(row.user.clearance),
                       row.disabled ? " disabled" : "");
}

}  // namespace

Result<bool> LocalAccess::has_users() const {
    return file_.with([](sqlite::Database& file) { return any_user(file); });
}

Result<std::vector<UserRow>> LocalAccess::users() const {
    return file_.with([](sqlite::Database& file) { return all_users(file); });
}

Result<void> LocalAccess::check_user(const NewUser& user) const {
    if (!is_login_name(user.name))
        return failure(
            ErrorCode::invalid,
            fmt::format("\"{}\" is no login name: 1 to {} of a-z 0-9 . _ - / 用户名只用小写字母、数字和 . _ -",
                        user.name, name_bytes_max));
    if (!is_one_line(user.display_name, display_bytes_max))
        return failure(ErrorCode::invalid, "the display name is too long or has line ends / 姓名太长或含换行");
    if (user.roles.empty()) return failure(ErrorCode::invalid, "a user has at least one role / 至少一个角色");
    if (has_role(user.roles, Role::machine))
        return failure(ErrorCode::invalid, "machines get tokens (anjie token add), no password / 接口账号用令牌");
    for (const auto& [first, second] : rules_.incompatible)
        if (has_role(user.roles, first) && has_role(user.roles, second))
            return failure(ErrorCode::invalid,
                           fmt::format("nobody is both {} and {}: make two users / 两个角色不能兼任", code_of(first),
                                       code_of(second)));
    const auto fits = [](const std::string& code) { return !code.empty() && is_one_line(code, name_bytes_max); };
    if (user.organisations.empty() || user.organisations.size() > organisations_max ||
        !std::ranges::all_of(user.organisations, fits))
        return failure(ErrorCode::invalid,
                       fmt::format("a user has 1 to {} organisation codes / 至少一个机构代码", organisations_max));
    return {};
}

Admitted<void> LocalAccess::require(sqlite::Database& file, const Principal& by, Action action,
                                    const std::vector<std::string>& organisations) const {
    if (by.kind == Principal::Kind::local) {
        // Before there is an administrator the operator is alone; afterwards his word does not do.
        ANJIE_TRY(const bool administered, any_administrator(file, {}));
        if (administered) return std::unexpected(refusal(RefusalCode::login_required));
        return {};
    }
    if (const auto allowed = judge(by, action, {}); !allowed) return std::unexpected(allowed.error());
    for (const auto& organisation : organisations)
        if (const auto allowed = judge(by, action, {organisation, Confidentiality::ordinary}); !allowed)
            return std::unexpected(allowed.error());
    return {};
}

Admitted<void> LocalAccess::add_user(const Principal& by, const NewUser& user, std::string_view password,
                                     const Client& client) {
    ANJIE_CHECK(check_user(user));
    ANJIE_CHECK(check_new_password(user.name, password, rules_.password_length_min));
    ANJIE_TRY(auto encoded, hash_password(password));
    auto added = change<void>([&](sqlite::Database& file) -> Admitted<void> {
        ANJIE_CHECK(require(file, by, Action::manage_users, user.organisations));
        ANJIE_TRY(const bool others, any_user(file));
        if (!others && !has_role(user.roles, Role::administrator))
            return failure(ErrorCode::invalid,
                           "the first user is an administrator (--role administrator) / 第一个用户应为系统管理员");
        ANJIE_TRY(const auto same, find_user(file, user.name));
        if (same)
            return failure(ErrorCode::conflict,
                           fmt::format("there is a user \"{}\" already / 用户名已存在", user.name));
        const UserRow row{.user = user, .disabled = false, .created = clock_.now(), .last_login = std::nullopt};
        ANJIE_CHECK(insert_user(file, {row, std::move(encoded)}));
        ANJIE_CHECK(file.execute("UPDATE meta SET setup_hash = NULL"));
        ANJIE_CHECK(journal_of(file, by, JournalKind::rights_change, "user_added", rights_text(row), client));
        return {};
    });
    return noted(std::move(added), by, Action::manage_users, client);
}

Admitted<void> LocalAccess::change_user(const Principal& by, std::string_view name, const UserChange& change_to,
                                        const Client& client) {
    auto done = change<void>([&](sqlite::Database& file) -> Admitted<void> {
        ANJIE_TRY(auto found, find_user(file, name));
        if (!found) return no_user(name);
        const auto row = changed(found->row, change_to);
        ANJIE_CHECK(check_user(row.user));
        // Whoever changes somebody's rights is in charge of where they were and of where they will be.
        auto organisations = found->row.user.organisations;
        organisations.insert(organisations.end(), row.user.organisations.begin(), row.user.organisations.end());
        ANJIE_CHECK(require(file, by, Action::manage_users, organisations));
        if (by.kind == Principal::Kind::user && by.id == name)
            return std::unexpected(refusal(RefusalCode::own_request));
        if (row.disabled || !has_role(row.user.roles, Role::administrator)) {
            ANJIE_TRY(const bool another, any_administrator(file, name));
            if (!another && has_role(found->row.user.roles, Role::administrator) && !found->row.disabled)
                return failure(ErrorCode::conflict, "the last administrator stays one / 不能去掉最后一个系统管理员");
        }
        ANJIE_CHECK(update_user(file, {row, found->password}));
        if (row.disabled) ANJIE_CHECK(delete_sessions(file, name));
        ANJIE_CHECK(journal_of(file, by, JournalKind::rights_change, "user_changed", rights_text(row), client));
        return {};
    });
    return noted(std::move(done), by, Action::manage_users, client);
}

Admitted<void> LocalAccess::set_password(const Principal& by, std::string_view name, std::string_view password,
                                         const Client& client) {
    ANJIE_CHECK(check_new_password(name, password, rules_.password_length_min));
    ANJIE_TRY(auto encoded, hash_password(password));
    auto done = change<void>([&](sqlite::Database& file) -> Admitted<void> {
        ANJIE_TRY(auto found, find_user(file, name));
        if (!found) return no_user(name);
        const bool himself = by.kind == Principal::Kind::user && by.id == name;
        // The operator owns the files and could replace them; so he may help whoever is locked out, on the record.
        const bool recovery = by.kind == Principal::Kind::local;
        if (!himself && !recovery) ANJIE_CHECK(require(file, by, Action::manage_users, found->row.user.organisations));
        found->password = std::move(encoded);
        ANJIE_CHECK(update_user(file, *found));
        ANJIE_CHECK(delete_sessions(file, name));
        ANJIE_CHECK(journal_of(file, by, JournalKind::rights_change,
                               recovery ? "password_recovered" : "password_changed", name, client));
        return {};
    });
    return noted(std::move(done), by, Action::manage_users, client);
}

Admitted<void> LocalAccess::end_sessions(const Principal& by, std::string_view name, const Client& client) {
    auto done = change<void>([&](sqlite::Database& file) -> Admitted<void> {
        ANJIE_TRY(const auto found, find_user(file, name));
        if (!found) return no_user(name);
        if (by.kind != Principal::Kind::user || by.id != name)
            ANJIE_CHECK(require(file, by, Action::manage_users, found->row.user.organisations));
        ANJIE_CHECK(delete_sessions(file, name));
        ANJIE_CHECK(journal_of(file, by, JournalKind::logout, "sessions_ended", name, client));
        return {};
    });
    return noted(std::move(done), by, Action::manage_users, client);
}

Result<std::string> LocalAccess::new_setup_secret() {
    return file_.with([](sqlite::Database& file) -> Result<std::string> {
        ANJIE_TRY(auto whole, sqlite::Transaction::begin(file));
        ANJIE_TRY(const bool users, any_user(file));
        if (users)
            return failure(ErrorCode::conflict, "there are users: nothing is left to set up / 已有用户，无需初始化");
        auto secret = random_text(20);
        ANJIE_TRY(auto* keep, file.prepared("UPDATE meta SET setup_hash = ?1"));
        ANJIE_CHECK(keep->blob(1, view_of(sha256(secret))).run());
        ANJIE_CHECK(whole.commit());
        return secret;
    });
}

Admitted<void> LocalAccess::set_up(std::string_view secret, const NewUser& user, std::string_view password,
                                   const Client& client) {
    if (const auto wait = login_addresses_.take(client.address)) {
        auto why = refusal(RefusalCode::too_many_attempts);
        why.retry_after = wait;
        return std::unexpected(std::move(why));
    }
    const auto right = file_.with([&](sqlite::Database& file) -> Result<bool> {
        ANJIE_TRY(auto* row, file.prepared("SELECT setup_hash FROM meta WHERE id = 1"));
        ANJIE_TRY(const bool found, row->step());
        const bool same = found && equal_in_constant_time(row->blob(0), view_of(sha256(secret)));
        row->reset();
        return same;
    });
    if (!right) return std::unexpected(right.error());
    auto first = local("setup");
    if (!*right) {
        const auto why = refusal(RefusalCode::wrong_setup_secret);
        note(first, Action::manage_users, why, client);
        return std::unexpected(why);
    }
    // The secret is good for the first user alone: `add_user` refuses the operator once there is an administrator.
    return add_user(first, user, password, client);
}

}  // namespace anjie::access::detail
