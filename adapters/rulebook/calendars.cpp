#include "adapters/rulebook/calendars.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/json/reader.hpp"
#include "adapters/rulebook/rule_files.hpp"
#include "embedded_calendars.hpp"

namespace anjie::rulebook {
namespace {

using json::Node;

constexpr std::string_view nation = "CN";

bool is_division(std::string_view code) {
    if (code == nation) return true;
    return code.size() >= 2 && code.size() <= 12 &&
           std::ranges::all_of(code, [](char digit) { return digit >= '0' && digit <= '9'; });
}

std::string file_name_of(std::string_view region) {
    return region == nation ? "CN.json" : fmt::format("CN-{}.json", region);
}

Result<std::string> read_region(const Node& root, std::string_view file_name) {
    ANJIE_TRY(auto node, root.at("region"));
    ANJIE_TRY(auto region, node.text());
    if (!is_division(region)) return node.complaint("write \"CN\", or a division code of 2 to 12 digits");
    if (file_name != file_name_of(region))
        return node.complaint(
            fmt::format("the calendar of this region is called {}; rename the file or correct the "
                        "region",
                        file_name_of(region)));
    return region;
}

// C: the notice was read; S: secondary source; M: from memory.
Result<SourceMark> read_mark(const Node& node) {
    constexpr SourceMark marks[] = {SourceMark::confirmed, SourceMark::secondary, SourceMark::configuration};
    ANJIE_TRY(const auto index, node.one_of({"C", "S", "M"}));
    return marks[index];
}

Result<std::vector<Notice>> read_notices(const Node& root) {
    ANJIE_TRY(auto papers, root.at("papers"));
    ANJIE_TRY(auto nodes, papers.items());
    std::vector<Notice> notices;
    for (const Node& node : nodes) {
        ANJIE_CHECK(node.has_only({"year", "mark", "source"}));
        ANJIE_TRY(auto year_node, node.at("year"));
        ANJIE_TRY(auto mark_node, node.at("mark"));
        ANJIE_TRY(auto source_node, node.at("source"));
        ANJIE_TRY(const auto year, year_node.integer(1900, 2199));
        ANJIE_TRY(const auto mark, read_mark(mark_node));
        ANJIE_TRY(auto source, source_node.text());
        notices.push_back({static_cast<int>(year), mark, std::move(source)});
    }
    return notices;
}

Result<std::vector<DayRange>> read_known(const Node& root) {
    ANJIE_TRY(auto known, root.at("known"));
    ANJIE_TRY(auto nodes, known.items());
    std::vector<DayRange> ranges;
    for (const Node& node : nodes) {
        ANJIE_CHECK(node.has_only({"from", "to"}));
        ANJIE_TRY(auto from, node.at("from"));
        ANJIE_TRY(auto to, node.at("to"));
        ANJIE_TRY(const auto first, from.date());
        ANJIE_TRY(const auto last, to.date());
        if (last < first) return to.complaint("a range ends on the day it begins or later");
        if (!ranges.empty() && first <= ranges.back().last)
            return from.complaint("ranges are in order and do not overlap; begin after " +
                                  to_string(ranges.back().last));
        ranges.push_back({first, last});
    }
    return ranges;
}

bool is_weekend(Date day) {
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Result<void> read_days(const Node& root, CalendarFile& file) {
    ANJIE_TRY(auto days, root.at("days"));
    ANJIE_TRY(auto nodes, days.items());
    auto& listed = file.layer.is_off;
    for (const Node& node : nodes) {
        ANJIE_CHECK(node.has_only({"date", "off", "name"}));
        ANJIE_TRY(auto date_node, node.at("date"));
        ANJIE_TRY(auto off_node, node.at("off"));
        ANJIE_TRY(auto name_node, node.at("name"));
        ANJIE_TRY(const auto date, date_node.date());
        ANJIE_TRY(const auto off, off_node.flag());
        ANJIE_TRY(auto name, name_node.text());
        if (!listed.empty() && date <= listed.rbegin()->first)
            return date_node.complaint("days are in order and listed once; this one comes after " +
                                       to_string(listed.rbegin()->first));
        if (!file.layer.knows(date))
            return date_node.complaint("this day lies outside the ranges of \"known\"; widen them or correct the day");
        // A region may work on a day that the nation has off, so only the nation's list can be judged by itself.
        if (!off && !is_weekend(date) && file.layer.region == nation)
            return date_node.complaint("a weekday is worked anyway; list only Saturdays and Sundays as worked");
        listed.emplace_hint(listed.end(), date, off);
        file.names.emplace_hint(file.names.end(), date, std::move(name));
    }
    return {};
}

}  // namespace

Result<CalendarFile> parse_calendar(std::string_view text, std::string_view name) {
    ANJIE_TRY(const auto document, json::parse(text, name));
    const Node root(document, name);
    ANJIE_CHECK(root.has_only({"region", "version", "origin", "note", "papers", "known", "days"}));
    CalendarFile file;
    ANJIE_TRY(file.layer.region, read_region(root, name));
    ANJIE_TRY(auto version, root.at("version"));
    ANJIE_TRY(file.version, version.text());
    ANJIE_TRY(file.notices, read_notices(root));
    ANJIE_TRY(file.layer.known, read_known(root));
    ANJIE_CHECK(read_days(root, file));
    return file;
}

Result<Calendars> Calendars::load(const std::optional<std::filesystem::path>& directory) {
    RuleFiles texts;
    for (const auto& file : calendars::embedded_files()) texts.emplace(file.name, file.text);
    if (directory) ANJIE_CHECK(override_files(texts, *directory, "calendars"));
    Calendars loaded;
    for (const auto& [name, text] : texts) {
        ANJIE_TRY(auto file, parse_calendar(text, name));
        std::string region = file.layer.region;
        loaded.files_.emplace(std::move(region), std::move(file));
    }
    if (!loaded.files_.contains(nation))
        return failure(ErrorCode::invalid, "CN.json: the nation's calendar is missing; add the file");
    return loaded;
}

Calendar Calendars::layered(std::string_view division) const {
    std::string version;
    std::vector<CalendarLayer> layers;
    const auto add = [&](std::string_view region) {
        const auto file = files_.find(region);
        if (file == files_.end()) return;
        version += fmt::format("{}{}/{}", version.empty() ? "" : "+", region, file->second.version);
        layers.push_back(file->second.layer);
    };
    add(nation);
    if (division != nation)
        for (std::size_t length = 2; length <= division.size(); ++length) add(division.substr(0, length));
    return Calendar(std::move(version), std::move(layers));
}

Result<Calendar> Calendars::at(std::string_view division) const {
    if (!is_division(division))
        return failure(ErrorCode::invalid,
                       fmt::format("\"{}\" is not a division; write CN, or a code of 2 to 12 digits", division));
    return layered(division);
}

std::map<std::string, Calendar, std::less<>> Calendars::by_region() const {
    std::map<std::string, Calendar, std::less<>> calendars;
    for (const auto& [region, file] : files_) calendars.emplace(region, layered(region));
    return calendars;
}

}  // namespace anjie::rulebook
