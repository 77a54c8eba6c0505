#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "engine/time.hpp"

namespace anjie {

/// One layer's exceptions: a day off although a weekday, or a worked weekend day (调休). One layer is the nation or a
/// region; it says nothing about the days it does not list.
struct CalendarLayer {
    std::string region;               ///< "CN", or a division code such as "54" (Tibet), "5406" (Nagqu).
    std::map<Date, bool> is_off;      ///< Exceptions only: true off, false worked.
    std::optional<Date> known_until;  ///< The last day its published notices speak of; later dates are provisional.
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
    /// Whether a notice that decides this day has not been published (weekends only are assumed).
    [[nodiscard]] bool is_provisional(Date day) const;
    [[nodiscard]] const std::string& version() const { return version_; }

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
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);

/// A due day before and after rolling, and whether the calendar it rests on was fully published.
struct DueDay {
    Date raw;
    Date rolled;
    bool provisional{};

    bool operator==(const DueDay&) const = default;
};

/// The last day of a period that began on `start` (the starting day is not counted, Civil Code art. 201; months and
/// years end on the corresponding day or the month's last, art. 202), unrolled.
[[nodiscard]] Date last_day(Date start, Period period, const Calendar& calendar);
/// As above, with the end rolled off holidays when `roll` says so (art. 203). A deadline lasts until 24:00 of `rolled`.
[[nodiscard]] DueDay due_day(Date start, Period period, const Calendar& calendar, bool roll = true);

}  // namespace anjie
