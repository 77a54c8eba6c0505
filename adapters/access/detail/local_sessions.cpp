#include <algorithm>

#include "adapters/access/detail/journal_chain.hpp"
#include "adapters/access/detail/local_access.hpp"
#include "adapters/access/detail/passwords.hpp"
#include "adapters/access/detail/secrets.hpp"

namespace anjie::access::detail {
namespace {

constexpr std::size_t cookie_bytes = 32;
/// How exactly the last use of a session is kept: not every request is worth a write.
constexpr std::int64_t seen_step_us = 60'000'000;

std::int64_t microseconds(std::chrono::minutes span) {
    return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

/// The first characters of the hash: tells logins apart in the journal, opens nothing.
std::string name_of(const Hash& hash) { return "session " + to_hex(view_of(hash)).substr(0, 12); }

}  // namespace

Principal LocalAccess::principal_of(const UserRow& user, std::string credential) const {
    return {.kind = Principal::Kind::user,
            .id = user.user.name,
            .display_name = user.user.display_name,
            .roles = user.user.roles,
            .organisations = user.user.organisations,
            .clearance = user.user.clearance,
            .only = std::nullopt,
            .credential = std::move(credential)};
}

Admitted<UserRow> LocalAccess::prove(std::string_view name, std::string_view password, const Client& client) {
    // Both buckets pay, so that neither many names from one place nor one name from many places get further.
    const auto by_name = login_names_.take(name.substr(0, 64));
    const auto by_address = login_addresses_.take(client.address);
    if (by_name || by_address) {
        auto why = refusal(RefusalCode::too_many_attempts);
        why.retry_after =
            std::max(by_name.value_or(std::chrono::seconds{0}), by_address.value_or(std::chrono::seconds{0}));
        return std::unexpected(std::move(why));
    }
    ANJIE_TRY(const auto found, file_.with([&](sqlite::Database& file) { return find_user(file, name); }));
    const bool matches = password_matches(found ? found->password : std::string(), password);
    if (!matches || found->row.disabled) {
        const auto why = refusal(RefusalCode::wrong_credentials);
        JournalEntry entry = entry_of({}, JournalKind::login_failure, client);
        // A name nobody has may be a password typed in the wrong place.
        entry.who = found ? found->row.user.name : "?";
        entry.outcome = code_of(why.code);
        ANJIE_CHECK(record(entry));
        return std::unexpected(why);
    }
    if (is_outdated(found->password)) {
        ANJIE_TRY(auto encoded, hash_password(password));
        const auto renewed = change<void>([&](sqlite::Database& file) -> Admitted<void> {
            ANJIE_TRY(auto now, find_user(file, name));
            // Changed meanwhile: then the new one stays.
            if (!now || now->password != found->password) return {};
            now->password = std::move(encoded);
            ANJIE_CHECK(update_user(file, *now));
            return {};
        });
        ANJIE_CHECK(renewed);
    }
    return found->row;
}

Admitted<Principal> LocalAccess::check_password(std::string_view name, std::string_view password,
                                                const Client& client) {
    ANJIE_TRY(const auto user, prove(name, password, client));
    auto principal = principal_of(user, "password");
    auto entry = entry_of(principal, JournalKind::login, client);
    entry.action = "password";
    ANJIE_CHECK(record(entry));
    return principal;
}

Admitted<IssuedSession> LocalAccess::log_in(std::string_view name, std::string_view password, const Client& client) {
    ANJIE_TRY(const auto user, prove(name, password, client));
    const auto now = clock_.now();
    IssuedSession session;
    session.cookie = random_text(cookie_bytes);
    const auto hash = sha256(session.cookie);
    session.principal = principal_of(user, name_of(hash));
    session.ends = {now.microseconds + microseconds(rules_.session_absolute)};
    session.idle_until = std::min(session.ends, Instant{now.microseconds + microseconds(rules_.session_idle)});
    const auto kept = change<void>([&](sqlite::Database& file) -> Admitted<void> {
        ANJIE_TRY(auto* over, file.prepared("DELETE FROM session WHERE created <= ?1 OR seen <= ?2"));
        ANJIE_CHECK(over->integer(1, now.microseconds - microseconds(rules_.session_absolute))
                        .integer(2, now.microseconds - microseconds(rules_.session_idle))
                        .run());
        ANJIE_TRY(auto* keep, file.prepared("INSERT INTO session(hash, user, created, seen) VALUES(?1, ?2, ?3, ?3)"));
        ANJIE_CHECK(keep->blob(1, view_of(hash)).text(2, user.user.name).integer(3, now.microseconds).run());
        ANJIE_TRY(auto* last, file.prepared("UPDATE user SET last_login = ?1 WHERE name = ?2"));
        ANJIE_CHECK(last->integer(1, now.microseconds).text(2, user.user.name).run());
        auto entry = entry_of(session.principal, JournalKind::login, client);
        entry.action = "session";
        ANJIE_CHECK(append_entry(file, now, entry));
        return {};
    });
    ANJIE_CHECK(kept);
    return session;
}

Admitted<Principal> LocalAccess::session_of(std::string_view cookie) {
    const auto hash = sha256(cookie);
    const auto now = clock_.now().microseconds;
    return file_.with([&](sqlite::Database& file) -> Admitted<Principal> {
        ANJIE_TRY(auto* row, file.prepared("SELECT user, created, seen FROM session WHERE hash = ?1"));
        ANJIE_TRY(const bool found, row->blob(1, view_of(hash)).step());
        if (!found) return std::unexpected(refusal(RefusalCode::session_ended));
        const std::string name(row->text(0));
        const auto created = row->integer(1);
        const auto seen = row->integer(2);
        row->reset();
        // A clock that was set back prolongs nothing: what was seen in the future is over too.
        const bool idle = now >= seen + microseconds(rules_.session_idle) || seen > now + seen_step_us;
        if (idle || now >= created + microseconds(rules_.session_absolute))
            return std::unexpected(refusal(RefusalCode::session_ended));
        ANJIE_TRY(const auto user, find_user(file, name));
        if (!user || user->row.disabled) return std::unexpected(refusal(RefusalCode::session_ended));
        if (now - seen >= seen_step_us) {
            ANJIE_TRY(auto* keep, file.prepared("UPDATE session SET seen = ?1 WHERE hash = ?2"));
            ANJIE_CHECK(keep->integer(1, now).blob(2, view_of(hash)).run());
        }
        return principal_of(user->row, name_of(hash));
    });
}

Result<void> LocalAccess::log_out(std::string_view cookie, const Client& client) {
    const auto hash = sha256(cookie);
    return file_.with([&](sqlite::Database& file) -> Result<void> {
        ANJIE_TRY(auto whole, sqlite::Transaction::begin(file));
        ANJIE_TRY(auto* row, file.prepared("SELECT user FROM session WHERE hash = ?1"));
        ANJIE_TRY(const bool found, row->blob(1, view_of(hash)).step());
        if (!found) return {};
        const std::string name(row->text(0));
        row->reset();
        ANJIE_TRY(auto* remove, file.prepared("DELETE FROM session WHERE hash = ?1"));
        ANJIE_CHECK(remove->blob(1, view_of(hash)).run());
        JournalEntry entry = entry_of({}, JournalKind::logout, client);
        entry.who = name;
        entry.credential = name_of(hash);
        ANJIE_CHECK(append_entry(file, clock_.now(), entry));
        return whole.commit();
    });
}

}  // namespace anjie::access::detail
