#include "workflows/dispute/audit/thresholds.hpp"

#include <algorithm>

namespace anjie::dispute::audit {
namespace {

constexpr std::int32_t days_max = 36'600;
constexpr std::int32_t count_max = 1'000'000;

constexpr ThresholdNumber numbers[] = {
    {"late_entry",
     "days",
     &Thresholds::late_entry_days,
     0,
     days_max,
     {"录入晚于发生超过几天算迟录", "recorded more than so many days after it happened is late"}},
    {"late_entry",
     "grave_days",
     &Thresholds::late_entry_grave_days,
     0,
     days_max,
     {"超过几天列为“注意”", "more than so many days is a warning, not a note"}},
    {"back_dated",
     "days",
     &Thresholds::back_dated_days,
     0,
     days_max,
     {"期限届满后超过几天才录入", "recorded more than so many days after the deadline's end"}},
    {"duplicate",
     "window_days",
     &Thresholds::duplicate_window_days,
     0,
     days_max,
     {"登记日相隔不超过几天", "registered at most so many days apart"}},
    {"duplicate",
     "text_characters",
     &Thresholds::duplicate_text_characters,
     1,
     count_max,
     {"简要情况至少几个字才比较", "shortest description that is compared, in characters"}},
    {"revisit_bulk",
     "recorded_count",
     &Thresholds::bulk_recorded_count,
     2,
     count_max,
     {"一人短时间内录入多少件回访", "so many revisits recorded by one person"}},
    {"revisit_bulk",
     "recorded_minutes",
     &Thresholds::bulk_recorded_minutes,
     0,
     count_max,
     {"在几分钟之内", "within so many minutes"}},
    {"revisit_bulk",
     "stated_per_day",
     &Thresholds::bulk_stated_per_day,
     1,
     count_max,
     {"一人一天回访超过几件", "more than so many revisits by one person on one day"}},
    {"revisit_bulk",
     "home_visits_per_day",
     &Thresholds::bulk_home_visits_per_day,
     1,
     count_max,
     {"一人一天入户超过几户", "more than so many home visits by one person on one day"}},
    {"success_unsupported",
     "grace_days",
     &Thresholds::performance_grace_days,
     0,
     days_max,
     {"履行期限过后几天仍无履行记录", "so many days after an obligation was due without a word of performance"}},
};

}  // namespace

std::span<const ThresholdNumber> threshold_numbers() { return numbers; }

bool is_import(const Thresholds& thresholds, std::string_view actor) {
    return std::ranges::find(thresholds.import_actors, actor) != thresholds.import_actors.end();
}

}  // namespace anjie::dispute::audit
