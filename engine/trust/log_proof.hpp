#pragma once

#include <optional>

#include "engine/trust/checkpoint.hpp"

// One file that proves an entry, as c2sp.org/tlog-proof@v1 has it: index, inclusion proof and signed checkpoint.

namespace anjie {

struct LogProof {
    std::optional<Bytes> extra;  ///< For the reader of the file; proved by nothing. Not empty when there.
    std::uint64_t index{};
    std::vector<Hash> hashes;  ///< The leaf's sibling first.
    std::string checkpoint;    ///< The signed note, byte for byte.

    bool operator==(const LogProof&) const = default;
};

struct LogProofLimits {
    static constexpr std::size_t file_bytes_max = 1'048'576;
    static constexpr std::size_t hashes_max = 63;
};

/// The file's content; its name ends in ".tlog-proof".
[[nodiscard]] std::string to_string(const LogProof& proof);
/// Reads a proof without believing it. Errors: `invalid` with the reason.
[[nodiscard]] Result<LogProof> parse_log_proof(std::string_view file);
/// Believes it: the checkpoint is signed by a log's key among `keys`, and the leaf is in that tree at that index.
/// Errors: `invalid` for a malformed checkpoint, `corrupt` with the reason when it does not show this.
[[nodiscard]] Result<OpenedCheckpoint> verify_log_proof(const CryptoSuite& suite, const LogProof& proof,
                                                        const Hash& leaf, std::span<const VerifierKey> keys);

}  // namespace anjie
