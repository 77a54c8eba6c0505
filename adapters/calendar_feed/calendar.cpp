#include "adapters/calendar_feed/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "workflows/dispute/dispute.hpp"

namespace anjie::calendar_feed {
namespace {

constexpr std::size_t line_bytes_max = 75;

/// Content lines, folded so that none has more than 75 bytes and no character is cut.
class Lines {
public:
    void add(std::string_view name, std::string_view value) {
        const std::string line = fmt::format("{}:{}", name, value);
        std::size_t used = 0;
        for (std::size_t i = 0; i < line.size();) {
            std::size_t bytes = 1;
            while (i + bytes < line.size() && (static_cast<unsigned char>(line[i + bytes]) & 0xC0) == 0x80) ++bytes;
            if (used + bytes > line_bytes_max) {
                text_ += "\r\n ";
                used = 1;
            }
            text_.append(line, i, bytes);
            used += bytes;
            i += bytes;
        }
        text_ += "\r\n";
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_;
};

/// RFC 5545, 3.3.11; other control characters are left out.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
            out += c;
    }
    return out;
}

std::string basic(Date day) {
    auto text = to_string(day);
    std::erase(text, '-');
    return text;
}

std::string basic_utc(Instant at) {
    using namespace std::chrono;
    const auto when = sys_time<seconds>(seconds(at.microseconds / 1'000'000));
    const auto day = floor<days>(when);
    const year_month_day date(day);
    const hh_mm_ss clock(when - day);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

std::string id_of(const DueEntry& entry, std::string_view host) {
    std::string plain;
    for (const char c : host)
        plain += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'
                     ? c
                     : '-';
    return fmt::format("{}-{}-{}@{}", to_string(entry.entry.case_id), entry.deadline.kind, entry.deadline.item, plain);
}

std::string what(const DueEntry& entry, bool chinese) {
    if (entry.entry.workflow != dispute::workflow_id) return chinese ? "排查事项" : "screening";
    const auto kind = static_cast<dispute::DeadlineKind>(entry.deadline.kind);
    const auto table = code_table(kind);
    const auto found = std::ranges::find(table, kind, &CodeEntry<dispute::DeadlineKind>::value);
    if (found == table.end()) return chinese ? "到期事项" : "deadline";
    auto text = std::string(chinese ? found->zh : found->en);
    if (entry.deadline.item != 0) text += fmt::format(" {}", entry.deadline.item);
    return text;
}

void add_reminder(Lines& lines, std::chrono::hours from_midnight, std::string_view summary) {
    const auto hours = from_midnight.count();
    lines.add("BEGIN", "VALARM");
    lines.add("ACTION", "DISPLAY");
    lines.add("DESCRIPTION", summary);
    lines.add("TRIGGER", fmt::format("{}PT{}H", hours < 0 ? "-" : "", std::abs(hours)));
    lines.add("END", "VALARM");
}

void add_event(Lines& lines, const DueEntry& entry, const CalendarOptions& options, bool done) {
    const auto day = entry.deadline.due.rolled;
    const bool overdue = !done && day < local_date(options.now);
    std::string summary = what(entry, options.chinese);
    summary += (options.chinese ? "：" : ": ") + entry.entry.number;
    if (overdue) summary = (options.chinese ? "【逾期】" : "Overdue: ") + summary;
    if (entry.deadline.due.provisional)
        summary += options.chinese ? "（日历未公布，暂定）" : " (calendar not yet published)";
    summary = escaped(summary);
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", id_of(entry, options.host));
    lines.add("DTSTAMP", basic_utc(options.now));
    lines.add("SEQUENCE", std::to_string(entry.entry.version));
    lines.add("DTSTART;VALUE=DATE", basic(day));
    lines.add("DTEND;VALUE=DATE", basic(day + std::chrono::days(1)));
    lines.add("SUMMARY", summary);
    lines.add("STATUS", done ? "CANCELLED" : "CONFIRMED");
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("CLASS", "PRIVATE");
    if (!done && options.reminders) {
        add_reminder(lines, options.early_reminder, summary);
        add_reminder(lines, options.reminder, summary);
    }
    lines.add("END", "VEVENT");
}

}  // namespace

std::string calendar_of(std::span<const DueEntry> due, const CalendarOptions& options, std::span<const DueEntry> done) {
    Lines lines;
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Anjie//Due//ZH");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add("NAME", escaped(options.name));
    lines.add("X-WR-CALNAME", escaped(options.name));
    lines.add("X-WR-TIMEZONE", "Asia/Shanghai");
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    lines.add("X-PUBLISHED-TTL", "PT1H");
    std::set<std::string> seen;
    for (const auto& entry : due)
        if (seen.insert(id_of(entry, options.host)).second) add_event(lines, entry, options, false);
    for (const auto& entry : done)
        if (seen.insert(id_of(entry, options.host)).second) add_event(lines, entry, options, true);
    lines.add("END", "VCALENDAR");
    return lines.take();
}

bool is_revisit(const DueEntry& entry) {
    return entry.entry.workflow == dispute::workflow_id &&
           entry.deadline.kind == static_cast<std::uint16_t>(dispute::DeadlineKind::revisit);
}

}  // namespace anjie::calendar_feed
