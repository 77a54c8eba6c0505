#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/directory.hpp"
#include "engine/event_store.hpp"
#include "engine/workflow.hpp"

/// Everything that is recorded of some cases, sealed texts included, as lines of JSON (NDJSON): a first line that says
/// what it is, every event of every case, and a last line that says that it is whole. Two persons have to agree on one
/// (docs/access.md).
namespace anjie::views {

/// What the first line says.
struct FullExportTitle {
    std::string origin;           ///< Of the log.
    std::string organisation;     ///< Whose cases, with all below; empty: everybody's.
    std::string confidentiality;  ///< Those kept no more closely than this: "ordinary", "restricted".
    Position up_to{};             ///< Events after it are left out.
    Instant made_at{};
    std::string request, requested_by, approved_by;  ///< Empty where nobody had to agree.
};

struct FullExportCounts {
    std::uint64_t cases{}, events{};
};

/// Takes one line after the other, each with its line break. What it answers ends the export.
using LineSink = std::function<Result<void>(std::string_view)>;

/// Writes the cases that `wanted` says yes to, as they stand now, one after the other by id. Sealed texts are read from
/// `events`, which says on whose behalf (`access::recorded_reads`). Errors: those of the store and of `put`; what was
/// put before has no last line then. Cost: one case and all ids in memory; every wanted case is read twice.
[[nodiscard]] Result<FullExportCounts> write_full_export(const EventStore& events, const WorkflowSet& workflows,
                                                         const FullExportTitle& title,
                                                         const std::function<bool(const DirectoryEntry&)>& wanted,
                                                         const LineSink& put);

}  // namespace anjie::views
