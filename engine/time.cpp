#include "engine/time.hpp"

#include <fmt/format.h>

#include "engine/assert.hpp"

namespace anjie {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t china_offset_s = 8 * 3600;
constexpr std::int64_t day_s = 86'400;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

// Takes what the grammar expects from the front of a text; after the first surprise it stays failed.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    int digits(std::size_t count) {
        if (text_.size() < count) return fail();
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (text_[i] < '0' || text_[i] > '9') return fail();
            value = value * 10 + (text_[i] - '0');
        }
        text_.remove_prefix(count);
        return value;
    }

    bool take_any_of(std::string_view characters) {
        if (text_.empty() || characters.find(text_.front()) == std::string_view::npos) return false;
        text_.remove_prefix(1);
        return true;
    }

    void expect_any_of(std::string_view characters) {
        if (!take_any_of(characters)) fail();
    }

    [[nodiscard]] bool next_is_digit() const { return !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; }
    [[nodiscard]] char next() const { return text_.empty() ? '\0' : text_.front(); }
    [[nodiscard]] bool at_end() const { return !failed_ && text_.empty(); }
    [[nodiscard]] bool failed() const { return failed_; }
    int fail() {
        failed_ = true;
        text_ = {};
        return 0;
    }

private:
    std::string_view text_;
    bool failed_{};
};

std::optional<Date> read_date(Reader& reader) {
    const int year = reader.digits(4);
    reader.expect_any_of("-");
    const int month = reader.digits(2);
    reader.expect_any_of("-");
    const int day = reader.digits(2);
    if (reader.failed() || year < 1900 || year > 2199) return std::nullopt;
    const year_month_day read{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!read.ok()) return std::nullopt;
    return Date{read};
}

// The digits behind the point, as microseconds.
std::int64_t read_fraction(Reader& reader) {
    if (!reader.next_is_digit()) return reader.fail();
    std::int64_t fraction = 0;
    std::int64_t place = second_us / 10;
    while (reader.next_is_digit()) {
        fraction += place * reader.digits(1);
        place /= 10;
    }
    return fraction;
}

// Seconds east of Greenwich; China's when nothing is written.
std::int64_t read_zone(Reader& reader) {
    if (reader.at_end()) return china_offset_s;
    if (reader.take_any_of("Zz")) return 0;
    const bool west = reader.next() == '-';
    reader.expect_any_of("+-");
    const int hours = reader.digits(2);
    reader.expect_any_of(":");
    const int minutes = reader.digits(2);
    if (hours > 23 || minutes > 59) return reader.fail();
    const std::int64_t offset = hours * 3600 + minutes * 60;
    return west ? -offset : offset;
}

struct TimeOfDay {
    std::int64_t hour, minute, second, microsecond;
};

TimeOfDay time_of_day(Instant at) {
    const std::int64_t seconds = floor_divide(at.microseconds, second_us);
    const std::int64_t local = seconds + china_offset_s;
    const std::int64_t in_day = local - floor_divide(local, day_s) * day_s;
    // The remainder is taken directly, since `seconds * second_us` may not fit at the far ends.
    const std::int64_t fraction = (at.microseconds % second_us + second_us) % second_us;
    return {in_day / 3600, in_day / 60 % 60, in_day % 60, fraction};
}

}  // namespace

Date local_date(Instant at) {
    const std::int64_t local = floor_divide(at.microseconds, second_us) + china_offset_s;
    return Date{days{static_cast<int>(floor_divide(local, day_s))}};
}

Instant start_of_day(Date day) {
    return {(std::int64_t{day.time_since_epoch().count()} * day_s - china_offset_s) * second_us};
}

OccurredAt on_day(Date day) { return {start_of_day(day), true}; }

Date make_date(int year, unsigned month, unsigned day) {
    const year_month_day made{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    ANJIE_ASSERT(made.ok());
    return Date{made};
}

int year_of(Date day) { return static_cast<int>(year_month_day{day}.year()); }

unsigned month_of(Date day) { return static_cast<unsigned>(year_month_day{day}.month()); }

std::string to_string(Date day) {
    const year_month_day parts{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()), static_cast<unsigned>(parts.month()),
                       static_cast<unsigned>(parts.day()));
}

std::string to_string(Instant at) {
    const TimeOfDay time = time_of_day(at);
    std::string text =
        fmt::format("{}T{:02}:{:02}:{:02}", to_string(local_date(at)), time.hour, time.minute, time.second);
    if (time.microsecond != 0) text += fmt::format(".{:06}", time.microsecond);
    return text + "+08:00";
}

std::string to_string(const OccurredAt& when) {
    if (when.day_only) return to_string(local_date(when.at));
    const TimeOfDay time = time_of_day(when.at);
    if (time.second != 0 || time.microsecond != 0) return to_string(when.at);
    return fmt::format("{}T{:02}:{:02}+08:00", to_string(local_date(when.at)), time.hour, time.minute);
}

std::optional<Date> parse_date(std::string_view text) {
    Reader reader(text);
    const auto date = read_date(reader);
    return reader.at_end() ? date : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text) {
    Reader reader(text);
    const auto date = read_date(reader);
    if (!date) return std::nullopt;
    reader.expect_any_of("Tt ");
    const int hour = reader.digits(2);
    reader.expect_any_of(":");
    const int minute = reader.digits(2);
    int second = 0;
    std::int64_t fraction = 0;
    if (reader.take_any_of(":")) {
        second = reader.digits(2);
        if (reader.take_any_of(".")) fraction = read_fraction(reader);
    }
    const std::int64_t zone = read_zone(reader);
    if (!reader.at_end() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const std::int64_t utc =
        std::int64_t{date->time_since_epoch().count()} * day_s + hour * 3600 + minute * 60 + second - zone;
    return Instant{utc * second_us + fraction};
}

std::optional<OccurredAt> parse_occurred_at(std::string_view text) {
    if (const auto date = parse_date(text)) return on_day(*date);
    if (const auto instant = parse_instant(text)) return OccurredAt{*instant, false};
    return std::nullopt;
}

}  // namespace anjie
