#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "engine/time.hpp"

namespace anjie {

/// The days from `first` to `last`, both included.
struct DayRange {
    Date first;
    Date last;

    bool operator==(const DayRange&) const = default;
};

/// One layer's exceptions: a day off although a weekday, or a worked weekend day (调休). One layer is the nation or a
/// region; it says nothing about the days it does not list.
struct CalendarLayer {
    std::string region;           ///< "CN", or a division code such as "54" (Tibet), "5406" (Nagqu).
    std::map<Date, bool> is_off;  ///< Exceptions only: true off, false worked.
    /// The days that its published notices settle, listed or not; outside them a due day is provisional. The end of a
    /// December belongs to it only when the next year's notice is known too: New Year's bridge days come from there.
    std::vector<DayRange> known;

    [[nodiscard]] bool knows(Date day) const;
};

/// The layers that hold for a place, from the widest to the nearest; the nearest that lists a day decides, and where
/// none does, Saturday and Sunday are off. Calendars are data from yearly notices, versioned by `version`.
class Calendar {
public:
    Calendar() = default;
    Calendar(std::string version, std::vector<CalendarLayer> layers);

    [[nodiscard]] bool is_off(Date day) const;
    /// The day itself if it is worked, else the next worked day (Civil Code art. 203).
    [[nodiscard]] Date roll(Date day) const;
    /// Whether a notice that decides this day is not known: the nearest layer that lists the day settles it, and
    /// before that every nearer layer must know it. Without any layer every day is provisional (weekends are assumed).
    [[nodiscard]] bool is_provisional(Date day) const;
    [[nodiscard]] const std::string& version() const { return version_; }
    [[nodiscard]] const std::vector<CalendarLayer>& layers() const { return layers_; }

private:
    std::string version_;
    std::vector<CalendarLayer> layers_;
};

/// 自然日, 工作日, 月, 年.
enum class PeriodUnit : std::uint8_t { days, workdays, months, years };

/// A length of time as the law states it.
struct Period {
    std::int32_t count{};
    PeriodUnit unit{PeriodUnit::days};

    bool operator==(const Period&) const = default;
};

/// "30d", "5wd", "1m", "2y".
[[nodiscard]] std::string to_string(Period period);
/// Errors: nullopt unless `text` is a count from 0 to 9999 without leading zeros, and one of d, wd, m, y.
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);

/// A due day before and after rolling, and whether the calendar it rests on was fully published.
struct DueDay {
    Date raw;
    Date rolled;
    bool provisional{};

    bool operator==(const DueDay&) const = default;
};

/// The last day of a period that began on `start` (the starting day is not counted, Civil Code art. 201; months and
/// years end on the corresponding day or the month's last, art. 202), unrolled. Workdays count worked days only; the
/// others count every day.
/// Requires: `period.count` is not negative.
[[nodiscard]] Date last_day(Date start, Period period, const Calendar& calendar);
/// As above, with the end rolled off holidays when `roll` says so (art. 203). A deadline lasts until 24:00 of `rolled`.
/// Provisional when any day that the calendar was asked about is.
[[nodiscard]] DueDay due_day(Date start, Period period, const Calendar& calendar, bool roll = true);

}  // namespace anjie
