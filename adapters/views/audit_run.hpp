#pragma once

#include "engine/event_store.hpp"
#include "engine/projection.hpp"
#include "workflows/dispute/audit/auditor.hpp"

namespace anjie::views {

struct AuditResult {
    dispute::audit::Findings findings;
    std::uint64_t cases{};   ///< Asked about.
    std::uint64_t events{};  ///< Of those cases.
    Position position{};     ///< Of the log's end.
};

/// Reads the whole log once, in `threads` ranges of cases at a time, and looks for trouble in it. The answer does not
/// depend on the number of threads. Errors: `corrupt` (verify first), `unavailable` (`progress` said stop).
[[nodiscard]] Result<AuditResult> run_audit(const EventStore& events, const dispute::audit::Setting& setting,
                                            const dispute::audit::Scope& scope, const std::vector<std::string>& kinds,
                                            std::size_t threads, const Progress& progress = {});

}  // namespace anjie::views
