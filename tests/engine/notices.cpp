#include "tests/engine/notices.hpp"

#include <initializer_list>
#include <string_view>

#include "engine/assert.hpp"

namespace anjie::test {
namespace {

Date day_of(std::string_view text) {
    const auto day = parse_date(text);
    ANJIE_ASSERT(day.has_value());
    return *day;
}

void off(CalendarLayer& layer, std::string_view first, std::string_view last) {
    for (Date day = day_of(first); day <= day_of(last); day += std::chrono::days{1}) layer.is_off[day] = true;
}

void worked(CalendarLayer& layer, std::initializer_list<std::string_view> days) {
    for (const auto day : days) layer.is_off[day_of(day)] = false;
}

CalendarLayer nation() {
    CalendarLayer layer{"CN", {}, {{day_of("2022-12-25"), day_of("2026-12-24")}}};
    off(layer, "2022-12-31", "2023-01-02");
    off(layer, "2024-01-01", "2024-01-01");
    off(layer, "2024-02-10", "2024-02-17");
    off(layer, "2024-04-04", "2024-04-06");
    off(layer, "2024-05-01", "2024-05-05");
    off(layer, "2024-06-10", "2024-06-10");
    off(layer, "2024-09-15", "2024-09-17");
    off(layer, "2024-10-01", "2024-10-07");
    worked(layer, {"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29",
                   "2024-10-12"});
    off(layer, "2025-01-01", "2025-01-01");
    off(layer, "2025-01-28", "2025-02-04");
    off(layer, "2025-04-04", "2025-04-06");
    off(layer, "2025-05-01", "2025-05-05");
    off(layer, "2025-05-31", "2025-06-02");
    off(layer, "2025-10-01", "2025-10-08");
    worked(layer, {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"});
    off(layer, "2026-01-01", "2026-01-03");
    off(layer, "2026-02-15", "2026-02-23");
    off(layer, "2026-04-04", "2026-04-06");
    off(layer, "2026-05-01", "2026-05-05");
    off(layer, "2026-06-19", "2026-06-21");
    off(layer, "2026-09-25", "2026-09-27");
    off(layer, "2026-10-01", "2026-10-07");
    worked(layer, {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"});
    return layer;
}

CalendarLayer tibet() {
    CalendarLayer layer{
        "54", {}, {{day_of("2025-01-01"), day_of("2025-12-31")}, {day_of("2026-01-01"), day_of("2026-12-31")}}};
    off(layer, "2025-02-27", "2025-03-04");
    off(layer, "2026-02-15", "2026-02-26");
    worked(layer, {"2026-02-14", "2026-02-28"});
    return layer;
}

}  // namespace

Calendar national_calendar() { return Calendar("test", {nation()}); }
Calendar lhasa_calendar() { return Calendar("test", {nation(), tibet()}); }

}  // namespace anjie::test
