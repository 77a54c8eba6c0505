#include <algorithm>

#include "workflows/screening/phases/region.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::screening {
namespace {

using Decided = std::expected<Event, Rejection>;
using Check = std::optional<Rejection>;

// Which event an order asks for: they stand in the same order.
static_assert(std::variant_size_v<Command> == std::variant_size_v<Event>);

/// Codes and references: printable ASCII without spaces.
bool is_code(const std::string& text) {
    return !text.empty() && text.size() <= text_bytes_max &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

Check check_phase(const State& state, Trigger event) {
    if (campaign_region::table().next(state.phase, event)) return std::nullopt;
    if (state.phase == CampaignPhase::none) return explain(Refusal::campaign_not_opened);
    if (event == trigger<CampaignOpened>) return explain(Refusal::campaign_already_opened, {state.opened.version});
    return explain(Refusal::campaign_closed, {state.closed.version});
}

/// Whether the lead's own phase lets the event through.
Check check_lead(const LeadState& lead, Trigger event) {
    if (lead_region::table().next(lead.phase, event)) return std::nullopt;
    if (lead.phase == LeadPhase::struck_off) return explain(Refusal::lead_struck_off, {lead.last.version});
    if (lead.phase == LeadPhase::found) return explain(Refusal::no_outcome_yet, {lead.found.version});
    return explain(Refusal::lead_settled_otherwise, {lead.last.version});
}

Check check_closing(const State& state) {
    if (state.rounds.empty()) return explain(Refusal::no_report_yet, {state.opened.version});
    std::vector<Version> without_outcome;
    for (const LeadState& lead : state.leads)
        if (lead.phase == LeadPhase::found) without_outcome.push_back(lead.found.version);
    if (!without_outcome.empty()) return explain(Refusal::leads_without_outcome, std::move(without_outcome));
    return std::nullopt;
}

class Decider {
public:
    Decider(const State& state, const DecisionContext& context)
        : state_(state), today_(local_date(context.now)), day_(local_date(context.occurred_at.at)), context_(context) {}

    Decided operator()(const OpenCampaign& order) const {
        if (order.number.empty() || order.theme.empty()) return refuse(Refusal::value_missing);
        if (order.number.size() > text_bytes_max || order.theme.size() > text_bytes_max || !is_code(order.area) ||
            !is_code(order.organiser) || !is_known(order.kind) || !is_plausible(order.from) || !is_plausible(order.to))
            return refuse(order.area.empty() || order.organiser.empty() ? Refusal::value_missing
                                                                        : Refusal::value_invalid);
        if (order.to < order.from) return refuse(Refusal::period_backwards);
        if (day_ > order.to) return refuse(Refusal::opened_after_period);
        return CampaignOpened{order.number, order.theme, order.area, order.from, order.to, order.organiser, order.kind};
    }

    Decided operator()(const ReportRound& order) const {
        if (order.round == 0 || order.unit.empty()) return refuse(Refusal::value_missing);
        if (!is_code(order.unit)) return refuse(Refusal::value_invalid);
        if (const auto* known = find_round(state_, order.round))
            return refuse(Refusal::duplicate_round, {known->reported});
        if (auto refusal = check_day(order.on)) return std::unexpected(std::move(*refusal));
        if (state_.rounds.size() >= items_max) return refuse(Refusal::too_many_items);
        return RoundReported{order.round, order.unit, order.on, order.nil_report, order.people_count};
    }

    Decided operator()(const ReportLead& order) const {
        if (order.lead == 0 || order.people_count == 0 || order.dispute_type.empty() || order.place.empty())
            return refuse(Refusal::value_missing);
        if (!is_code(order.dispute_type) || !is_code(order.place) || !is_known(order.risk))
            return refuse(Refusal::value_invalid);
        const auto* round = find_round(state_, order.round);
        if (round == nullptr) return refuse(Refusal::unknown_round);
        if (round->round.nil_report) return refuse(Refusal::nil_round_has_no_leads, {round->reported});
        if (day_ < round->round.on) return refuse(Refusal::lead_before_round, {round->reported});
        if (const auto* known = find_lead(state_, order.lead))
            return refuse(Refusal::duplicate_lead, {known->found.version});
        if (state_.leads.size() >= items_max) return refuse(Refusal::too_many_items);
        return LeadFound{order.lead, order.round, order.risk, order.dispute_type, order.people_count, order.place};
    }

    Decided operator()(const ResolveLead& order) const { return on_lead(LeadResolvedOnSpot{order.lead}); }
    Decided operator()(const OpenLeadAsDispute& order) const {
        if (order.dispute.empty()) return refuse(Refusal::value_missing);
        const auto dispute = parse_uuid(order.dispute);
        if (!dispute || dispute->is_nil()) return refuse(Refusal::value_invalid);
        return on_lead(LeadOpenedAsDispute{order.lead, to_string(*dispute)});
    }
    Decided operator()(const ReferLead& order) const {
        if (order.to.empty()) return refuse(Refusal::value_missing);
        if (!is_code(order.to)) return refuse(Refusal::value_invalid);
        return on_lead(LeadReferred{order.lead, order.to});
    }
    Decided operator()(const WatchLead& order) const { return on_lead(LeadWatched{order.lead}); }
    Decided operator()(const StrikeOffLead& order) const {
        if (order.evidence == Evidence{} || order.evidence == Evidence::none) {
            // Whether there is such a lead comes first: evidence for nothing helps nobody.
            auto otherwise = on_lead(LeadStruckOff{order.lead, Evidence::other});
            return otherwise ? refuse(Refusal::evidence_missing) : otherwise;
        }
        if (!is_known(order.evidence)) return refuse(Refusal::value_invalid);
        return on_lead(LeadStruckOff{order.lead, order.evidence});
    }

    Decided operator()(const RecordHarmPrevented& order) const {
        if (!is_known(order.kind)) return refuse(Refusal::value_invalid);
        if (order.case_count == 0 || order.people_count == 0) return refuse(Refusal::value_missing);
        if (state_.harms.size() >= items_max) return refuse(Refusal::too_many_items);
        return HarmPrevented{order.kind, order.case_count, order.people_count};
    }

    Decided operator()(const CloseCampaign&) const {
        if (auto refusal = check_closing(state_)) return std::unexpected(std::move(*refusal));
        return CampaignClosed{};
    }

    Decided operator()(const CorrectFact& order) const {
        if (!is_known(order.reason)) return refuse(Refusal::value_invalid);
        if (order.corrects == 0 || order.corrects > context_.version) return refuse(Refusal::nothing_to_correct);
        const bool harm = std::ranges::any_of(
            state_.harms, [&](const HarmState& known) { return known.recorded.version == order.corrects; });
        const bool lead = std::ranges::any_of(
            state_.leads, [&](const LeadState& known) { return known.found.version == order.corrects; });
        const bool round = std::ranges::any_of(
            state_.rounds, [&](const RoundState& known) { return known.reported == order.corrects; });
        if (!harm && !lead && !round) return refuse(Refusal::not_correctable, {order.corrects});
        // Zero cases of zero people takes a prevented harm back; a lead always has people.
        if (!harm && order.case_count != 0) return refuse(Refusal::value_invalid, {order.corrects});
        if (harm && (order.case_count == 0) != (order.people_count == 0))
            return refuse(Refusal::value_invalid, {order.corrects});
        if (lead && order.people_count == 0) return refuse(Refusal::value_missing, {order.corrects});
        return FactCorrected{order.corrects, order.reason, order.case_count, order.people_count};
    }

    Decided operator()(const RaiseAlarm& order) const {
        for (const Deadline& deadline : Screening{}.deadlines(state_))
            if (deadline.kind == std::to_underlying(order.kind) && deadline.item == order.item &&
                deadline.next_alarm == order.due && deadline.next_level == order.level && order.due <= context_.now)
                return AlarmRaised{order.kind, order.item, order.level, order.due};
        return refuse(Refusal::alarm_not_due);
    }

    /// A day on which something of this campaign happened.
    [[nodiscard]] Check check_day(Date on) const {
        if (on > today_) return explain(Refusal::in_the_future);
        if (state_.phase != CampaignPhase::none && on < state_.opened.on)
            return explain(Refusal::before_opening, {state_.opened.version});
        if (!is_plausible(on)) return explain(Refusal::value_invalid);
        return std::nullopt;
    }
    [[nodiscard]] Check check_day() const { return check_day(day_); }

private:
    static std::unexpected<Rejection> refuse(Refusal refusal, std::vector<Version> facts = {}) {
        return std::unexpected(explain(refusal, std::move(facts)));
    }
    static bool is_plausible(Date day) { return day >= make_date(1900, 1, 1) && day <= make_date(2199, 12, 31); }

    template <class E>
    Decided on_lead(E event) const {
        const auto* lead = find_lead(state_, event.lead);
        if (lead == nullptr) return refuse(Refusal::unknown_lead);
        if (auto refusal = check_lead(*lead, trigger<E>)) return std::unexpected(std::move(*refusal));
        if (day_ < lead->found.on) return refuse(Refusal::lead_before_round, {lead->found.version});
        return event;
    }

    const State& state_;
    Date today_;
    Date day_;
    const DecisionContext& context_;
};

template <std::size_t... I>
std::vector<Screening::ActionAnswer> name_actions(std::index_sequence<I...>) {
    return {{std::variant_alternative_t<I, Command>::name, std::variant_alternative_t<I, Command>::title, {}}...};
}

}  // namespace

std::expected<std::vector<Event>, Rejection> Screening::decide(const State& state, const Command& command,
                                                               const DecisionContext& context) const {
    if (auto refusal = check_phase(state, command.index())) return std::unexpected(std::move(*refusal));
    const Decider decider(state, context);
    if (auto refusal = decider.check_day()) return std::unexpected(std::move(*refusal));
    auto decided = std::visit(decider, command);
    if (!decided) return std::unexpected(std::move(decided).error());
    return std::vector<Event>{std::move(*decided)};
}

std::vector<Screening::ActionAnswer> Screening::actions(const State& state) const {
    auto answers = name_actions(std::make_index_sequence<std::variant_size_v<Command>>{});
    for (std::size_t i = 0; i < answers.size(); ++i) {
        answers[i].refusal = check_phase(state, i);
        if (answers[i].refusal) continue;
        if (i == trigger<CampaignClosed>) answers[i].refusal = check_closing(state);
        if (i == trigger<AlarmRaised> && deadlines(state).empty()) answers[i].refusal = explain(Refusal::alarm_not_due);
        if (i == trigger<LeadFound> && state.rounds.empty()) answers[i].refusal = explain(Refusal::unknown_round);
        if (i < trigger<LeadResolvedOnSpot> || i > trigger<LeadStruckOff>) continue;
        // One lead that lets it through is enough; otherwise the last one's reason stands for all.
        answers[i].refusal = explain(Refusal::unknown_lead);
        for (const LeadState& lead : state.leads) {
            answers[i].refusal = check_lead(lead, i);
            if (!answers[i].refusal) break;
        }
    }
    return answers;
}

Rejection Screening::foreign_command() { return explain(Refusal::foreign_command); }

}  // namespace anjie::screening
