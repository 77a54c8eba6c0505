#include "engine/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/assert.hpp"

namespace anjie {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;

constexpr std::int32_t period_count_max = 9999;

bool is_weekend(Date day) {
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// The corresponding day so many months on, or that month's last day. Always counted from the original day: chained
// single months would lose the 31st for good.
Date add_months(Date start, std::int32_t count) {
    const year_month_day moved = year_month_day{start} + months{count};
    if (moved.ok()) return Date{moved};
    return Date{moved.year() / moved.month() / std::chrono::last};
}

Date add_workdays(Date start, std::int32_t count, const Calendar& calendar) {
    Date day = start;
    for (std::int32_t counted = 0; counted < count; ++counted) day = calendar.roll(day + days{1});
    return day;
}

std::string_view suffix_of(PeriodUnit unit) {
    switch (unit) {
        case PeriodUnit::days:
            return "d";
        case PeriodUnit::workdays:
            return "wd";
        case PeriodUnit::months:
            return "m";
        case PeriodUnit::years:
            return "y";
    }
    ANJIE_ASSERT(!"a period unit outside the enumeration");
}

}  // namespace

bool CalendarLayer::knows(Date day) const {
    return std::ranges::any_of(known, [day](const DayRange& range) { return range.first <= day && day <= range.last; });
}

Calendar::Calendar(std::string version, std::vector<CalendarLayer> layers)
    : version_(std::move(version)), layers_(std::move(layers)) {}

bool Calendar::is_off(Date day) const {
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
        const auto listed = layer->is_off.find(day);
        if (listed != layer->is_off.end()) return listed->second;
    }
    return is_weekend(day);
}

Date Calendar::roll(Date day) const {
    while (is_off(day)) day += days{1};
    return day;
}

bool Calendar::is_provisional(Date day) const {
    for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
        if (layer->is_off.contains(day)) return false;
        if (!layer->knows(day)) return true;
    }
    return layers_.empty();
}

std::string to_string(Period period) { return fmt::format("{}{}", period.count, suffix_of(period.unit)); }

std::optional<Period> parse_period(std::string_view text) {
    std::int32_t count = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
        count = count * 10 + (text[digits] - '0');
        if (count > period_count_max) return std::nullopt;
    }
    if (digits == 0 || (digits > 1 && text.front() == '0')) return std::nullopt;
    text.remove_prefix(digits);
    for (const auto unit : {PeriodUnit::days, PeriodUnit::workdays, PeriodUnit::months, PeriodUnit::years})
        if (text == suffix_of(unit)) return Period{count, unit};
    return std::nullopt;
}

Date last_day(Date start, Period period, const Calendar& calendar) {
    ANJIE_ASSERT(period.count >= 0);
    switch (period.unit) {
        case PeriodUnit::days:
            return start + days{period.count};
        case PeriodUnit::workdays:
            return add_workdays(start, period.count, calendar);
        case PeriodUnit::months:
            return add_months(start, period.count);
        case PeriodUnit::years:
            return add_months(start, 12 * period.count);
    }
    ANJIE_ASSERT(!"a period unit outside the enumeration");
}

DueDay due_day(Date start, Period period, const Calendar& calendar, bool roll) {
    DueDay due;
    due.raw = last_day(start, period, calendar);
    due.rolled = roll ? calendar.roll(due.raw) : due.raw;
    // Exactly the days that were looked up: for workdays all since the start, else only where the end was rolled.
    const bool counted = period.unit == PeriodUnit::workdays && period.count > 0;
    if (!counted && !roll) return due;
    const Date first = counted ? start + days{1} : due.raw;
    for (Date day = first; day <= due.rolled && !due.provisional; day += days{1})
        due.provisional = calendar.is_provisional(day);
    return due;
}

}  // namespace anjie
