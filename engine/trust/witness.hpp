#pragma once

#include <functional>
#include <optional>

#include "engine/clock.hpp"
#include "engine/trust/checkpoint.hpp"

// A witness (见证方): somebody else's key that signs a log's checkpoint only when the log has grown and changed nothing
// it showed before (c2sp.org/tlog-witness). It keeps one checkpoint per log and nothing of what the log holds.

namespace anjie {

/// What a log asks a witness: "from the tree you signed last to this one, nothing changed".
struct WitnessRequest {
    std::uint64_t old_size{};
    std::vector<Hash> proof;  ///< Of consistency, from the old size to the checkpoint's.
    std::string checkpoint;   ///< The signed note.

    bool operator==(const WitnessRequest&) const = default;
};

struct WitnessLimits {
    static constexpr std::size_t proof_hashes_max = 63;
    static constexpr std::size_t request_bytes_max = NoteLimits::note_bytes_max + 8'192;
};

/// The body of the request, over HTTP or in a file.
[[nodiscard]] std::string to_string(const WitnessRequest& request);
/// Errors: `invalid` with the reason.
[[nodiscard]] Result<WitnessRequest> parse_witness_request(std::string_view body);

/// The last checkpoint of each log that a witness signed, as the note with its cosignature. Threads: any, at once.
class WitnessRecord {
public:
    /// Given the last note, if there is one: what to keep instead of it, or nothing.
    using Decide = std::function<std::optional<std::string>(const std::optional<std::string>& last)>;

    virtual ~WitnessRecord() = default;
    /// Errors: `unavailable`, `corrupt`.
    [[nodiscard]] virtual Result<std::optional<std::string>> last(const Hash& log) const = 0;
    /// Calls `decide` once and keeps what it answers; until this returns nobody else, other processes included,
    /// decides. `log` is the hash of the origin.
    /// Errors: `unavailable`, `corrupt`: then it is not certain that the answer was kept. Durable: what was kept.
    [[nodiscard]] virtual Result<void> exchange(const Hash& log, const Decide& decide) = 0;
};

/// Whom a witness listens to. Asked anew for each request, so that a key can be added while it runs.
using TrustedLogs = std::function<Result<std::vector<VerifierKey>>()>;

/// What a witness answers; the numbers are those of HTTP.
struct WitnessAnswer {
    enum class Status {
        cosigned = 200,
        malformed = 400,
        not_signed = 403,
        unknown_log = 404,
        another_size = 409,
        not_consistent = 422,
        unavailable = 503
    };
    Status status{};
    /// The signature lines when cosigned; the size it signed last, and a newline, for `another_size`; else a sentence.
    std::string body;

    bool operator==(const WitnessAnswer&) const = default;
};

/// Threads: any, at once.
class Witness {
public:
    /// Requires: `key` is a witness's. Lifetime: of the references, this object's.
    Witness(const CryptoSuite& suite, SignerKey key, TrustedLogs logs, WitnessRecord& record, const Clock& clock);

    /// Checks the request, keeps the checkpoint, and only then answers with the cosignature. Whoever lost the answer
    /// asks again: the same size with the same root is signed again.
    [[nodiscard]] WitnessAnswer add_checkpoint(std::string_view body);
    /// The note last cosigned. `log` is the origin's SHA-256 in lower-case hexadecimal digits.
    /// Errors: `not_found`, `unavailable`, `corrupt`.
    [[nodiscard]] Result<std::string> latest(std::string_view log) const;

private:
    [[nodiscard]] WitnessAnswer judge(const WitnessRequest& request, const OpenedCheckpoint& opened,
                                      std::span<const VerifierKey> logs, const std::optional<std::string>& last,
                                      std::optional<std::string>& kept) const;
    [[nodiscard]] Result<Checkpoint> own_checkpoint(const std::string& note) const;

    const CryptoSuite& suite_;
    SignerKey key_;
    TrustedLogs logs_;
    WitnessRecord& record_;
    const Clock& clock_;
};

}  // namespace anjie
