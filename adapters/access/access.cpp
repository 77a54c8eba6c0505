#include "adapters/access/access.hpp"

#include "adapters/access/detail/file.hpp"
#include "adapters/access/detail/journal_chain.hpp"
#include "adapters/access/detail/local_access.hpp"
#include "adapters/access/detail/secrets.hpp"

namespace anjie::access {
namespace {

constexpr std::size_t client_bytes_max = 128;

std::string text_of(const Client& client) {
    auto text = client.address;
    if (!client.program.empty()) text += " " + client.program;
    if (text.size() > client_bytes_max) text.resize(client_bytes_max);
    // What others send is kept as one line of readable characters.
    for (auto& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
    return text;
}

}  // namespace

Result<std::unique_ptr<Access>> Access::open(const std::filesystem::path& directory, const Clock& clock) {
    ANJIE_TRY(auto rules, load_rules(directory));
    ANJIE_TRY(auto file, detail::open_file(directory));
    return std::make_unique<detail::LocalAccess>(std::move(file), std::move(rules), clock);
}

Result<void> copy_access(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failed;
    if (!std::filesystem::exists(from / "access.sqlite", failed)) return {};
    return detail::copy_file(from / "access.sqlite", to / "access.sqlite");
}

JournalEntry entry_of(const Principal& principal, JournalKind kind, const Client& client) {
    JournalEntry entry;
    entry.kind = kind;
    entry.who = principal.id;
    entry.roles = principal.kind == Principal::Kind::local ? "local" : detail::codes_of(principal.roles, ',');
    entry.credential = principal.credential;
    entry.client = text_of(client);
    return entry;
}

namespace detail {

LocalAccess::LocalAccess(sqlite::Database file, Rules rules, const Clock& clock)
    : file_(std::move(file)),
      rules_(std::move(rules)),
      clock_(clock),
      persons_(clock, rules_.rate_person),
      machines_(clock, rules_.rate_machine),
      addresses_(clock, rules_.rate_address),
      login_names_(clock, rules_.rate_login),
      login_addresses_(clock, rules_.rate_login) {}

Principal LocalAccess::local(std::string_view actor) const {
    Principal operator_here;
    operator_here.kind = Principal::Kind::local;
    operator_here.id = actor;
    operator_here.display_name = actor;
    operator_here.clearance = Confidentiality::restricted;
    operator_here.credential = "local";
    return operator_here;
}

Decision LocalAccess::judge(const Principal& principal, Action action, const CaseScope& scope) const {
    return access::judge(rules_, principal, action, scope);
}

Decision LocalAccess::authorise(const Principal& principal, Action action, const CaseScope& scope, const Client& client,
                                std::optional<CaseId> about) {
    auto decision = judge(principal, action, scope);
    if (!decision) note(principal, action, decision.error(), client, scope, about);
    return decision;
}

Decision LocalAccess::allow_rate(const Principal& principal) {
    auto& limiter = principal.kind == Principal::Kind::token ? machines_ : persons_;
    const auto wait = limiter.take(principal.id);
    if (!wait) return {};
    auto why = refusal(RefusalCode::too_many_attempts);
    why.retry_after = wait;
    return std::unexpected(std::move(why));
}

Decision LocalAccess::allow_rate(const Client& client) {
    const auto wait = addresses_.take(client.address);
    if (!wait) return {};
    auto why = refusal(RefusalCode::too_many_attempts);
    why.retry_after = wait;
    return std::unexpected(std::move(why));
}

void LocalAccess::note(const Principal& by, Action action, const Refusal& why, const Client& client,
                       const CaseScope& scope, std::optional<CaseId> about) {
    auto entry = entry_of(by, JournalKind::refusal, client);
    entry.action = code_of(action);
    entry.organisation = scope.organisation;
    entry.outcome = code_of(why.code);
    entry.case_id = about;
    static_cast<void>(record(entry));
}

Result<void> LocalAccess::journal_of(sqlite::Database& file, const Principal& by, JournalKind kind,
                                     std::string_view action, std::string_view subject, const Client& client) const {
    auto entry = entry_of(by, kind, client);
    entry.action = action;
    entry.subject = subject;
    return append_entry(file, clock_.now(), entry);
}

Result<void> LocalAccess::record(const JournalEntry& entry) {
    return file_.with([&](sqlite::Database& file) -> Result<void> {
        ANJIE_TRY(auto whole, sqlite::Transaction::begin(file));
        ANJIE_CHECK(append_entry(file, clock_.now(), entry));
        return whole.commit();
    });
}

Result<std::vector<JournalRow>> LocalAccess::journal(const JournalFilter& filter) const {
    return file_.with([&](sqlite::Database& file) { return read_rows(file, filter); });
}

Result<JournalHead> LocalAccess::journal_head() const {
    return file_.with([](sqlite::Database& file) { return read_head(file); });
}

Result<std::vector<std::string>> LocalAccess::verify_journal(const std::vector<JournalHead>& held) const {
    return file_.with([&](sqlite::Database& file) { return verify_chain(file, held); });
}

Result<std::uint64_t> LocalAccess::trim_journal(const Client& client) {
    return file_.with([&](sqlite::Database& file) -> Result<std::uint64_t> {
        ANJIE_TRY(auto whole, sqlite::Transaction::begin(file));
        const auto now = clock_.now();
        const auto kept = std::chrono::duration_cast<std::chrono::microseconds>(rules_.journal_kept);
        ANJIE_TRY(const auto removed, remove_before(file, {now.microseconds - kept.count()}));
        if (removed == 0) return removed;
        auto entry = entry_of(local("engine"), JournalKind::trim, client);
        entry.action = "journal_trimmed";
        entry.count = removed;
        ANJIE_CHECK(append_entry(file, now, entry));
        ANJIE_CHECK(whole.commit());
        return removed;
    });
}

Result<std::string> LocalAccess::query_digest(std::string_view words) const {
    return file_.with([&](sqlite::Database& file) -> Result<std::string> {
        ANJIE_TRY(auto* statement, file.prepared("SELECT query_key FROM meta WHERE id = 1"));
        ANJIE_TRY(const bool found, statement->step());
        if (!found) return failure(ErrorCode::corrupt, "access.sqlite: its settings are missing / 缺少设置");
        const auto digest = hmac_sha256(statement->blob(0), words);
        statement->reset();
        return to_hex(view_of(digest)).substr(0, 32);
    });
}

}  // namespace detail
}  // namespace anjie::access
