#pragma once

#include <optional>

#include "workflows/dispute/rules.hpp"
#include "workflows/dispute/state.hpp"

namespace anjie::dispute::detail {

/// When an alarm of that level is due: at the start of a day so many days before the rolled end, or when the deadline
/// has passed. `set` may be nullptr: then the usual 7, 3 and 0 days.
[[nodiscard]] Instant alarm_moment(const DeadlineStart& start, AlarmLevel level, const RuleSet* set);
/// The next alarm still to be raised; nullopt when all have been.
[[nodiscard]] std::optional<AlarmLevel> next_alarm(const RunningDeadline& running, const RuleSet* set);

}  // namespace anjie::dispute::detail
