#include "workflows/screening/screening.hpp"

namespace anjie::screening {

std::string lead_reference(CaseId campaign, LeadNumber lead) {
    return to_string(campaign) + "#" + std::to_string(lead);
}

CaseId case_id_of(std::string_view organisation, std::string_view number, Date opened) {
    std::string name = "screening\n";
    name += organisation;
    name += '\n';
    name += number;
    return {uuid_v7_of_name(start_of_day(opened), name)};
}

DirectoryEntry Screening::describe(const State& state, const std::vector<SealedField>& sealed) const {
    DirectoryEntry entry;
    entry.workflow = id;
    entry.number = state.campaign.number;
    entry.organisation = state.organisation;
    entry.type = code_of(state.campaign.kind);
    entry.phase = code_of(state.phase);
    if (state.phase == CampaignPhase::open) entry.holder = state.campaign.organiser;
    if (state.opened.version != 0) entry.opened = state.opened.on;
    if (state.closed.version != 0) entry.closed = state.closed.on;
    entry.deadlines = deadlines(state);
    entry.search_texts = {state.campaign.theme, state.campaign.area};
    for (const SealedField& field : sealed) entry.search_texts.push_back(field.text);
    return entry;
}

std::unique_ptr<const Workflow> make_workflow() { return std::make_unique<const ScreeningWorkflow>(Screening{}); }

}  // namespace anjie::screening
