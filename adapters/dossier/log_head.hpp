#pragma once

#include <optional>
#include <string>

#include "engine/trust/checkpoint.hpp"
#include "engine/trust/merkle.hpp"

namespace anjie::dossier {

/// A checkpoint as it lies in an archive: the signed note, byte for byte, and what it says.
struct Head {
    std::string note;
    Checkpoint checkpoint;

    bool operator==(const Head&) const = default;
};

/// What proofs of a log are made from. Lifetime: of both references, this object's.
struct LogProofSource {
    const Hasher& hasher;
    const HashReader& hashes;   ///< Of at least as many leaves as the checkpoint's.
    Head head;                  ///< The checkpoint everything is proved against.
    std::optional<Head> since;  ///< An earlier one, which the archive is to be linked to.
};

}  // namespace anjie::dossier
