#pragma once

#include "workflows/dispute/phases/region.hpp"

/// One obligation under the agreement (region B).
namespace anjie::dispute::performance_region {

using Table = PhaseTable<PerformancePhase, 10>;

/// Explored from the machine on first use. Threads: any.
[[nodiscard]] const Table& table();
/// What the event is to this region.
[[nodiscard]] Trigger trigger_of(const Event& event);
/// The machine itself, driven from its beginning; for the test that table and machine are one.
[[nodiscard]] std::optional<PerformancePhase> drive(const std::vector<Trigger>& events);

}  // namespace anjie::dispute::performance_region
