#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/anjie/backup.hpp"

namespace anjie {

struct Restored {
    BackupNote note;
    SignedHead head;                      ///< The first checkpoint of the new origin.
    VerifierKey key;                      ///< That signed it.
    std::optional<Checkpoint> continues;  ///< The last checkpoint of the old origin that the backup has.
    std::optional<Checkpoint> newest;     ///< The one that somebody kept.
    bool without_keys{};                  ///< Nothing can be read or written before they are put into `keys`.
    std::vector<std::string> findings;    ///< Not empty: nothing was restored.
};

/// Makes a data directory of a backup, checks all of it, and begins a new origin that goes on from the old one's last
/// checkpoint. Errors: those of `read_backup_note`; `conflict` (the place is taken), `invalid` (the origin; a
/// checkpoint of another log), `corrupt`, `unavailable`. After an error nothing is left behind. Durable: the data
/// directory.
[[nodiscard]] Result<Restored> restore_backup(const cli::RestoreOrder& order, const Progress& progress);

/// `x` gives `x/r2`, `x/r2` gives `x/r3`.
[[nodiscard]] std::string next_origin(const std::string& origin);

}  // namespace anjie
