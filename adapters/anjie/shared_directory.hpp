#pragma once

#include <shared_mutex>

#include "engine/directory.hpp"

namespace anjie {

/// What readers get of a directory: all of it, or `unavailable` while it is built anew, never the half that is there
/// already. Writing goes past it.
/// Threads: every method may be called from any thread.
class SharedDirectory final : public Directory {
public:
    explicit SharedDirectory(Directory& directory) : directory_(directory) {}

    /// Waits for those who read now, then lets nobody read until `rebuilt`: a directory that could not be built
    /// anew stays closed.
    void rebuilding();
    void rebuilt();

    [[nodiscard]] Result<Position> cursor() const override { return directory_.cursor(); }
    [[nodiscard]] Result<void> apply(const std::vector<DirectoryEntry>& entries, Position cursor) override;
    [[nodiscard]] Result<void> clear() override;
    [[nodiscard]] Result<std::vector<DirectoryEntry>> list(const DirectoryFilter& filter) const override;
    [[nodiscard]] Result<std::vector<DueEntry>> due(const DueFilter& filter) const override;
    [[nodiscard]] Result<DirectoryEntry> find(std::string_view number_or_id) const override;

private:
    /// Runs `read` unless the directory is incomplete.
    template <class Read>
    auto read(Read read) const -> decltype(read());

    Directory& directory_;
    mutable std::shared_mutex complete_guard_;  ///< Readers share it; `rebuilding` waits until they have gone.
    bool complete_{true};
};

}  // namespace anjie
