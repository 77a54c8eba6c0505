#pragma once

#include <memory>

#include "adapters/cli/session.hpp"
#include "adapters/handover/desk.hpp"

namespace anjie {

/// The desk of an opened data directory, with the lines of its peers.json. `events`: the workspace's log, as whoever
/// reads the texts that travel. Errors: `invalid` (peers.json, or the settings' kind of committee), `unavailable`.
/// Lifetime: the workspace and `events` outlive it.
[[nodiscard]] Result<std::unique_ptr<handover::Desk>> open_desk(Workspace& workspace, const EventStore& events,
                                                                const std::filesystem::path& root);

/// `anjie handover list|peers|send`.
[[nodiscard]] cli::Exit handover_command(const cli::Console& console, Workspace& workspace,
                                         const cli::HandoverOrder& order);

}  // namespace anjie
