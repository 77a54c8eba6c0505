#pragma once

#include <functional>
#include <vector>

#include "engine/event_store.hpp"

namespace anjie::detail {

/// Runs `work` on every range with `threads` threads; after the first error no further range is begun, and that error
/// is the answer. Requires: `work` may run on several threads at once.
[[nodiscard]] Result<void> for_each_range(const std::vector<CaseRange>& ranges, std::size_t threads,
                                          const std::function<Result<void>(const CaseRange&)>& work);

/// Ranges for `threads` threads: several for each, so that one large range does not keep the others waiting.
[[nodiscard]] Result<std::vector<CaseRange>> ranges_for(const EventStore& events, std::size_t threads);

}  // namespace anjie::detail
