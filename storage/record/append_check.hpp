#pragma once

#include <functional>
#include <span>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie {

/// Whether a version is the one that follows a case's last in the store.
using IsNextVersion = std::function<Result<bool>(CaseId, Version)>;

/// Checks that a batch follows on: positions after `head`, versions after each case's last, times never decreasing.
/// Errors: `conflict` with a sentence; whatever `is_next` answers.
[[nodiscard]] Result<void> check_follows(std::span<const AppendEvent> batch, Position head, Instant last_recorded_at,
                                         const IsNextVersion& is_next);

}  // namespace anjie
