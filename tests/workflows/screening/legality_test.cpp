#include <array>

#include "tests/workflows/screening/campaign_fixture.hpp"

using namespace anjie::screening;
using namespace anjie::screening::testing;
using anjie::AlarmLevel;
using anjie::Date;

namespace {

/// One well-formed order of each kind, as it would come on 10 March.
std::vector<Command> one_order_of_each() {
    return {spring,
            ReportRound{2, "540629102-01", day(3, 10), false, 12},
            ReportLead{2, 1, RiskLevel::red, "forest_land", 15, "540629102"},
            ResolveLead{1},
            OpenLeadAsDispute{1, std::string(dispute_id)},
            ReferLead{1, "540629-police"},
            WatchLead{1},
            StrikeOffLead{1, Evidence::visit_record},
            RecordHarmPrevented{HarmKind::criminal, 1, 4},
            CloseCampaign{},
            CorrectFact{2, CorrectionReason::entry_error, 0, 41},
            RaiseAlarm{DeadlineKind::lead_outcome, 1, AlarmLevel::early, anjie::start_of_day(day(3, 24))}};
}

struct Row {
    std::string_view situation;
    Campaign campaign;
    std::array<std::string_view, 12> answers;  ///< By command, "" accepted.
};

Campaign closed(LeadPhase lead) {
    auto campaign = with_lead_in(lead);
    campaign.given(CloseCampaign{}, day(3, 9));
    return campaign;
}

}  // namespace

TEST_CASE("every kind of order in every phase of campaign and lead is accepted or refused as the table says") {
    constexpr std::string_view ok,
        unopened = "campaign_not_opened", again = "campaign_already_opened", over = "campaign_closed",
        no_lead = "unknown_lead", no_round = "unknown_round", late = "no_outcome_yet", other = "lead_settled_otherwise",
        off = "lead_struck_off", pending = "leads_without_outcome", no_report = "no_report_yet", idle = "alarm_not_due",
        nothing = "nothing_to_correct", nil = "nil_round_has_no_leads";
    auto nil_report = opened();
    nil_report.given(ReportRound{1, "540629102-01", day(3, 5), true, 40}, day(3, 5));
    using P = LeadPhase;
    // open round lead resolve dispute refer watch strike harm close correct alarm
    const std::vector<Row> rows{
        {"not opened",
         Campaign{},
         {ok, unopened, unopened, unopened, unopened, unopened, unopened, unopened, unopened, unopened, unopened,
          unopened}},
        {"opened",
         opened(),
         {again, ok, no_round, no_lead, no_lead, no_lead, no_lead, no_lead, ok, no_report, nothing, idle}},
        {"nil report", nil_report, {again, ok, nil, no_lead, no_lead, no_lead, no_lead, no_lead, ok, ok, ok, idle}},
        {"found", with_lead_in(P::found), {again, ok, ok, ok, ok, ok, ok, late, ok, pending, ok, ok}},
        {"resolved", with_lead_in(P::resolved), {again, ok, ok, other, ok, other, other, ok, ok, ok, ok, idle}},
        {"dispute", with_lead_in(P::opened), {again, ok, ok, other, other, other, other, ok, ok, ok, ok, idle}},
        {"referred", with_lead_in(P::referred), {again, ok, ok, other, ok, ok, other, ok, ok, ok, ok, idle}},
        {"watched", with_lead_in(P::watched), {again, ok, ok, ok, ok, ok, ok, ok, ok, ok, ok, idle}},
        {"struck off", with_lead_in(P::struck_off), {again, ok, ok, off, off, off, off, off, ok, ok, ok, idle}},
        {"closed, resolved", closed(P::resolved), {again, over, over, other, ok, other, other, ok, ok, over, ok, over}},
        {"closed, dispute", closed(P::opened), {again, over, over, other, other, other, other, ok, ok, over, ok, over}},
        {"closed, referred", closed(P::referred), {again, over, over, other, ok, ok, other, ok, ok, over, ok, over}},
        {"closed, watched", closed(P::watched), {again, over, over, ok, ok, ok, ok, ok, ok, over, ok, over}},
        {"closed, struck off", closed(P::struck_off), {again, over, over, off, off, off, off, off, ok, over, ok, over}},
    };
    const auto orders = one_order_of_each();
    for (const Row& row : rows)
        for (std::size_t i = 0; i < orders.size(); ++i) {
            INFO(row.situation << ", order " << i);
            REQUIRE(orders[i].index() == i);
            CHECK(row.campaign.refusal(orders[i], day(3, 10)) == row.answers[i]);
        }
}

TEST_CASE("what may be done next is said as the orders themselves would be answered") {
    using P = LeadPhase;
    for (const auto phase : {P::found, P::resolved, P::opened, P::referred, P::watched, P::struck_off}) {
        const auto campaign = with_lead_in(phase);
        const auto answers = Screening{}.actions(campaign.state());
        const auto orders = one_order_of_each();
        REQUIRE(answers.size() == orders.size());
        for (std::size_t i = 0; i < orders.size(); ++i) {
            INFO(static_cast<int>(phase) << " " << answers[i].command);
            CHECK((answers[i].refusal ? answers[i].refusal->code : "") == campaign.refusal(orders[i], day(3, 10)));
        }
    }
    CHECK(Screening{}.actions(State{})[0].refusal == std::nullopt);
    CHECK(Screening{}.actions(State{})[1].refusal->code == "campaign_not_opened");
}
