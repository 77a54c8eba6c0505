#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/access/principal.hpp"
#include "engine/event.hpp"
#include "engine/trust/hash.hpp"

namespace anjie::access {

/// What the access journal keeps (访问日志). Never the data themselves.
enum class JournalKind : std::uint8_t {
    refusal = 1,  ///< Asked for, not allowed.
    login = 2,
    login_failure = 3,
    logout = 4,
    sealed_read = 5,    ///< Sealed texts of a case were shown.
    sealed_search = 6,  ///< Sealed texts were searched.
    export_made = 7,    ///< A file left: dossier, table, backup, full export.
    disclosure = 8,     ///< A sink gave an event to another system.
    rights_change = 9,  ///< People, roles, tokens, passwords, secret addresses.
    approval = 10,      ///< A request of two persons: made, approved, refused, carried out.
    trim = 11,          ///< Old entries were removed.
};
[[nodiscard]] std::string_view code_of(JournalKind kind);
[[nodiscard]] std::optional<JournalKind> parse_journal_kind(std::string_view code);

struct JournalEntry {
    JournalKind kind{};
    std::string who{};         ///< `Principal::id`; what was claimed, at a failed login.
    std::string roles{};       ///< Codes, comma between them.
    std::string credential{};  ///< `Principal::credential`.
    std::string purpose{};     ///< Why, as stated by the caller.
    std::string action{};      ///< Code of an Action, or what was done ("user_added").
    std::optional<CaseId> case_id{};
    std::string organisation{};  ///< Of the case or area.
    std::string subject{};       ///< On what: classes of fields ("1:name,0:narrative"), a user, a file, a sink.
    std::string outcome{};       ///< Code of a refusal, or empty: it went through.
    std::string client{};        ///< From where: address or program.
    std::string query_digest{};  ///< Keyed digest of what was searched: the same words, the same digest.
    std::uint64_t count{};       ///< Rows, events or cases.

    bool operator==(const JournalEntry&) const = default;
};

/// As kept: with its place in the chain.
struct JournalRow {
    std::uint64_t number{};  ///< 1, 2, 3 ... without gaps.
    Instant at{};
    JournalEntry entry{};
    Hash previous{};  ///< Hash of the entry before; zeros before the first.
    Hash hash{};      ///< SHA-256 of `previous` and all of the above.

    bool operator==(const JournalRow&) const = default;
};

/// What says everything about the journal so far: to be published or kept outside.
struct JournalHead {
    std::uint64_t count{};
    Hash hash{};

    bool operator==(const JournalHead&) const = default;
};

struct JournalFilter {
    std::vector<JournalKind> kinds{};  ///< Empty: all.
    std::string who{};
    std::optional<CaseId> case_id{};
    std::optional<Instant> from{}, to{};
    std::uint64_t after{};  ///< Number of the last row seen.
    std::size_t limit{1000};
};

}  // namespace anjie::access
