#pragma once

#include "engine/trust/note.hpp"

// The head of the log as c2sp.org/tlog-checkpoint has it: a note of origin, number of leaves and root.

namespace anjie {

struct Checkpoint {
    std::string origin;    ///< Names one log, for ever; a log that was restored from a backup has a new one.
    std::uint64_t size{};  ///< Leaves, that is events.
    Hash root;

    bool operator==(const Checkpoint&) const = default;
};

/// The three lines that are signed. Requires: the origin is a line of text, not empty.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
/// Reads the lines without believing them; further lines are passed over, as they are signed but mean nothing to us.
/// Errors: `invalid` with the reason.
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);

struct OpenedCheckpoint {
    Checkpoint checkpoint;
    OpenedNote note;
};

/// Opens the note (see `open_note`) and believes it when a log's key of the origin's own name signed it; witnesses'
/// keys among `keys` are checked as well, but vouch for nothing alone.
/// Errors: `invalid` when it is not a checkpoint; `corrupt` when no key of that log signed, or a signature is bad.
[[nodiscard]] Result<OpenedCheckpoint> open_checkpoint(const CryptoSuite& suite, std::string_view note,
                                                       std::span<const VerifierKey> keys);

}  // namespace anjie
