#pragma once

#include <filesystem>
#include <memory>

#include "engine/directory.hpp"

namespace anjie {

/// The case directory in one embedded SQLite file. Entries come back without their search texts.
/// A file that is damaged, foreign or of another schema version is replaced by an empty one with cursor 0: it holds
/// nothing that cannot be rebuilt from the log, so being wrong about it costs time and never data.
/// Durable: not after each `apply` (WAL, synchronous NORMAL); a power cut may take back the last rows together with
/// their cursor, and following the log again brings them back.
/// Erasure: replaced and cleared rows are overwritten on disk (secure_delete), but words of a replaced text stay in
/// the full-text index until SQLite merges it; `clear` removes every trace at once.
/// Threads: every method may be called from any thread; calls take turns.
class SqliteDirectory final : public Directory {
public:
    /// What one search may hold; more is `invalid`.
    static constexpr std::size_t search_bytes_max = 4'096;
    static constexpr std::size_t search_words_max = 64;

    /// Opens or creates the file. Errors: `unavailable` (no right to it, not a file, or another program is writing).
    [[nodiscard]] static Result<std::unique_ptr<SqliteDirectory>> open(const std::filesystem::path& file);
    ~SqliteDirectory() override;

    [[nodiscard]] Result<Position> cursor() const override;
    [[nodiscard]] Result<void> apply(const std::vector<DirectoryEntry>& entries, Position cursor) override;
    [[nodiscard]] Result<void> clear() override;
    [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const DirectoryFilter& filter) const override;
    [[nodiscard]] Result<std::vector<DueEntry>> due(const DueFilter& filter) const override;
    [[nodiscard]] Result<DirectoryEntry> find(std::string_view number_or_id) const override;

private:
    struct Shared;
    explicit SqliteDirectory(std::unique_ptr<Shared> shared);

    std::unique_ptr<Shared> shared_;
};

}  // namespace anjie
