#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/dossier/case_texts.hpp"
#include "adapters/dossier/detail/examination.hpp"
#include "adapters/dossier/readme.hpp"
#include "adapters/json/reader.hpp"

// Once the records are proved: everything else in the archive is written anew from them and compared.

namespace anjie::dossier::detail {
namespace {

/// The first line in which two texts differ, counted from 1, and the lines.
struct Difference {
    std::size_t line{};
    std::string expected;
    std::string found;
};

Difference first_difference(std::string_view expected, std::string_view found) {
    const auto next_line = [](std::string_view& rest) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return line;
    };
    for (std::size_t number = 1;; ++number) {
        const auto ended = expected.empty() || found.empty();
        const auto a = next_line(expected);
        const auto b = next_line(found);
        if (a != b || ended) return {number, std::string(a.substr(0, 200)), std::string(b.substr(0, 200))};
    }
}

using boost::json::object;

const boost::json::array* list_in(const boost::json::value& value, std::string_view key) {
    const auto* members = value.if_object();
    const auto* found = members == nullptr ? nullptr : members->if_contains(key);
    return found == nullptr ? nullptr : found->if_array();
}

std::string text_in(const boost::json::value& value, std::string_view key) {
    const auto* members = value.if_object();
    const auto* found = members == nullptr ? nullptr : members->if_contains(key);
    if (found == nullptr) return {};
    const auto* text = found->if_string();
    return text != nullptr ? std::string(*text) : boost::json::serialize(*found);
}

/// The member of a list whose `key` is that of `like`, or null.
const boost::json::value* fellow(const boost::json::array* list, const boost::json::value& like, std::string_view key) {
    if (list == nullptr) return nullptr;
    const auto wanted = text_in(like, key);
    const auto found = std::ranges::find_if(*list, [&](const auto& item) { return text_in(item, key) == wanted; });
    return found == list->end() ? nullptr : &*found;
}

/// A number as a reader looks for it.
std::string shown(const boost::json::value* value) {
    if (value == nullptr) return "-";
    if (const auto percent = text_in(*value, "percent"); !percent.empty())
        return fmt::format("{} / {} = {}", text_in(*value, "numerator"), text_in(*value, "denominator"), percent);
    return text_in(*value, "text");
}

}  // namespace

void Examination::check_texts(const std::map<std::string, std::string>& texts) {
    check_entries(texts);
    const auto compare = [&](const std::string& name, const std::string& expected) {
        const auto found = text_of(name, "entry");
        if (!found || *found == expected) return;
        if (name == "report.json") return compare_reports(expected, *found);
        const auto difference = first_difference(expected, *found);
        const bool figure = name.starts_with("figures/");
        auto& finding = find(figure ? "figure" : "entry",
                             {fmt::format("{} 第 {} 行不是由事件推出的", name, difference.line),
                              fmt::format("{}, line {}, does not follow from the events", name, difference.line)},
                             figure ? name.substr(8, name.size() - 12) : name);
        finding.expected = difference.expected;
        finding.found = difference.found;
    };
    for (const auto& [name, expected] : texts) compare(name, expected);
    compare(std::string(readme_entry), readme_text(verdict_.manifest));
}

void Examination::check_dossier() {
    const auto& manifest = verdict_.manifest;
    const auto before = verdict_.findings.size();
    std::vector<HistoryEvent> history;
    for_each_event([&](const EventView& event) -> Result<void> {
        const auto& header = event.header;
        if (header.case_id != manifest.case_id)
            find_at("case", {header.case_id, header.version, header.position},
                    {"卷宗里有别的案件的事件", "an event of another case in the dossier"})
                .expected = to_string(manifest.case_id);
        ANJIE_TRY(auto entry, history_event(event));
        history.push_back(std::move(entry));
        return {};
    });
    const auto last = last_versions_.contains(manifest.case_id) ? last_versions_[manifest.case_id] : 0;
    if (last != manifest.versions || manifest.versions == 0) {
        auto& finding = find("case", {"清单所说的版本不全", "the versions are not those of the manifest"});
        finding.case_id = manifest.case_id;
        finding.version = manifest.versions;
        finding.expected = fmt::format("1-{}", manifest.versions);
        finding.found = fmt::format("1-{}", last);
    }
    if (verdict_.findings.size() == before) check_texts(case_texts(history));
}

void Examination::check_query() {
    const auto& query = verdict_.manifest.query;
    const auto size = verdict_.checkpoint.size;
    if (!label_fits(query.period)) {
        auto& finding = find("report", {"期间的名称与起止日不符", "the period's name is not that of its days"});
        finding.expected = fmt::format("{}..{}", to_string(query.period.from), to_string(query.period.to));
        finding.found = query.period.label;
    }
    if (query.as_of.position > size) {
        auto& finding = find("report", {"截至位置在检查点之后", "the as-of position lies beyond the checkpoint"});
        finding.expected = fmt::format("{}", size);
        finding.found = fmt::format("{}", query.as_of.position);
    }
}

void Examination::check_report() {
    const auto& manifest = verdict_.manifest;
    const auto& query = manifest.query;
    const auto before = verdict_.findings.size();
    check_query();
    ReportBasis basis;
    for_each_event([&](const EventView& event) -> Result<void> {
        const auto& header = event.header;
        const Place place{header.case_id, header.version, header.position};
        if (header.position <= query.as_of.position) {
            if (header.recorded_at > query.as_of.at)
                find_at("record", place,
                        {"事件在报表所说的时刻之后才记录", "recorded after the moment the report is as of"});
            return basis.add(event);
        }
        if (!manifest.complete)
            find_at("record", place, {"事件在截至位置之后", "an event beyond the as-of position"});
        else if (header.position == query.as_of.position + 1 && header.recorded_at <= query.as_of.at)
            find_at("record", place,
                    {"截至时刻之前的事件被截掉了", "recorded by the moment the report is as of, yet left out"});
        return {};
    });
    if (basis.cases() != manifest.cases) {
        auto& finding = find("manifest", {"案件数与清单不符", "the number of cases is not the manifest's"});
        finding.expected = fmt::format("{}", manifest.cases);
        finding.found = fmt::format("{}", basis.cases());
    }
    if (verdict_.findings.size() != before) return;
    const auto texts = report_texts(basis, query, tools_.render);
    if (!texts) return find_error("report", texts.error());
    verdict_.figures = dispute::statistics::figures().size() + dispute::statistics::rates().size();
    check_texts(*texts);
}

void Examination::compare_reports(std::string_view expected_text, std::string_view found_text) {
    const auto expected = json::parse(expected_text, "report.json");
    const auto found = json::parse(found_text, "report.json");
    if (!expected || !found) return find_error("report", expected ? found.error() : expected.error(), "report.json");
    const auto before = verdict_.findings.size();
    const auto differ = [&](std::string_view about, const boost::json::value& right, const boost::json::value* wrong,
                            std::string name) {
        if (wrong != nullptr && right == *wrong) return;
        auto& finding = find(std::string(about), {"这个数不是由事件算出的", "this does not follow from the events"},
                             std::move(name));
        finding.expected = shown(&right);
        finding.found = shown(wrong);
    };
    const auto members = [](const boost::json::array* list) { return list == nullptr ? boost::json::array{} : *list; };
    for (const auto& figure : members(list_in(*expected, "figures")))
        differ("figure", figure, fellow(list_in(*found, "figures"), figure, "id"), text_in(figure, "id"));
    for (const auto& rate : members(list_in(*expected, "rates")))
        differ("rate", rate, fellow(list_in(*found, "rates"), rate, "definition"), text_in(rate, "definition"));
    for (const auto& section : members(list_in(*expected, "sections"))) {
        const auto* other = fellow(list_in(*found, "sections"), section, "id");
        const auto* rows = other == nullptr ? nullptr : list_in(*other, "rows");
        for (const auto& row : members(list_in(section, "rows"))) {
            const auto* stated = fellow(rows, row, "id");
            const auto* cells = stated == nullptr ? nullptr : list_in(*stated, "cells");
            const auto due = members(list_in(row, "cells"));
            for (std::size_t i = 0; i < due.size(); ++i)
                differ("figure", due[i], cells != nullptr && i < cells->size() ? &(*cells)[i] : nullptr,
                       fmt::format("{}/{}/{}", text_in(section, "id"), text_in(row, "id"), text_in(due[i], "figure")));
        }
    }
    if (verdict_.findings.size() != before) return;
    const auto difference = first_difference(expected_text, found_text);
    auto& finding = find("report",
                         {fmt::format("report.json 第 {} 行不是由事件推出的", difference.line),
                          fmt::format("report.json, line {}, does not follow from the events", difference.line)},
                         "report.json");
    finding.expected = difference.expected;
    finding.found = difference.found;
}

}  // namespace anjie::dossier::detail
