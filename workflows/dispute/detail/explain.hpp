#pragma once

#include <span>

#include "workflows/dispute/detail/situation.hpp"

namespace anjie::dispute::detail {

/// Asks the regions' machines whether one of `events` may happen now, and puts their no into words.
/// `early`: what to say when the case is not even accepted, where the order has a word of its own for that.
[[nodiscard]] Refusal phase_refusal(const State& state, std::span<const Trigger> events,
                                    std::optional<Code> early = std::nullopt);

}  // namespace anjie::dispute::detail
