#pragma once

#include "workflows/dispute/phases/region.hpp"

/// Registration to the end of the procedure (domain: region A).
namespace anjie::dispute::procedure_region {

using Table = PhaseTable<ProcedurePhase, 15>;

/// Explored from the machine on first use. Threads: any.
[[nodiscard]] const Table& table();
/// What the event is to this region.
[[nodiscard]] Trigger trigger_of(const Event& event);
/// The machine itself, driven from its beginning; for the test that table and machine are one.
[[nodiscard]] std::optional<ProcedurePhase> drive(const std::vector<Trigger>& events);

}  // namespace anjie::dispute::procedure_region
