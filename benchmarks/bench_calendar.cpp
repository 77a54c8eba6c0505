#include <benchmark/benchmark.h>

#include "adapters/rulebook/calendars.hpp"
#include "engine/assert.hpp"
#include "engine/calendar.hpp"

namespace anjie {
namespace {

/// The end of a period that begins on each day of a year in turn, under the calendar of a township in Tibet.
void due_day_of(benchmark::State& state, Period period) {
    const auto calendars = rulebook::Calendars::load();
    ANJIE_ASSERT(calendars.has_value());
    const auto calendar = calendars->at("540629");
    ANJIE_ASSERT(calendar.has_value());
    const auto first = make_date(2024, 1, 1);
    std::int64_t day = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(due_day(first + std::chrono::days{day}, period, *calendar));
        day = (day + 1) % 366;
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(due_day_of, workdays_5, Period{.count = 5, .unit = PeriodUnit::workdays});
BENCHMARK_CAPTURE(due_day_of, workdays_30, Period{.count = 30, .unit = PeriodUnit::workdays});
BENCHMARK_CAPTURE(due_day_of, days_30, Period{.count = 30, .unit = PeriodUnit::days});
BENCHMARK_CAPTURE(due_day_of, month_1, Period{.count = 1, .unit = PeriodUnit::months});
BENCHMARK_CAPTURE(due_day_of, years_2, Period{.count = 2, .unit = PeriodUnit::years});

}  // namespace
}  // namespace anjie
