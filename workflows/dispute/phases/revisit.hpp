#pragma once

#include "workflows/dispute/phases/region.hpp"

/// Revisit and follow-up (region C).
namespace anjie::dispute::revisit_region {

using Table = PhaseTable<RevisitPhase, 8>;

/// Explored from the machine on first use. Threads: any.
[[nodiscard]] const Table& table();
/// What the event is to this region.
[[nodiscard]] Trigger trigger_of(const Event& event);
/// The machine itself, driven from its beginning; for the test that table and machine are one.
[[nodiscard]] std::optional<RevisitPhase> drive(const std::vector<Trigger>& events);

}  // namespace anjie::dispute::revisit_region
