#include <algorithm>

#include "engine/assert.hpp"
#include "workflows/screening/phases/region.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::screening {
namespace {

/// Folds one event. What the events promise each other is `decide`'s to hold; here a stored event is taken as it is.
class Fold {
public:
    Fold(State& state, const EventHeaderView& header)
        : state_(state), fact_{header.version, local_date(header.occurred_at.at)}, organisation_(header.organisation) {}

    void operator()(const CampaignOpened& event) {
        state_.organisation = organisation_;
        state_.campaign = event;
        state_.opened = fact_;
    }
    void operator()(const RoundReported& event) { state_.rounds.push_back({event, fact_.version}); }
    void operator()(const LeadFound& event) {
        state_.leads.push_back({.lead = event, .found = fact_});
        advance(event);
    }
    void operator()(const LeadResolvedOnSpot& event) { advance(event); }
    void operator()(const LeadOpenedAsDispute& event) {
        if (auto* lead = advance(event)) lead->dispute = event.dispute;
    }
    void operator()(const LeadReferred& event) {
        if (auto* lead = advance(event)) lead->referred_to = event.to;
    }
    void operator()(const LeadWatched& event) { advance(event); }
    void operator()(const LeadStruckOff& event) {
        if (auto* lead = advance(event)) lead->evidence = event.evidence;
    }
    void operator()(const HarmPrevented& event) { state_.harms.push_back({event, fact_}); }
    void operator()(const CampaignClosed&) { state_.closed = fact_; }
    void operator()(const FactCorrected& event) {
        for (auto& round : state_.rounds)
            if (round.reported == event.corrects) round.round.people_count = event.people_count;
        for (auto& lead : state_.leads)
            if (lead.found.version == event.corrects) lead.lead.people_count = event.people_count;
        for (auto& harm : state_.harms) {
            if (harm.recorded.version != event.corrects) continue;
            harm.harm.case_count = event.case_count;
            harm.harm.people_count = event.people_count;
        }
    }
    void operator()(const AlarmRaised& event) {
        for (auto& alarm : state_.alarms) {
            if (alarm.kind != event.kind || alarm.item != event.item) continue;
            alarm.level = event.level;
            return;
        }
        state_.alarms.push_back({event.kind, event.item, event.level});
    }

private:
    template <class E>
    LeadState* advance(const E& event) {
        const auto lead = std::ranges::find(state_.leads, event.lead, [](const LeadState& l) { return l.lead.lead; });
        if (lead == state_.leads.end()) return nullptr;
        lead->phase = lead_region::table().next(lead->phase, trigger<E>).value_or(lead->phase);
        lead->last = fact_;
        return &*lead;
    }

    State& state_;
    Fact fact_;
    std::string_view organisation_;
};

}  // namespace

void Screening::evolve(State& state, const Event& event, const EventHeaderView& header) {
    state.phase = campaign_region::table().next(state.phase, event.index()).value_or(state.phase);
    std::visit(Fold(state, header), event);
}

const RoundState* find_round(const State& state, RoundNumber number) {
    const auto found = std::ranges::find(state.rounds, number, [](const RoundState& r) { return r.round.round; });
    return found == state.rounds.end() ? nullptr : &*found;
}

const LeadState* find_lead(const State& state, LeadNumber number) {
    const auto found = std::ranges::find(state.leads, number, [](const LeadState& l) { return l.lead.lead; });
    return found == state.leads.end() ? nullptr : &*found;
}

}  // namespace anjie::screening
