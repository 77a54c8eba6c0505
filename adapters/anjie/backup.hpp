#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "adapters/cli/session.hpp"
#include "engine/trust/hash.hpp"

namespace anjie {

/// What a backup says of itself, in `backup.json`; written last, so that whatever has one is whole.
///
///   anjie.json rules/ calendars/   as in the data directory
///   checkpoints/                   those for no more events than the backup has
///   log/                           the log of record; what is derived is built anew after a restore
///   keys/kek-<epoch>               what opens sealed texts, unless it was left out
///
/// The key that signs checkpoints is never in it: a restored log signs as another.
struct BackupNote {
    std::string origin;
    Position events{};
    Hash root;                     ///< Of the tree over them.
    std::string last_recorded_at;  ///< Of the last of them; empty when there is none.
    std::string taken_at;
    bool with_keys{};
    std::vector<VerifierKey> verifier_keys;  ///< Whose signatures are the log's own.
};

/// Copies a data directory while others may be writing to it, and checks the copy: every record, the tree, the
/// checkpoints, and with keys that sealed texts open.
/// Errors: `conflict` (the destination exists), `invalid` (it lies within the data directory), `corrupt` (the log is
/// damaged: the sentence has the first finding), `unavailable`. After an error nothing is left behind.
/// Durable: the backup.
[[nodiscard]] Result<BackupNote> make_backup(const cli::BackupOrder& order, const Progress& progress);

/// Errors: `not_found` (no backup there, or half of one), `invalid` (not what was written).
[[nodiscard]] Result<BackupNote> read_backup_note(const std::filesystem::path& backup);

/// Sealed texts from both ends of the log can be opened, or have been erased. Errors: as `EventStore::unseal`.
[[nodiscard]] Result<void> check_sealed_texts(const EventStore& store);

}  // namespace anjie
