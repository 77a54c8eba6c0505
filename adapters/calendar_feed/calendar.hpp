#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "engine/directory.hpp"
#include "engine/time.hpp"

/// What is due, as a calendar that telephones and mail programs subscribe to (RFC 5545). It leaves the office: case
/// numbers and days only, no name, no place, no narrative.
namespace anjie::calendar_feed {

struct CalendarOptions {
    std::string name{"案结：到期回访"};  ///< As the program lists the calendar.
    std::string host{"anjie.invalid"};   ///< Makes the events' ids worldwide ones: the log's origin.
    Instant now{};                       ///< When the calendar was made; what is due before that day is overdue.
    bool chinese{true};                  ///< Else English.
    /// Reminders, from the first minute of the due day on; none: no reminder. Nine in the morning, the day before and
    /// on the day.
    std::chrono::hours early_reminder{-15};
    std::chrono::hours reminder{9};
    bool reminders{true};
};

/// One event for each entry of `due`, all day on the day it is due after holidays, with an id that stays the same for
/// the deadline's life and a sequence that grows with the case's version. What is in `done` is published as cancelled,
/// so that also a program that only took the file once takes it away; an entry that is in both is due.
/// Order: as given; the same input gives the same bytes.
[[nodiscard]] std::string calendar_of(std::span<const DueEntry> due, const CalendarOptions& options,
                                      std::span<const DueEntry> done = {});

/// Whether it is the revisit of a dispute (一案一回访), what the feed is for.
[[nodiscard]] bool is_revisit(const DueEntry& entry);

}  // namespace anjie::calendar_feed
