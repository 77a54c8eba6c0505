#include "adapters/views/case_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "adapters/views/event_view.hpp"

namespace anjie::views {
namespace {

std::string_view confidentiality_code(std::uint8_t level) {
    static constexpr std::string_view codes[] = {"ordinary", "confidential", "restricted"};
    return codes[std::min<std::size_t>(level, std::size(codes) - 1)];
}

}  // namespace

boost::json::object entry_json(const DirectoryEntry& entry) {
    boost::json::object out{{"case_id", to_string(entry.case_id)},
                            {"number", entry.number},
                            {"version", entry.version},
                            {"organisation", entry.organisation},
                            {"type", entry.type},
                            {"phase", entry.phase},
                            {"holder", entry.holder},
                            {"amount_fen", entry.amount_minor}};
    out["confidentiality"] = confidentiality_code(entry.confidentiality);
    out["opened"] = entry.opened ? boost::json::value(to_string(*entry.opened)) : boost::json::value(nullptr);
    out["closed"] = entry.closed ? boost::json::value(to_string(*entry.closed)) : boost::json::value(nullptr);
    return out;
}

boost::json::object due_json(const DueEntry& due, Date today) {
    return {{"case", due.entry.number},
            {"case_id", to_string(due.entry.case_id)},
            {"organisation", due.entry.organisation},
            {"holder", due.entry.holder},
            {"phase", due.entry.phase},
            {"deadline", due.entry.workflow == dispute::workflow_id
                             ? boost::json::value(code_of(static_cast<dispute::DeadlineKind>(due.deadline.kind)))
                             : boost::json::value(due.deadline.kind)},
            {"item", due.deadline.item},
            {"raw_due", to_string(due.deadline.due.raw)},
            {"due", to_string(due.deadline.due.rolled)},
            {"provisional", due.deadline.due.provisional},
            {"days_left", (due.deadline.due.rolled - today).count()}};
}

boost::json::object rejection_json(const Rejection& rejection) {
    boost::json::array versions(rejection.facts.begin(), rejection.facts.end());
    return {{"code", rejection.code},
            {"message", {{"zh", rejection.message.zh}, {"en", rejection.message.en}}},
            {"rule",
             {{"id", rejection.rule.id},
              {"mark", to_string(rejection.rule.mark)},
              {"zh", rejection.rule.title.zh},
              {"en", rejection.rule.title.en}}},
            {"facts", std::move(versions)},
            {"remedy", {{"zh", rejection.remedy.zh}, {"en", rejection.remedy.en}}}};
}

boost::json::array deadlines_json(const dispute::State& state) {
    boost::json::array deadlines;
    for (const auto& running : state.deadlines)
        deadlines.push_back({{"kind", code_of(running.start.kind)},
                             {"item", running.start.item},
                             {"raw_due", to_string(running.start.due.raw)},
                             {"due", to_string(running.start.due.rolled)},
                             {"provisional", running.start.due.provisional},
                             {"rule", running.start.rule},
                             {"since_version", running.since}});
    return deadlines;
}

boost::json::object actions_json(const std::vector<dispute::Dispute::ActionAnswer>& answers) {
    boost::json::array allowed;
    boost::json::array refused;
    for (const auto& answer : answers) {
        if (!answer.refusal) {
            allowed.push_back({{"action", answer.command}, {"zh", answer.title.zh}, {"en", answer.title.en}});
            continue;
        }
        boost::json::object why{{"action", answer.command}};
        for (auto& member : rejection_json(*answer.refusal)) why.insert(member);
        refused.push_back(std::move(why));
    }
    return {{"allowed", std::move(allowed)}, {"refused", std::move(refused)}};
}

boost::json::object case_json(const CaseView& view) {
    auto out = entry_json(view.entry);
    out["version"] = view.version;
    boost::json::object facts;
    for (const auto& line : state_lines(view.state, Language::en)) facts[line.key] = line.value;
    out["state"] = std::move(facts);
    if (view.sealed != nullptr) {
        boost::json::object personal;
        for (const auto& line : sealed_lines(*view.sealed, Language::en)) personal[line.key] = line.value;
        out["personal"] = std::move(personal);
    } else {
        out["personal"] = nullptr;
    }
    out["deadlines"] = deadlines_json(view.state);
    for (auto& member : actions_json(view.answers)) out.insert(member);
    return out;
}

}  // namespace anjie::views
