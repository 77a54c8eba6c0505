#include "adapters/views/audit_view.hpp"
#include "engine/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

namespace anjie::views {
namespace {

using namespace dispute::audit;

boost::json::object json_of(const Finding& finding, CaseNumbers& numbers) {
    boost::json::array events;
    for (const auto& event : finding.events)
        events.push_back({{"case", numbers.of(event.case_id)},
                          {"case_id", to_string(event.case_id)},
                          {"version", event.version},
                          {"position", event.position}});
    boost::json::value rule(nullptr);
    if (finding.rule)
        rule = {{"id", finding.rule->id},
                {"mark", to_string(finding.rule->mark)},
                {"zh", finding.rule->title.zh},
                {"en", finding.rule->title.en}};
    return {{"kind", finding.kind},
            {"severity", code_of(finding.severity)},
            {"zh", finding.sentence.zh},
            {"en", finding.sentence.en},
            {"rule", std::move(rule)},
            {"cases", finding.cases},
            {"events_in_all", finding.events_in_all},
            {"events", std::move(events)}};
}

boost::json::array thresholds_json(const ThresholdsRead& read) {
    boost::json::array out;
    const auto add = [&](const std::string& name, boost::json::value value) {
        const auto origin = read.origin.find(name);
        out.push_back({{"name", name},
                       {"value", std::move(value)},
                       {"origin", origin == read.origin.end() ? "?" : origin->second}});
    };
    for (const auto& number : threshold_numbers())
        add(fmt::format("{}.{}", number.section, number.name), read.values.*number.value);
    add("import_actors", boost::json::array(read.values.import_actors.begin(), read.values.import_actors.end()));
    const auto papers = paper_codes(read.values);
    add("documents_missing.also_required", boost::json::array(papers.begin(), papers.end()));
    return out;
}

}  // namespace

std::vector<Kind> kinds_asked(const AuditShown& shown) {
    std::vector<Kind> kinds;
    for (const auto make : all_checks()) {
        const Setting none{};
        const auto kind = make(none)->kind();
        if (shown.kinds.empty() || std::ranges::find(shown.kinds, kind.id) != shown.kinds.end()) kinds.push_back(kind);
    }
    return kinds;
}

std::vector<const Finding*> gravest_first(const std::vector<Finding>& findings) {
    std::vector<const Finding*> sorted;
    for (const auto& finding : findings) sorted.push_back(&finding);
    std::ranges::stable_sort(sorted, std::ranges::greater{}, [](const Finding* one) { return one->severity; });
    return sorted;
}

std::string cited(const Finding& finding, CaseNumbers& numbers) {
    std::string text;
    const CaseId* last = nullptr;
    for (const auto& event : finding.events) {
        if (last != nullptr && *last == event.case_id)
            text += ", ";
        else
            text += fmt::format("{}{} ", last == nullptr ? "" : "; ", numbers.of(event.case_id));
        text += fmt::format("v{} #{}", event.version, event.position);
        last = &event.case_id;
    }
    return text;
}

std::vector<std::string> paper_codes(const Thresholds& values) {
    std::vector<std::string> codes;
    for (const auto kind : values.documents_also_required) codes.emplace_back(code_of(kind));
    return codes;
}

const std::string& CaseNumbers::of(const CaseId& id) {
    const auto [at, fresh] = known_.try_emplace(id);
    if (!fresh) return at->second;
    at->second = to_string(id);
    const auto read = events_.read_case(id, 0, [&](const EventView& view) {
        const auto event = dispute::Dispute::decode(view.header.type, view.header.schema, view.payload);
        if (!event) return false;
        if (const auto* registered = std::get_if<dispute::CaseRegistered>(&*event))
            at->second = dispute::to_string(registered->number);
        return false;
    });
    static_cast<void>(read);  // What cannot be read is shown by its id.
    return at->second;
}

boost::json::object audit_json(const AuditShown& shown, CaseNumbers& numbers) {
    boost::json::array kinds;
    boost::json::array findings;
    for (const auto& kind : kinds_asked(shown)) {
        const auto tally = shown.result.findings.tally(kind.id);
        boost::json::object undecided;
        for (const auto& [why, count] : shown.result.findings.undecided(kind.id)) undecided[why] = count;
        kinds.push_back({{"kind", kind.id},
                         {"zh", kind.title.zh},
                         {"en", kind.title.en},
                         {"method", {{"zh", kind.method.zh}, {"en", kind.method.en}}},
                         {"serious", tally.serious},
                         {"warnings", tally.warnings},
                         {"notes", tally.notes},
                         {"undecided", std::move(undecided)}});
        for (const auto* finding : gravest_first(shown.result.findings.of(kind.id)))
            findings.emplace_back(json_of(*finding, numbers));
    }
    const auto day = [](const std::optional<Date>& date) {
        return date ? boost::json::value(to_string(*date)) : boost::json::value(nullptr);
    };
    return {
        {"scope",
         {{"from", day(shown.scope.from)}, {"to", day(shown.scope.to)}, {"organisation", shown.scope.organisation}}},
        {"cases", shown.result.cases},
        {"events", shown.result.events},
        {"position", shown.result.position},
        {"judged_as_of", to_string(shown.today)},
        {"thresholds", thresholds_json(shown.thresholds)},
        {"kinds", std::move(kinds)},
        {"findings", std::move(findings)}};
}

std::string audit_csv(const AuditShown& shown, CaseNumbers& numbers) {
    std::string text = "kind,severity,cases,events,cited,rule,mark,zh,en\r\n";
    for (const auto& kind : kinds_asked(shown))
        for (const auto* finding : gravest_first(shown.result.findings.of(kind.id)))
            text += fmt::format("{},{},{},{},{},{},{},{},{}\r\n", finding->kind, code_of(finding->severity),
                                finding->cases, finding->events_in_all, csv_cell(cited(*finding, numbers)),
                                csv_cell(finding->rule ? finding->rule->id : ""),
                                finding->rule ? to_string(finding->rule->mark) : "", csv_cell(finding->sentence.zh),
                                csv_cell(finding->sentence.en));
    return text;
}

std::vector<std::string_view> finding_kinds() {
    std::vector<std::string_view> known;
    const Setting none{};
    for (const auto make : all_checks()) known.push_back(make(none)->kind().id);
    return known;
}

}  // namespace anjie::views
