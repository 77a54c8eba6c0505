#include "adapters/ledger/case_history.hpp"

#include <algorithm>

#include "workflows/dispute/dispute.hpp"

namespace anjie::ledger {
namespace {

void overlay(std::vector<SealedField>& fields, const std::vector<SealedField>& newer) {
    for (const auto& field : newer) {
        const auto found = std::ranges::find_if(
            fields, [&](const SealedField& old) { return old.subject == field.subject && old.field == field.field; });
        if (found == fields.end())
            fields.push_back(field);
        else
            found->text = field.text;
    }
}

void take(CaseHistory& history, const EventHeaderView& header, dispute::Event event, std::vector<SealedField> sealed) {
    if (std::holds_alternative<dispute::DetailsCorrected>(event)) history.details_version = header.version;
    if (const auto* correction = std::get_if<dispute::FactCorrected>(&event)) {
        history.corrections[{correction->corrects, correction->field}] = {header.version, correction->value};
        for (auto& [id, step] : history.steps)
            if (step.version == correction->corrects) overlay(step.sealed, sealed);
        return;
    }
    history.steps.try_emplace(header.command_id, RecordedStep{.version = header.version,
                                                              .on = local_date(header.occurred_at.at),
                                                              .event = std::move(event),
                                                              .sealed = std::move(sealed)});
}

}  // namespace

Result<CaseHistory> read_history(const EventStore& store, CaseId id) {
    CaseHistory history;
    Result<void> problem;
    const auto read = store.read_case(id, 0, [&](const EventView& event) {
        auto decoded = dispute::Dispute::decode(event.header.type, event.header.schema, event.payload);
        auto sealed = store.unseal(event);
        if (!decoded || !sealed) {
            problem = std::unexpected(decoded ? sealed.error() : decoded.error());
            return false;
        }
        dispute::Dispute::evolve(history.state, *decoded, event.header);
        history.version = event.header.version;
        take(history, event.header, std::move(*decoded), std::move(*sealed));
        return true;
    });
    ANJIE_CHECK(read);
    ANJIE_CHECK(problem);
    return history;
}

}  // namespace anjie::ledger
