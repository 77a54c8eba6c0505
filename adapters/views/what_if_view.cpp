#include "adapters/views/what_if_view.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "workflows/dispute/rule_changes.hpp"

namespace anjie::views {
namespace {

namespace json = boost::json;
using namespace dispute;
using namespace dispute::statistics;

constexpr std::size_t reading_threads = 2;

std::string day_text(Day day, std::string_view otherwise) {
    return day ? to_string(day.date()) : std::string(otherwise);
}

std::string cause_text(const Cause& cause, Language language) {
    const bool zh = language == Language::zh;
    const auto none = zh ? "无" : "none";
    const bool revisit = cause.kind == DeadlineKind::revisit;
    const auto word = revisit ? (zh ? "回访" : "revisit") : (zh ? "调解终结" : "mediation ended");
    const auto missing = zh ? "（尚无）" : "not yet";
    auto text = fmt::format("{} {}{} {} → {}", word, day_text(cause.fact, missing), zh ? "，期限" : ", due",
                            day_text(cause.recorded.first_rolled, none), day_text(cause.judged.first_rolled, none));
    const bool moved =
        cause.recorded.rolled != cause.recorded.first_rolled || cause.judged.rolled != cause.judged.first_rolled;
    if (moved)
        text += fmt::format(fmt::runtime(zh ? "（变更后 {} → {}）" : " (as moved: {} → {})"),
                            day_text(cause.recorded.rolled, none), day_text(cause.judged.rolled, none));
    return text;
}

}  // namespace

std::string causes_text(const ChangedCase& one, Language language) {
    std::string text;
    for (const auto& cause : one.causes)
        text += (text.empty() ? "" : language == Language::zh ? "；" : "; ") + cause_text(cause, language);
    return text;
}

std::string signed_text(const FigurePair& pair, std::uint8_t decimals) {
    const auto difference = pair.difference(decimals);
    if (!difference) return "–";
    if (*difference == 0) return "0";
    Cell size = pair.recorded;
    size.value = *difference < 0 ? -*difference : *difference;
    size.decimals = decimals;
    return (*difference < 0 ? "-" : "+") + to_text(size);
}

bool differs(const FigurePair& pair, std::uint8_t decimals) {
    return pair.recorded.value.has_value() != pair.judged.value.has_value() ||
           pair.difference(decimals).value_or(0) != 0;
}

const std::vector<ChangedCase>* cases_of(const WhatIfReport& report, const std::string& figure) {
    const auto found = report.changed.find(figure);
    return found == report.changed.end() ? nullptr : &found->second;
}

namespace {

bool is_rate(const FigurePair& pair) { return pair.recorded.unit == Unit::percent; }

json::object json_of(const DeadlineRule& rule) {
    return {{"id", rule.id},
            {"period", to_string(rule.period)},
            {"roll", rule.roll},
            {"extendable", rule.extendable},
            {"mark", to_string(rule.reference.mark)},
            {"reference", rule.reference.id},
            {"zh", rule.reference.title.zh},
            {"en", rule.reference.title.en}};
}

json::array differences_json(const RuleSet& own, const RuleSet& other) {
    json::array out;
    for (const auto& [before, after] : differences(own, other)) {
        const auto& rule = before ? *before : *after;
        const auto side = [](const std::optional<DeadlineRule>& one) {
            return one ? json::value(json_of(*one)) : json::value(nullptr);
        };
        out.push_back({{"kind", code_of(rule.kind)},
                       {"type", rule.type ? json::value(code_of(*rule.type)) : json::value(nullptr)},
                       {"source", rule.source ? json::value(code_of(*rule.source)) : json::value(nullptr)},
                       {"recorded", side(before)},
                       {"judged", side(after)}});
    }
    return out;
}

json::array rules_json(const WhatIfView& view) {
    json::array out;
    for (const auto& [pair, cases] : view.report.rules) {
        const auto* own = view.own.find(pair.first);
        const auto* other = view.other.find(pair.second);
        json::object one{{"recorded", pair.first}, {"judged", pair.second}, {"cases", cases}};
        if (own != nullptr && other != nullptr) {
            one["deadlines"] = differences_json(*own, *other);
            one["revisit_after_failure"] = {{"recorded", own->revisit_after_failure},
                                            {"judged", other->revisit_after_failure}};
        }
        out.push_back(std::move(one));
    }
    return out;
}

json::object json_of(const TrackedDeadline& due) {
    const auto day = [](Day one) { return one ? json::value(to_string(one.date())) : json::value(nullptr); };
    return {{"raw", day(due.raw)}, {"first", day(due.first_rolled)}, {"now", day(due.rolled)}};
}

Result<json::array> cases_json(const WhatIfView& view, const std::vector<ChangedCase>& cases) {
    json::array out;
    for (const auto& one : cases) {
        if (view.may_see && !view.may_see(one.id)) continue;
        ANJIE_TRY(const auto number, view.number_of(one.id));
        json::array causes;
        for (const auto& cause : one.causes)
            causes.push_back({{"deadline", code_of(cause.kind)},
                              {"fact", cause.fact ? json::value(to_string(cause.fact.date())) : json::value(nullptr)},
                              {"recorded", json_of(cause.recorded)},
                              {"judged", json_of(cause.judged)}});
        out.push_back({{"number", number},
                       {"case_id", to_string(one.id)},
                       {"recorded", one.recorded},
                       {"judged", one.judged},
                       {"causes", std::move(causes)},
                       {"why", {{"zh", causes_text(one, Language::zh)}, {"en", causes_text(one, Language::en)}}}});
    }
    return out;
}

json::object json_of(const Cell& cell) {
    return {{"value", cell.value ? json::value(*cell.value) : json::value(nullptr)}, {"text", to_text(cell)}};
}

}  // namespace

Result<json::object> what_if_json(const WhatIfView& view) {
    const auto& report = view.report;
    const auto& query = report.recorded.query;
    json::array figures;
    for (const auto& pair : report.figures) {
        const auto difference = pair.difference(query.decimals);
        json::object one{{"id", pair.id},
                         {"zh", pair.zh},
                         {"en", pair.en},
                         {"rate", is_rate(pair)},
                         {"recorded", json_of(pair.recorded)},
                         {"judged", json_of(pair.judged)},
                         {"difference", difference ? json::value(*difference) : json::value(nullptr)},
                         {"difference_text", signed_text(pair, query.decimals)}};
        if (const auto* cases = cases_of(report, pair.id)) {
            one["cases_changed"] = cases->size();
            if (view.with_cases) {
                ANJIE_TRY(one["cases"], cases_json(view, *cases));
            }
        }
        figures.push_back(std::move(one));
    }
    json::array unknown;
    for (const auto& [version, cases] : report.unknown_rules)
        unknown.push_back({{"version", version}, {"cases", cases}});
    return json::object{
        {"title", {{"zh", report.recorded.title_zh}, {"en", report.recorded.title_en}}},
        {"period",
         {{"label", query.period.label}, {"from", to_string(query.period.from)}, {"to", to_string(query.period.to)}}},
        {"organisation", query.organisation},
        {"as_of", {{"position", query.as_of.position}, {"at", to_string(query.as_of.at)}}},
        {"definitions", query.definitions},
        {"rules_file", view.rules_file},
        {"rules", rules_json(view)},
        {"unknown_rules", std::move(unknown)},
        {"cases", report.cases},
        {"figures", std::move(figures)}};
}

Result<WhatIfReport> what_if_report(Workspace& workspace, const OtherRules& other, const QueryOptions& asked) {
    ReportQuery query;
    ANJIE_TRY(query.period, period_of(asked));
    ANJIE_TRY(const auto as_of, as_of_moment(asked.as_of));
    query.organisation = asked.organisation;
    query.by_organisation = false;
    ANJIE_TRY(query.as_of, as_of_log(workspace, as_of));
    ANJIE_TRY(query.screening, screening_figures(workspace, query.period, asked.organisation, as_of));
    return make_what_if(workspace.events(), workspace.dispute(), other, query, reading_threads);
}

std::function<Result<std::string>(CaseId)> numbers_in(Directory& directory) {
    return [&directory, known = std::map<CaseId, std::string>{}](CaseId id) mutable -> Result<std::string> {
        auto& number = known[id];
        if (number.empty()) {
            ANJIE_TRY(const auto entry, directory.find(to_string(id)));
            number = entry.number;
        }
        return number;
    };
}

}  // namespace anjie::views
