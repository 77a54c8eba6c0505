#pragma once

#include <cstdint>
#include <optional>

#include "engine/calendar.hpp"

namespace anjie {

/// What a timer says when it goes off: 7, 3 or 0 days before the end (parameters of the rules), or that it has passed.
enum class AlarmLevel : std::uint8_t { early, near, last_day, passed };

/// A deadline that is running now, derived from a case's state.
struct Deadline {
    std::uint16_t kind{};  ///< The workflow's code (T-MED, T-REV ...).
    std::uint16_t item{};  ///< Which obligation, which revisit ...; 0 where there is only one.
    DueDay due;
    /// When the next alarm is to be raised and which; nullopt when all have been.
    std::optional<Instant> next_alarm;
    AlarmLevel next_level{};

    bool operator==(const Deadline&) const = default;

    /// The first moment after the deadline: 24:00 in China of the rolled day.
    [[nodiscard]] Instant expires() const { return start_of_day(due.rolled + std::chrono::days{1}); }
};

}  // namespace anjie
