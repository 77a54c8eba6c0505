#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapters/workspace/workspace.hpp"
#include "engine/trust/checkpoint.hpp"
#include "engine/trust/merkle.hpp"

namespace anjie {

/// What a restored log goes on from.
struct ContinuedLog {
    std::string origin;
    std::optional<SignedHead> last;  ///< Its last checkpoint; none when nothing of it had been signed.
};

/// The keys and signed checkpoints of one log:
///
///   keys/log.key, keys/log-sm2.key   who signs; each readable by its owner alone
///   keys/retired                     verifier keys that signed once, a line each
///   checkpoints/earlier/<n>/         keys and notes of the logs that this one continues, as restores left them
///   checkpoints/<size>.note          every checkpoint that was signed, kept outside the log on purpose: a log that is
///                                    rolled back alone contradicts them
///
/// Threads: one at a time.
class CheckpointBook {
public:
    /// Makes the first key of a log. `origin` names the log for ever.
    /// Errors: `invalid` (a name with a space or a plus), `conflict` (there is a key), `unavailable`. Durable: the key.
    [[nodiscard]] static Result<void> create(const std::filesystem::path& root, const std::string& origin);

    explicit CheckpointBook(std::filesystem::path root) : root_(std::move(root)) {}

    /// Keys whose signatures count as the log's own, retired ones included. Errors: `not_found` (no key), `invalid`.
    [[nodiscard]] Result<std::vector<VerifierKey>> verifier_keys() const;
    /// Those of earlier origins first, then the log's own; each origin's ascending by size, opened with its keys.
    /// Errors: `corrupt` names the file that holds no checkpoint of this log.
    [[nodiscard]] Result<std::vector<SignedHead>> all() const;
    [[nodiscard]] Result<std::optional<SignedHead>> latest() const;
    /// The log that this one continues since a restore; nullopt when it was never restored.
    [[nodiscard]] Result<std::optional<ContinuedLog>> continues() const;
    /// Makes what is there the past of a new origin: its checkpoints and `old_keys` become those of an earlier log, and
    /// `origin` gets a key of its own. Requires: there is no key. Durable: it.
    [[nodiscard]] Result<void> begin_anew(const std::vector<VerifierKey>& old_keys, const std::string& origin);

    /// Signs the log's first `size` events, which must be durable; answers the latest checkpoint when it is of that
    /// size already. Errors: `corrupt` when the log does not go on from the latest checkpoint: then nothing is signed,
    /// as one log never signs two histories. Durable: the checkpoint, before it is answered.
    [[nodiscard]] Result<SignedHead> sign(const HashReader& tree, std::uint64_t size);

    /// Puts a new key in the old one's place; a checkpoint signed by both links them.
    /// Errors: as `sign`. Durable: as `sign`.
    [[nodiscard]] Result<VerifierKey> rotate(const HashReader& tree, std::uint64_t size);
    /// Adds an SM2 key (国密), whose line stands beside the first from now on. Errors: `conflict` when there is one.
    [[nodiscard]] Result<VerifierKey> add_sm2_key();
    /// Takes over cosignatures of witnesses into the checkpoint they were made for, the latest.
    /// Errors: `not_found` (no checkpoint), `corrupt` (a signature of `witnesses` is bad, or none is theirs).
    [[nodiscard]] Result<SignedHead> add_cosignatures(std::string_view lines, std::span<const VerifierKey> witnesses);

private:
    /// The folders of earlier logs, in order.
    [[nodiscard]] Result<std::vector<std::filesystem::path>> earlier_folders() const;
    [[nodiscard]] Result<std::vector<SignerKey>> signer_keys() const;
    [[nodiscard]] Result<void> check_goes_on(const HashReader& tree, std::uint64_t size) const;
    [[nodiscard]] Result<SignedHead> sign_with(const HashReader& tree, std::uint64_t size,
                                               std::span<const SignerKey> keys) const;
    [[nodiscard]] std::filesystem::path file_of(std::uint64_t size) const;

    std::filesystem::path root_;
};

}  // namespace anjie
