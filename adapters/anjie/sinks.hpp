#pragma once

#include <filesystem>
#include <memory>

#include "adapters/access/access.hpp"
#include "adapters/sinks/host.hpp"
#include "adapters/workspace/workspace.hpp"

namespace anjie {

/// What says which sinks there are, in the data directory.
inline constexpr const char* sinks_file = "sinks.json";

/// The kinds of sinks this program knows. A further one is a folder under adapters/sinks/ and a line in sinks.cpp.
[[nodiscard]] sinks::SinkKinds sink_kinds();

/// Writes what sinks disclose into the chained record of who read what (docs/access.md). Lifetime: `access` outlives
/// it.
[[nodiscard]] sinks::DisclosureJournal disclosure_journal(access::Access& access);

/// The sinks of `root`/sinks.json, not started; none when there is no such file. `journal` is told what is disclosed.
/// Lifetime: the workspace outlives them. Errors: `invalid` (names file and place), `corrupt`, and those of the store.
[[nodiscard]] Result<std::unique_ptr<sinks::SinkHost>> open_sinks(Workspace& workspace,
                                                                  const std::filesystem::path& root,
                                                                  sinks::DisclosureJournal journal = {});

}  // namespace anjie
