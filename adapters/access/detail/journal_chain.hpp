#pragma once

#include "adapters/access/journal.hpp"
#include "adapters/sqlite/database.hpp"

namespace anjie::access::detail {

/// What an entry's hash is taken of: its number, time and every member, each with its length before it.
[[nodiscard]] Hash hash_of(const Hash& previous, std::uint64_t number, Instant at, const JournalEntry& entry);

/// Adds an entry to the chain. Requires: a transaction is open.
[[nodiscard]] Result<void> append_entry(sqlite::Database& file, Instant at, const JournalEntry& entry);
[[nodiscard]] Result<JournalHead> read_head(sqlite::Database& file);
[[nodiscard]] Result<std::vector<JournalRow>> read_rows(sqlite::Database& file, const JournalFilter& filter);
/// See `Access::verify_journal`.
[[nodiscard]] Result<std::vector<std::string>> verify_chain(sqlite::Database& file,
                                                            const std::vector<JournalHead>& held);
/// Removes what is older than `before`; the last entry always stays. Requires: a transaction is open. Answers how many.
[[nodiscard]] Result<std::uint64_t> remove_before(sqlite::Database& file, Instant before);

}  // namespace anjie::access::detail
