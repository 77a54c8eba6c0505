#pragma once

#include "adapters/access/access.hpp"
#include "adapters/access/detail/account_rows.hpp"
#include "adapters/sqlite/shared_database.hpp"

namespace anjie::access::detail {

/// Access over access.sqlite. Passwords are hashed while the file's lock is free.
class LocalAccess final : public Access {
public:
    LocalAccess(sqlite::Database file, Rules rules, const Clock& clock);

    [[nodiscard]] const Rules& rules() const override { return rules_; }

    [[nodiscard]] Result<bool> has_users() const override;
    [[nodiscard]] Result<std::string> new_setup_secret() override;
    [[nodiscard]] Admitted<void> set_up(std::string_view secret, const NewUser& user, std::string_view password,
                                        const Client& client) override;

    [[nodiscard]] Principal local(std::string_view actor) const override;
    [[nodiscard]] Admitted<Principal> check_password(std::string_view name, std::string_view password,
                                                     const Client& client) override;
    [[nodiscard]] Admitted<IssuedSession> log_in(std::string_view name, std::string_view password,
                                                 const Client& client) override;
    [[nodiscard]] Admitted<Principal> session_of(std::string_view cookie) override;
    [[nodiscard]] Result<void> log_out(std::string_view cookie, const Client& client) override;
    [[nodiscard]] Admitted<Principal> token_of(std::string_view secret) override;
    [[nodiscard]] Admitted<Principal> address_of(std::string_view secret) override;

    [[nodiscard]] Decision judge(const Principal& principal, Action action, const CaseScope& scope) const override;
    [[nodiscard]] Decision authorise(const Principal& principal, Action action, const CaseScope& scope,
                                     const Client& client, std::optional<CaseId> about) override;
    [[nodiscard]] Decision allow_rate(const Principal& principal) override;
    [[nodiscard]] Decision allow_rate(const Client& client) override;

    [[nodiscard]] Admitted<void> add_user(const Principal& by, const NewUser& user, std::string_view password,
                                          const Client& client) override;
    [[nodiscard]] Admitted<void> change_user(const Principal& by, std::string_view name, const UserChange& change,
                                             const Client& client) override;
    [[nodiscard]] Admitted<void> set_password(const Principal& by, std::string_view name, std::string_view password,
                                              const Client& client) override;
    [[nodiscard]] Admitted<void> end_sessions(const Principal& by, std::string_view name,
                                              const Client& client) override;
    [[nodiscard]] Result<std::vector<UserRow>> users() const override;

    [[nodiscard]] Admitted<IssuedToken> add_token(const Principal& by, const NewToken& token,
                                                  const Client& client) override;
    [[nodiscard]] Admitted<IssuedToken> rotate_token(const Principal& by, std::string_view id,
                                                     std::chrono::hours overlap, const Client& client) override;
    [[nodiscard]] Admitted<void> revoke_token(const Principal& by, std::string_view id, const Client& client) override;
    [[nodiscard]] Admitted<IssuedToken> add_address(const Principal& by, const Client& client) override;
    [[nodiscard]] Result<std::vector<TokenRow>> tokens() const override;

    [[nodiscard]] Admitted<ApprovalRequest> request(const Principal& by, const TwoPersonOrder& order,
                                                    const Client& client) override;
    [[nodiscard]] Admitted<ApprovalRequest> approve(const Principal& by, std::string_view id,
                                                    const Client& client) override;
    [[nodiscard]] Admitted<ApprovalRequest> refuse(const Principal& by, std::string_view id,
                                                   const Client& client) override;
    [[nodiscard]] Admitted<ApprovalRequest> carry_out(const Principal& by, std::string_view id,
                                                      const TwoPersonOrder& order, const Client& client) override;
    [[nodiscard]] Result<void> carried_out_in_vain(const Principal& by, std::string_view id,
                                                   const Client& client) override;
    [[nodiscard]] Result<ApprovalRequest> request_of(std::string_view id) const override;
    [[nodiscard]] Result<std::vector<ApprovalRequest>> requests(std::size_t limit) const override;

    [[nodiscard]] Result<void> record(const JournalEntry& entry) override;
    [[nodiscard]] Result<std::vector<JournalRow>> journal(const JournalFilter& filter) const override;
    [[nodiscard]] Result<JournalHead> journal_head() const override;
    [[nodiscard]] Result<std::vector<std::string>> verify_journal(const std::vector<JournalHead>& held) const override;
    [[nodiscard]] Result<std::uint64_t> trim_journal(const Client& client) override;
    [[nodiscard]] Result<std::string> query_digest(std::string_view words) const override;

private:
    /// Runs `work` in a transaction that is kept when it succeeds.
    template <class T, class F>
    Admitted<T> change(F&& work) {
        return file_.with([&](sqlite::Database& file) -> Admitted<T> {
            ANJIE_TRY(auto whole, sqlite::Transaction::begin(file));
            Admitted<T> done = work(file);
            if (done) ANJIE_CHECK(whole.commit());
            return done;
        });
    }
    /// What a person, or the operator before there is an administrator, may do to people and tokens.
    [[nodiscard]] Admitted<void> require(sqlite::Database& file, const Principal& by, Action action,
                                         const std::vector<std::string>& organisations) const;
    /// Keeps a refusal in the journal; what cannot be kept is refused all the same.
    void note(const Principal& by, Action action, const Refusal& why, const Client& client, const CaseScope& scope = {},
              std::optional<CaseId> about = {});
    template <class T>
    Admitted<T> noted(Admitted<T> answer, const Principal& by, Action action, const Client& client) {
        if (!answer)
            if (const auto* why = answer.error().refusal()) note(by, action, *why, client);
        return answer;
    }
    [[nodiscard]] Result<void> journal_of(sqlite::Database& file, const Principal& by, JournalKind kind,
                                          std::string_view action, std::string_view subject,
                                          const Client& client) const;
    [[nodiscard]] Admitted<UserRow> prove(std::string_view name, std::string_view password, const Client& client);
    [[nodiscard]] Result<void> check_user(const NewUser& user) const;
    [[nodiscard]] Principal principal_of(const UserRow& user, std::string credential) const;
    [[nodiscard]] Admitted<TokenRow> live_token(std::string_view secret, bool address);
    [[nodiscard]] Admitted<ApprovalRequest> decide(const Principal& by, std::string_view id,
                                                   ApprovalRequest::State decision, const Client& client);

    sqlite::SharedDatabase file_;
    Rules rules_;
    const Clock& clock_;
    RateLimiter persons_, machines_, addresses_, login_names_, login_addresses_;
};

}  // namespace anjie::access::detail
