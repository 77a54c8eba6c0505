#include "adapters/calendar_feed/calendar.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "workflows/dispute/dispute.hpp"

namespace anjie::calendar_feed {
namespace {

DueEntry revisit(std::string number, Date due, Version version = 9) {
    DueEntry entry;
    entry.entry.case_id = CaseId{*parse_uuid("018d4f3a-5c00-7000-8000-000000000001")};
    entry.entry.workflow = dispute::workflow_id;
    entry.entry.version = version;
    entry.entry.number = std::move(number);
    entry.entry.search_texts = {"德吉曲珍", "阿索乡一村"};
    entry.deadline.kind = static_cast<std::uint16_t>(dispute::DeadlineKind::revisit);
    entry.deadline.due = {.raw = due, .rolled = due};
    return entry;
}

CalendarOptions options() {
    CalendarOptions out;
    out.host = "anjie.example/office 1";
    out.now = *parse_instant("2024-03-01T09:30:00+08:00");
    return out;
}

/// Content lines with folds undone; every raw line is checked for its length and its end.
std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        const auto raw = text.substr(at, end - at);
        CHECK(raw.size() <= 75);
        CHECK(raw.find_first_of("\r\n") == std::string::npos);
        // No fold cuts a character: none begins with the middle of one.
        const auto first = static_cast<unsigned char>(raw.starts_with(' ') && raw.size() > 1 ? raw[1] : raw[0]);
        CHECK((first & 0xC0) != 0x80);
        if (raw.starts_with(' '))
            lines.back() += raw.substr(1);
        else
            lines.push_back(raw);
        at = end + 2;
    }
    return lines;
}

std::size_t count(const std::vector<std::string>& lines, std::string_view line) {
    return static_cast<std::size_t>(std::ranges::count(lines, line));
}

TEST_CASE("a due revisit is an event of its day with its case number and no name") {
    const auto due = revisit("尼阿调〔2024〕3号", make_date(2024, 3, 31));
    const auto text = calendar_of(std::span(&due, 1), options());
    const auto lines = lines_of(text);
    CHECK(count(lines, "UID:018d4f3a-5c00-7000-8000-000000000001-" + std::to_string(due.deadline.kind) +
                           "-0@anjie.example-office-1") == 1);
    CHECK(count(lines, "DTSTAMP:20240301T013000Z") == 1);
    CHECK(count(lines, "DTSTART;VALUE=DATE:20240331") == 1);
    CHECK(count(lines, "DTEND;VALUE=DATE:20240401") == 1);
    CHECK(count(lines, "SEQUENCE:9") == 1);
    CHECK(count(lines, "STATUS:CONFIRMED") == 1);
    CHECK(count(lines, "BEGIN:VALARM") == 2);
    CHECK(count(lines, "TRIGGER:-PT15H") == 1);
    CHECK(count(lines, "TRIGGER:PT9H") == 1);
    CHECK(text.contains("尼阿调〔2024〕3号"));
    CHECK_FALSE(text.contains("德吉曲珍"));
    CHECK_FALSE(text.contains("阿索乡一村"));
    CHECK(calendar_of(std::span(&due, 1), options()) == text);
}

TEST_CASE("a revisit that was made is cancelled under the id it had, unless it is due again") {
    const auto before = revisit("a", make_date(2024, 3, 31), 9);
    const auto after = revisit("a", make_date(2024, 3, 31), 12);
    const auto lines = lines_of(calendar_of({}, options(), std::span(&after, 1)));
    CHECK(count(lines, "STATUS:CANCELLED") == 1);
    CHECK(count(lines, "SEQUENCE:12") == 1);
    CHECK(count(lines, "BEGIN:VALARM") == 0);
    const auto both = lines_of(calendar_of(std::span(&before, 1), options(), std::span(&after, 1)));
    CHECK(count(both, "BEGIN:VEVENT") == 1);
    CHECK(count(both, "STATUS:CONFIRMED") == 1);
}

TEST_CASE("what has passed says so, and what is provisional too") {
    auto due = revisit("a", make_date(2024, 2, 29));
    CHECK(calendar_of(std::span(&due, 1), options()).contains("【逾期】"));
    due = revisit("a", make_date(2024, 3, 1));
    CHECK_FALSE(calendar_of(std::span(&due, 1), options()).contains("逾期"));
    due.deadline.due.provisional = true;
    CHECK(calendar_of(std::span(&due, 1), options()).contains("暂定"));
    auto english = options();
    english.chinese = false;
    due = revisit("a", make_date(2024, 2, 1));
    CHECK(calendar_of(std::span(&due, 1), english).contains("Overdue: "));
}

TEST_CASE("a number of any length and with any characters is folded and escaped") {
    for (std::size_t length = 1; length < 200; ++length) {
        std::string number;
        for (std::size_t i = 0; i < length; ++i) number += i % 3 == 0 ? "调" : i % 3 == 1 ? "a" : "𠮷";
        const auto due = revisit(number, make_date(2024, 3, 31));
        const auto lines = lines_of(calendar_of(std::span(&due, 1), options()));
        CHECK(std::ranges::count_if(lines, [&](const auto& line) {
                  return line.starts_with("SUMMARY:") && line.ends_with(number);
              }) == 1);
    }
    const auto due = revisit("a;b,c\\d\ne\rf\x01", make_date(2024, 3, 31));
    const auto lines = lines_of(calendar_of(std::span(&due, 1), options()));
    CHECK(std::ranges::count_if(lines, [](const auto& line) { return line.ends_with(R"(a\;b\,c\\d\nef)"); }) == 3);
}

TEST_CASE("an empty calendar is a calendar") {
    const auto lines = lines_of(calendar_of({}, options()));
    CHECK(lines.front() == "BEGIN:VCALENDAR");
    CHECK(lines.back() == "END:VCALENDAR");
    CHECK(count(lines, "BEGIN:VEVENT") == 0);
}

}  // namespace
}  // namespace anjie::calendar_feed
