#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/rejection.hpp"
#include "engine/result.hpp"

/// Calendars and rules as data: embedded in the program, overridden by files.
namespace anjie::rulebook {

/// A published notice that a calendar was made from.
struct Notice {
    int year{};
    SourceMark mark{};
    std::string source;  ///< Its address, or its title where it has none.

    bool operator==(const Notice&) const = default;
};

/// One calendar file: what one region's notices say (docs/data-sources.md has the layout).
struct CalendarFile {
    std::string version;                ///< "2026-1".
    std::vector<Notice> notices;        ///< In the order of the file.
    std::map<Date, std::string> names;  ///< What each listed day is called, 春节.
    CalendarLayer layer;
};

/// Reads one calendar file called `name` ("CN.json", "CN-54.json").
/// Errors: invalid, with file, place, value and what to write instead.
[[nodiscard]] Result<CalendarFile> parse_calendar(std::string_view text, std::string_view name);

/// All calendar files by region, with the calendars that they make: each region's notices over those of the wider
/// regions (the prefixes of its code), down to the nation's.
class Calendars {
public:
    /// The embedded files, and those of `directory`/calendars in their place or beside them.
    /// Errors: those of `parse_calendar` and of reading files; invalid when the nation's calendar is missing.
    [[nodiscard]] static Result<Calendars> load(const std::optional<std::filesystem::path>& directory = std::nullopt);

    /// The calendar of a division: "CN", or a GB/T 2260 code of 2 to 12 digits ("54" Tibet, "540629" Nyima, longer for
    /// townships and villages). Its version names every file in it: "CN/2026-1+54/2026-1".
    /// Errors: invalid when `division` is neither.
    [[nodiscard]] Result<Calendar> at(std::string_view division) const;
    /// One calendar per region that has a file, for a book that looks up by longest prefix.
    [[nodiscard]] std::map<std::string, Calendar, std::less<>> by_region() const;
    /// Ordered by region, the nation last.
    [[nodiscard]] const std::map<std::string, CalendarFile, std::less<>>& files() const { return files_; }

private:
    [[nodiscard]] Calendar layered(std::string_view division) const;

    std::map<std::string, CalendarFile, std::less<>> files_;
};

}  // namespace anjie::rulebook
