#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/dossier/archive.hpp"
#include "adapters/dossier/report_basis.hpp"
#include "engine/projection.hpp"
#include "engine/rejection.hpp"

/// Checks an archive without the data directory it came from.
namespace anjie::dossier {

/// Something in an archive that is not as it has to be.
struct Finding {
    /// What it is about: "archive", "manifest", "checkpoint", "link", "proof", "record", "case", "entry", "figure",
    /// "rate", "report".
    std::string about;
    std::optional<CaseId> case_id;
    Version version{};    ///< 0: not about one event.
    Position position{};  ///< 0: not about one event.
    std::string name;     ///< Of the entry, figure or rate.
    Text reason;
    std::string expected;  ///< What follows from the records; may be empty.
    std::string found;     ///< What the archive says; may be empty.

    bool operator==(const Finding&) const = default;
};

struct Verdict {
    Manifest manifest;
    Checkpoint checkpoint;
    bool signature_checked{};            ///< A given key signed the checkpoint.
    std::vector<std::string> signed_by;  ///< Names of given keys that signed, witnesses included.
    std::optional<Checkpoint> since;     ///< An earlier checkpoint that the log has been shown to go on from.
    std::uint64_t events{};              ///< Records shown and proved.
    std::uint64_t cases{};
    std::uint64_t figures{};  ///< Figures and rates computed anew.
    std::vector<Finding> findings;
    bool more_findings{};      ///< Beyond `findings_max`.
    std::vector<Text> limits;  ///< What even a sound archive does not show.

    static constexpr std::size_t findings_max = 100;
    [[nodiscard]] bool sound() const { return findings.empty(); }
};

struct VerifyRequest {
    std::filesystem::path archive;
    std::vector<VerifierKey> keys;  ///< Whose signatures are believed.
    /// With no key: whether it is enough that everything follows from the checkpoint, whoever made that.
    bool without_signature{};
    /// An archive or a checkpoint from earlier, which this one's log has to go on from.
    std::optional<std::filesystem::path> since;
};

/// What checking needs from outside.
struct VerifierTools {
    const CryptoSuite& suite;
    /// Looks at a record's bytes, which may lie anywhere; they are anybody's.
    std::function<Result<EventView>(BytesView)> read_record;
    RenderReport render;
};

/// Never fails: an archive that cannot be read at all is a finding like any other.
[[nodiscard]] Verdict verify_archive(const VerifierTools& tools, const VerifyRequest& request,
                                     const Progress& progress = {});

/// The checkpoint in a file: of an archive, or a signed note alone. Errors: those of the archive; `invalid` when it is
/// no checkpoint. Nobody's signature is checked.
[[nodiscard]] Result<Head> read_head(const std::filesystem::path& file);

}  // namespace anjie::dossier
