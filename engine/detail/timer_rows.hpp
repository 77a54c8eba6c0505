#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/timers.hpp"

namespace anjie::detail {

// The timer index has two rows per alarm: one in due order, and a part of its case's row, by which a touched case
// finds its stale alarms.
//
//   'd', due (8 bytes, big-endian, sign bit flipped), case (16), kind (2), item (2), level (1)  ->  workflow (2)
//   'c', case (16)  ->  the 'd' keys and values of its alarms, one after the other

inline constexpr char due_prefix = 'd';
inline constexpr char case_prefix = 'c';

[[nodiscard]] std::string due_key(const TimerIndex::Entry& entry);
[[nodiscard]] std::string due_value(const TimerIndex::Entry& entry);
/// The first key that an alarm due at `due` can have.
[[nodiscard]] std::string due_from(Instant due);
[[nodiscard]] std::string case_key(const CaseId& id);
/// Errors: `corrupt`.
[[nodiscard]] Result<TimerIndex::Entry> read_due_row(std::string_view key, std::string_view value);

/// A case's row; nullopt when it has no alarm.
[[nodiscard]] std::optional<std::string> case_value(const std::vector<TimerIndex::Entry>& alarms);
[[nodiscard]] Result<std::vector<TimerIndex::Entry>> read_case_row(std::string_view value);

/// The alarms of a case's running deadlines, in order.
[[nodiscard]] std::vector<TimerIndex::Entry> alarms_of(const Workflow& workflow, const CaseState& state,
                                                       const CaseId& id);
/// What turns a case's stored rows into those of `alarms`. `stored` is its case row, if it has one.
[[nodiscard]] Result<void> replace_alarms(const CaseId& id, const std::optional<std::string>& stored,
                                          const std::vector<TimerIndex::Entry>& alarms,
                                          std::vector<DerivedWrite>& writes);

}  // namespace anjie::detail
