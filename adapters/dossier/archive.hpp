#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/dossier/log_head.hpp"
#include "adapters/zip/reader.hpp"
#include "adapters/zip/writer.hpp"
#include "engine/event.hpp"
#include "workflows/dispute/statistics/tally.hpp"

/// The archive that proves something of a log, as docs/dossier-format.md has it. Every byte of an archive is either
/// checked against the checkpoint or follows from what is.
namespace anjie::dossier {

inline constexpr std::string_view format_name = "anjie-proof/1";

/// Names of entries.
inline constexpr std::string_view manifest_entry = "manifest.json";
inline constexpr std::string_view checkpoint_entry = "checkpoint";
inline constexpr std::string_view proof_entry = "proof";
inline constexpr std::string_view since_checkpoint_entry = "since/checkpoint";
inline constexpr std::string_view since_proof_entry = "since/proof";
inline constexpr std::string_view readme_entry = "README.txt";
/// "records/00000000" and so on.
[[nodiscard]] std::string records_entry(std::size_t number);

enum class Kind : std::uint8_t {
    dossier,  ///< One case.
    report,   ///< A period's figures.
};
[[nodiscard]] std::string_view name_of(Kind kind);

/// What the archive says that it is.
struct Manifest {
    Kind kind{};
    std::uint64_t events{};  ///< How many records it shows.

    CaseId case_id;      ///< Dossier: whose.
    Version versions{};  ///< Dossier: the case's events 1 to this one, all that there were at the checkpoint.

    /// Report: what was asked, and up to where the log was read. Without what screenings found: that is recomputed.
    dispute::statistics::ReportQuery query;
    std::uint64_t cases{};  ///< Report: of how many cases the records are.
    bool complete{};        ///< Report: shows every event of the log, so that nothing can have been left out.

    bool operator==(const Manifest&) const = default;
};
/// JSON, always the same for the same manifest.
[[nodiscard]] std::string to_text(const Manifest& manifest);
/// Errors: `invalid`, naming the place, unless it is exactly what `to_text` writes.
[[nodiscard]] Result<Manifest> parse_manifest(std::string_view text);

/// Puts records into entries of a few megabytes. Requires: records in the order of their positions.
class RecordEntries {
public:
    explicit RecordEntries(zip::Writer& out) : out_(out) {}
    void add(BytesView record, const Hash& leaf);
    /// Requires: nothing is added afterwards.
    void finish();
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    zip::Writer& out_;
    Bytes pending_;
    std::size_t entries_{};
    std::uint64_t size_{};
};

/// A record in an archive, and whether it is the one that was put there: a shared proof alone would not tell which of
/// many was changed.
struct StoredRecord {
    BytesView bytes;
    BytesView check;  ///< The first bytes of its leaf hash.
};
/// The records of one entry. Errors: `corrupt` (cut short). Lifetime: as `entry`.
[[nodiscard]] Result<std::vector<StoredRecord>> split_records(BytesView entry);

/// Hashes one after another, 32 bytes each.
[[nodiscard]] Bytes join_hashes(std::span<const Hash> hashes);
/// Errors: `corrupt` when the length is no multiple of 32.
[[nodiscard]] Result<std::vector<Hash>> split_hashes(BytesView bytes);

/// Adds the checkpoint, the proof of the leaves and, where asked for, the link to an earlier checkpoint.
/// Requires: `leaves` ascending, each below the checkpoint's size.
/// Errors: those of the hash reader; `invalid` when the earlier checkpoint is of another log or a later one.
[[nodiscard]] Result<void> add_proofs(zip::Writer& out, const LogProofSource& log,
                                      std::span<const std::uint64_t> leaves);

}  // namespace anjie::dossier
