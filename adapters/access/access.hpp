#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/access/accounts.hpp"
#include "adapters/access/approvals.hpp"
#include "adapters/access/journal.hpp"
#include "adapters/access/principal.hpp"
#include "adapters/access/rules.hpp"
#include "engine/clock.hpp"

/// People, organisations, rights, and the record of who read what (docs/access.md).
namespace anjie::access {

/// From where somebody asks: for the journal and the rate limits.
struct Client {
    std::string address{};  ///< Of the other end; of the command line: "local".
    std::string program{};  ///< What it calls itself; may be empty. Cut to 128 bytes.
};

/// The file access.sqlite of a data directory. Several programs may have it open at once: nothing is remembered between
/// calls but rate limits, so a change by one holds for all at once.
/// Threads: any, at once. Durable: whatever a call changes, when it returns.
/// Errors: `unavailable` (disk, busy for long), `corrupt`.
class Access {
public:
    /// Opens or creates. `clock` outlives it. Errors: also `invalid` for a wrong access.json.
    [[nodiscard]] static Result<std::unique_ptr<Access>> open(const std::filesystem::path& directory,
                                                              const Clock& clock);
    virtual ~Access() = default;

    [[nodiscard]] virtual const Rules& rules() const = 0;

    // ---- before there is anybody

    /// Whether anybody could log in at all. Without users the operator at the machine is alone and nothing else is
    /// open.
    [[nodiscard]] virtual Result<bool> has_users() const = 0;
    /// A one-time secret for the first administrator, to be printed where the operator sees it; an earlier one ends.
    /// Errors: `conflict` when there are users.
    [[nodiscard]] virtual Result<std::string> new_setup_secret() = 0;
    /// The first user, an administrator. Ends the secret.
    [[nodiscard]] virtual Admitted<void> set_up(std::string_view secret, const NewUser& user, std::string_view password,
                                                const Client& client) = 0;

    // ---- who asks

    /// The operator at this machine, who owns the files: may do everything that does not take two persons. `actor` is a
    /// pseudonym, stated and not proved.
    [[nodiscard]] virtual Principal local(std::string_view actor) const = 0;
    /// A name and password, for as long as a program runs. An unknown name costs as much as a wrong password.
    [[nodiscard]] virtual Admitted<Principal> check_password(std::string_view name, std::string_view password,
                                                             const Client& client) = 0;
    /// As above, and a session. The cookie is told once; only its hash is kept.
    [[nodiscard]] virtual Admitted<IssuedSession> log_in(std::string_view name, std::string_view password,
                                                         const Client& client) = 0;
    /// Prolongs the idle time. The rights are those of now.
    [[nodiscard]] virtual Admitted<Principal> session_of(std::string_view cookie) = 0;
    [[nodiscard]] virtual Result<void> log_out(std::string_view cookie, const Client& client) = 0;
    /// The bearer of a token of a machine.
    [[nodiscard]] virtual Admitted<Principal> token_of(std::string_view secret) = 0;
    /// Whoever knows a person's secret address; good for `read_calendar` alone, with the person's rights of now.
    [[nodiscard]] virtual Admitted<Principal> address_of(std::string_view secret) = 0;

    // ---- what they may

    /// By role, organisation and confidentiality. Cost: no disk; for filtering rows.
    [[nodiscard]] virtual Decision judge(const Principal& principal, Action action, const CaseScope& scope) const = 0;
    /// As `judge`, and a refusal is recorded. Errors: none of its own; a refusal stands though it could not be
    /// recorded.
    [[nodiscard]] virtual Decision authorise(const Principal& principal, Action action, const CaseScope& scope,
                                             const Client& client, std::optional<CaseId> about = {}) = 0;
    /// One request of this principal from this address; `too_many_attempts` with `retry_after` when too fast.
    [[nodiscard]] virtual Decision allow_rate(const Principal& principal) = 0;
    [[nodiscard]] virtual Decision allow_rate(const Client& client) = 0;

    // ---- people and machines; `by` needs manage_users or manage_tokens (or is the person concerned, where said)

    [[nodiscard]] virtual Admitted<void> add_user(const Principal& by, const NewUser& user, std::string_view password,
                                                  const Client& client) = 0;
    /// Sessions of a user whose rights shrink go on with the new rights; those of a disabled one end.
    [[nodiscard]] virtual Admitted<void> change_user(const Principal& by, std::string_view name,
                                                     const UserChange& change, const Client& client) = 0;
    /// Also the person himself. Ends all his sessions.
    [[nodiscard]] virtual Admitted<void> set_password(const Principal& by, std::string_view name,
                                                      std::string_view password, const Client& client) = 0;
    /// Also the person himself.
    [[nodiscard]] virtual Admitted<void> end_sessions(const Principal& by, std::string_view name,
                                                      const Client& client) = 0;
    [[nodiscard]] virtual Result<std::vector<UserRow>> users() const = 0;

    [[nodiscard]] virtual Admitted<IssuedToken> add_token(const Principal& by, const NewToken& token,
                                                          const Client& client) = 0;
    /// A new secret with the same rights; the old one holds for `overlap` more.
    [[nodiscard]] virtual Admitted<IssuedToken> rotate_token(const Principal& by, std::string_view id,
                                                             std::chrono::hours overlap, const Client& client) = 0;
    /// Also of a secret address by its owner.
    [[nodiscard]] virtual Admitted<void> revoke_token(const Principal& by, std::string_view id,
                                                      const Client& client) = 0;
    /// A new secret address of the person `by`.
    [[nodiscard]] virtual Admitted<IssuedToken> add_address(const Principal& by, const Client& client) = 0;
    [[nodiscard]] virtual Result<std::vector<TokenRow>> tokens() const = 0;

    // ---- what takes two persons

    /// Asks for it. `by` is a person (a user), with `request_action`.
    [[nodiscard]] virtual Admitted<ApprovalRequest> request(const Principal& by, const TwoPersonOrder& order,
                                                            const Client& client) = 0;
    /// Another person, with `approve_action`.
    [[nodiscard]] virtual Admitted<ApprovalRequest> approve(const Principal& by, std::string_view id,
                                                            const Client& client) = 0;
    /// Another person, or the one who asked.
    [[nodiscard]] virtual Admitted<ApprovalRequest> refuse(const Principal& by, std::string_view id,
                                                           const Client& client) = 0;
    /// Takes an approved request to carry it out, once and never again. `order` has to be what was approved.
    [[nodiscard]] virtual Admitted<ApprovalRequest> carry_out(const Principal& by, std::string_view id,
                                                              const TwoPersonOrder& order, const Client& client) = 0;
    /// Notes that what was taken did not succeed; it needs a new request.
    [[nodiscard]] virtual Result<void> carried_out_in_vain(const Principal& by, std::string_view id,
                                                           const Client& client) = 0;
    [[nodiscard]] virtual Result<ApprovalRequest> request_of(std::string_view id) const = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<ApprovalRequest>> requests(std::size_t limit = 100) const = 0;

    // ---- the journal

    /// Durable: when it returns; what it is about may be shown then and not before.
    [[nodiscard]] virtual Result<void> record(const JournalEntry& entry) = 0;
    [[nodiscard]] virtual Result<std::vector<JournalRow>> journal(const JournalFilter& filter) const = 0;
    [[nodiscard]] virtual Result<JournalHead> journal_head() const = 0;
    /// A sentence per finding: entries changed, dropped, out of order; a tail cut off; not what a head `held` outside
    /// says.
    [[nodiscard]] virtual Result<std::vector<std::string>> verify_journal(
        const std::vector<JournalHead>& held = {}) const = 0;
    /// Removes entries older than the rules keep them; the chain begins with the hash of the last one removed. Answers
    /// how many.
    [[nodiscard]] virtual Result<std::uint64_t> trim_journal(const Client& client) = 0;
    /// Keyed digest of words searched for, for `JournalEntry::query_digest`.
    [[nodiscard]] virtual Result<std::string> query_digest(std::string_view words) const = 0;
};

/// Copies access.sqlite of one data directory into another, whole though others write meanwhile, without the sessions;
/// nothing when there is none. Errors: `conflict` when there is one already; `unavailable`, `corrupt`.
[[nodiscard]] Result<void> copy_access(const std::filesystem::path& from, const std::filesystem::path& to);

/// An entry about what `principal` does, from `client`; the rest is filled in by the caller.
[[nodiscard]] JournalEntry entry_of(const Principal& principal, JournalKind kind, const Client& client);

}  // namespace anjie::access
