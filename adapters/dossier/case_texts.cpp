#include "adapters/dossier/case_texts.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/dossier/detail/pretty.hpp"
#include "adapters/json/dispute_event.hpp"
#include "adapters/json/values.hpp"
#include "workflows/dispute/dispute.hpp"
#include "workflows/dispute/state.hpp"

namespace anjie::dossier {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

std::pair<std::string_view, std::string_view> title_of(const HistoryEvent& entry) {
    if (!entry.event) return {"事件", "Event"};
    return std::visit([](const auto& e) { return std::pair(e.title.zh, e.title.en); }, *entry.event);
}

object header_json(const EventHeader& header) {
    return {{"position", header.position},
            {"version", header.version},
            {"type", static_cast<std::uint16_t>(header.type)},
            {"occurred_at", to_string(header.occurred_at)},
            {"recorded_at", to_string(header.recorded_at)},
            {"actor", header.actor},
            {"organisation", header.organisation},
            {"command_id", to_string(header.command_id)},
            {"rule_version", header.rule_version}};
}

std::string history_json(const std::vector<HistoryEvent>& history) {
    array events;
    for (const auto& entry : history) {
        auto line = header_json(entry.header);
        const auto [zh, en] = title_of(entry);
        line["title"] = {{"zh", zh}, {"en", en}};
        if (entry.event) line["fields"] = json::event_to_json(*entry.event);
        line["sealed_bytes"] = entry.sealed_bytes;
        events.push_back(std::move(line));
    }
    const auto& first = history.front().header;
    return detail::pretty(object{{"case", to_string(first.case_id)},
                                 {"workflow", static_cast<std::uint16_t>(first.workflow)},
                                 {"events", std::move(events)}});
}

std::string history_text(const std::vector<HistoryEvent>& history) {
    auto out = fmt::format("案件 Case {}\n", to_string(history.front().header.case_id));
    for (const auto& entry : history) {
        const auto& header = entry.header;
        const auto [zh, en] = title_of(entry);
        out += fmt::format(
            "\nv{}  {} / {}\n    发生 happened {}   记录 recorded {}\n    经办 by {} @ {}   日志位置 position {}\n",
            header.version, zh, en, to_string(header.occurred_at), to_string(header.recorded_at), header.actor,
            header.organisation, header.position);
        if (!entry.event) continue;
        for (const auto& field : json::event_to_json(*entry.event))
            if (field.key() != "event")
                out +=
                    fmt::format("    {}: {}\n", std::string_view(field.key()), boost::json::serialize(field.value()));
    }
    return out;
}

value day_of(const dispute::Fact& fact) {
    if (!fact) return nullptr;
    return object{{"on", to_string(fact.on)}, {"version", fact.version}};
}

object agreement_json(const dispute::AgreementState& agreement) {
    return {{"number", agreement.number},
            {"label", agreement.label},
            {"form", json::to_json(agreement.form)},
            {"partial", agreement.partial},
            {"copies", agreement.copies},
            {"amount", json::to_json(agreement.amount)},
            {"drafted", day_of(agreement.drafted)},
            {"mediator_signed", day_of(agreement.mediator_signed)},
            {"sealed", day_of(agreement.sealed)},
            {"effective", day_of(agreement.effective)},
            {"obligations", json::to_json(agreement.obligations)}};
}

array parties_json(const dispute::State& state) {
    array parties;
    for (const auto& party : state.parties)
        parties.push_back({{"party", json::to_json(party.party)},
                           {"consent", day_of(party.consent)},
                           {"refusal", day_of(party.refusal)},
                           {"signature", day_of(party.signature)}});
    return parties;
}

array revisits_json(const dispute::State& state) {
    array revisits;
    for (const auto& revisit : state.revisits)
        revisits.push_back({{"version", revisit.version},
                            {"on", to_string(revisit.on)},
                            {"revisitor", revisit.revisitor},
                            {"method", json::to_json(revisit.method)},
                            {"satisfaction", json::to_json(revisit.satisfaction)},
                            {"fulfilment", json::to_json(revisit.fulfilment)},
                            {"residual_risk", json::to_json(revisit.residual_risk)},
                            {"problem", json::to_json(revisit.problem)}});
    return revisits;
}

array performance_json(const dispute::State& state) {
    array obligations;
    for (const auto& owed : state.obligations)
        obligations.push_back({{"obligation", json::to_json(owed.obligation)},
                               {"performed", json::to_json(owed.performed)},
                               {"settled", dispute::is_settled(owed.phase)},
                               {"last", day_of(owed.last)}});
    return obligations;
}

array mediators_json(const dispute::State& state) {
    array mediators;
    for (const auto& mediator : state.mediators)
        mediators.push_back({{"mediator", mediator.mediator},
                             {"role", json::to_json(mediator.role)},
                             {"assigned", day_of(mediator.assigned)},
                             {"recused", day_of(mediator.recused)}});
    return mediators;
}

std::string forms_json(const std::vector<HistoryEvent>& history) {
    dispute::State state;
    for (const auto& entry : history) {
        const auto& header = entry.header;
        dispute::Dispute::evolve(state, *entry.event,
                                 {.position = header.position,
                                  .case_id = header.case_id,
                                  .version = header.version,
                                  .workflow = header.workflow,
                                  .type = header.type,
                                  .schema = header.schema,
                                  .occurred_at = header.occurred_at,
                                  .recorded_at = header.recorded_at,
                                  .command_id = header.command_id,
                                  .actor = header.actor,
                                  .organisation = header.organisation,
                                  .rule_version = header.rule_version});
    }
    object out{{"number", to_string(state.number)},
               {"organisation", state.organisation},
               {"jurisdiction", state.jurisdiction},
               {"rule_version", state.rule_version},
               {"committee", json::to_json(state.committee)},
               {"source", json::to_json(state.source)},
               {"channel", json::to_json(state.channel)},
               {"type", json::to_json(state.type)},
               {"difficulty", json::to_json(state.difficulty)},
               {"people_count", state.people_count},
               {"amount", json::to_json(state.amount)},
               {"origin", state.origin},
               {"phase", dispute::main_phase(state)},
               {"result", state.result ? json::to_json(*state.result) : value(nullptr)},
               {"parties", parties_json(state)},
               {"mediators", mediators_json(state)}};
    out["dates"] = object{{"registered", day_of(state.registered)},
                          {"accepted", day_of(state.accepted)},
                          {"refused", day_of(state.refused)},
                          {"rights_notice", day_of(state.rights_notice)},
                          {"first_session", day_of(state.first_session)},
                          {"last_session", day_of(state.last_session)},
                          {"ended", day_of(state.ended)},
                          {"closed", day_of(state.closed)},
                          {"archived", day_of(state.archived)}};
    if (state.agreement.number != 0) out["agreement"] = agreement_json(state.agreement);
    out["performance"] = performance_json(state);
    out["revisits"] = revisits_json(state);
    out["documents"] = json::to_json(state.documents);
    return detail::pretty(out);
}

}  // namespace

Result<HistoryEvent> history_event(const EventView& view) {
    const auto& header = view.header;
    HistoryEvent entry{.header = {.position = header.position,
                                  .case_id = header.case_id,
                                  .version = header.version,
                                  .workflow = header.workflow,
                                  .type = header.type,
                                  .schema = header.schema,
                                  .occurred_at = header.occurred_at,
                                  .recorded_at = header.recorded_at,
                                  .command_id = header.command_id,
                                  .actor = std::string(header.actor),
                                  .organisation = std::string(header.organisation),
                                  .rule_version = std::string(header.rule_version)},
                       .event = {},
                       .sealed_bytes = view.sealed.size()};
    if (header.workflow != dispute::Dispute::id) return entry;
    ANJIE_TRY(entry.event, dispute::Dispute::decode(header.type, header.schema, view.payload));
    return entry;
}

std::map<std::string, std::string> case_texts(const std::vector<HistoryEvent>& history) {
    std::map<std::string, std::string> texts;
    if (history.empty()) return texts;
    texts.emplace("history.json", history_json(history));
    texts.emplace("history.txt", history_text(history));
    if (history.front().event) texts.emplace("forms.json", forms_json(history));
    return texts;
}

}  // namespace anjie::dossier
