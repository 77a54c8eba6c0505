#pragma once

#include "workflows/dispute/phases/region.hpp"

/// The file: open, closed, archived; and what may be noted in which (region E).
namespace anjie::dispute::file_region {

using Table = PhaseTable<FilePhase, 4>;

/// Explored from the machine on first use. Threads: any.
[[nodiscard]] const Table& table();
/// What the event is to this region.
[[nodiscard]] Trigger trigger_of(const Event& event);
/// The machine itself, driven from its beginning; for the test that table and machine are one.
[[nodiscard]] std::optional<FilePhase> drive(const std::vector<Trigger>& events);

}  // namespace anjie::dispute::file_region
