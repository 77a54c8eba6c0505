#pragma once

#include <string>

#include "engine/calendar.hpp"

namespace anjie::test {

/// The national notices of 2024 to 2026 (and the New Year of 2023), typed from the published table and not from the
/// data files, so that one checks the other.
[[nodiscard]] Calendar national_calendar();
/// The same with Lhasa's notices of 2025 and 2026 above it; Tibet's other years are not known.
[[nodiscard]] Calendar lhasa_calendar();

}  // namespace anjie::test
