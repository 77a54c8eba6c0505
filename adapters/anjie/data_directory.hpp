#pragma once

#include <filesystem>
#include <memory>

#include "adapters/workspace/workspace.hpp"

namespace anjie {

/// A data directory on this machine:
///
///   anjie.json        whose it is (settings)
///   rules/ calendars/ the office's own rule sets and calendars, where it has any
///   keys/             what signs checkpoints and opens sealed texts; for its owner alone
///   checkpoints/      every checkpoint that was signed
///   log/              the log of record and what is derived beside it (RocksDB)
///   access.sqlite     people, rights, and the journal of who read what
///   access.json       the office's own roles and limits, where it has any
///   directory.sqlite  the case directory (can be deleted at any time)
class DataDirectories final : public WorkspaceFactory {
public:
    [[nodiscard]] Result<void> create(const std::filesystem::path& root, const Settings& settings) override;
    [[nodiscard]] Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& root) override;
};

}  // namespace anjie
