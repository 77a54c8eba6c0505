#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anjie {

/// A calendar day in China (UTC+8 everywhere, Tibet included; no summer time since 1991), without a time of day.
using Date = std::chrono::local_days;

/// A moment, in microseconds since 1970-01-01T00:00Z.
struct Instant {
    std::int64_t microseconds{};

    auto operator<=>(const Instant&) const = default;
};

/// When something happened in the world, as stated by whoever reports it. Paper often knows only the day; then `at`
/// is that day's first moment in China and `day_only` is true, and nobody prints a made-up 00:00.
struct OccurredAt {
    Instant at;
    bool day_only{};

    bool operator==(const OccurredAt&) const = default;
};

/// The day it is in China at that moment.
[[nodiscard]] Date local_date(Instant at);
/// 00:00 in China at the beginning of that day.
[[nodiscard]] Instant start_of_day(Date day);
[[nodiscard]] OccurredAt on_day(Date day);
/// Requires: the day exists.
[[nodiscard]] Date make_date(int year, unsigned month, unsigned day);
[[nodiscard]] int year_of(Date day);
/// 1 to 12.
[[nodiscard]] unsigned month_of(Date day);

/// "2024-03-05".
[[nodiscard]] std::string to_string(Date day);
/// "2024-03-05T14:02:11.123456+08:00"; the fraction only when it is not zero.
[[nodiscard]] std::string to_string(Instant at);
/// The day alone when only the day is known, else to the minute or finer.
[[nodiscard]] std::string to_string(const OccurredAt& when);

/// Errors: nullopt unless `text` is an existing day as YYYY-MM-DD, years 1900 to 2199.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// RFC 3339 with a zone ("Z", "+08:00"), or without one: then UTC+8. Seconds and fraction may be left out; digits
/// beyond the microsecond are dropped. Errors: nullopt for anything else, leap seconds and 24:00 included.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
/// A day alone, or a moment.
[[nodiscard]] std::optional<OccurredAt> parse_occurred_at(std::string_view text);

}  // namespace anjie
