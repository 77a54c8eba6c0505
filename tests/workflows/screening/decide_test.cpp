#include <set>

#include "tests/workflows/screening/campaign_fixture.hpp"

using namespace anjie;
using namespace anjie::screening;
using namespace anjie::screening::testing;

TEST_CASE("a campaign runs from opening over rounds and leads to its closing") {
    auto campaign = with_lead();
    campaign.given(ReportRound{2, "540629102-02", day(3, 12), true, 8}, day(3, 12));
    campaign.given(OpenLeadAsDispute{1, "018E0000-0000-7000-8000-000000000001"}, day(3, 13));
    campaign.given(RecordHarmPrevented{HarmKind::group_petition, 1, 23}, day(3, 14));
    campaign.given(CloseCampaign{}, day(4, 1));

    const State& state = campaign.state();
    CHECK(state.phase == CampaignPhase::closed);
    CHECK(state.closed == Fact{7, day(4, 1)});
    CHECK(state.rounds.size() == 2);
    REQUIRE(state.leads.size() == 1);
    CHECK(state.leads[0].phase == LeadPhase::opened);
    CHECK(state.leads[0].dispute == dispute_id);
    CHECK(state.leads[0].last == Fact{5, day(3, 13)});
}

TEST_CASE("a nil report is a report and has no leads") {
    auto campaign = opened();
    CHECK(Screening{}.deadlines(campaign.state()).size() == 1);
    campaign.given(ReportRound{1, "540629102-01", day(3, 5), true, 40}, day(3, 5));
    CHECK(Screening{}.deadlines(campaign.state()).empty());
    const ReportLead lead{1, 1, RiskLevel::yellow, "neighbour", 2, "540629102"};
    CHECK(campaign.refusal(lead, day(3, 5)) == "nil_round_has_no_leads");
    CHECK(campaign.facts(lead, day(3, 5)) == std::vector<Version>{2});
}

TEST_CASE("no day lies in the future or before the campaign was opened") {
    auto campaign = with_lead();
    campaign.today = day(3, 20);
    CHECK(campaign.refusal(WatchLead{1}, day(3, 20)).empty());
    CHECK(campaign.refusal(WatchLead{1}, day(3, 21)) == "in_the_future");
    CHECK(campaign.refusal(RecordHarmPrevented{HarmKind::suicide, 1, 1}, make_date(2024, 2, 29)) == "before_opening");
    CHECK(campaign.refusal(WatchLead{1}, day(3, 4)) == "lead_before_round");
    CHECK(campaign.refusal(ReportRound{2, "u", day(3, 21), true, 1}, day(3, 20)) == "in_the_future");
    CHECK(campaign.refusal(ReportRound{2, "u", make_date(2024, 2, 29), true, 1}, day(3, 20)) == "before_opening");
    CHECK(campaign.refusal(ReportLead{2, 1, RiskLevel::red, "other", 2, "5406"}, day(3, 4)) == "lead_before_round");
}

TEST_CASE("a campaign is opened within its period and with all it needs") {
    const Campaign none;
    const auto refused = [&](auto change, Date on = day(3, 1)) {
        auto order = spring;
        change(order);
        return none.refusal(order, on);
    };
    CHECK(refused([](auto&) {}).empty());
    CHECK(refused([](auto& o) { o.to = day(2, 1); }) == "period_backwards");
    CHECK(refused([](auto&) {}, day(4, 1)) == "opened_after_period");
    CHECK(refused([](auto&) {}, day(6, 2)) == "in_the_future");
    CHECK(refused([](auto& o) { o.number.clear(); }) == "value_missing");
    CHECK(refused([](auto& o) { o.theme.clear(); }) == "value_missing");
    CHECK(refused([](auto& o) { o.area.clear(); }) == "value_missing");
    CHECK(refused([](auto& o) { o.organiser.clear(); }) == "value_missing");
    CHECK(refused([](auto& o) { o.theme = std::string(text_bytes_max + 1, 'x'); }) == "value_invalid");
    CHECK(refused([](auto& o) { o.theme = std::string(text_bytes_max, 'x'); }).empty());
    CHECK(refused([](auto& o) { o.area = "阿索乡"; }) == "value_invalid");
    CHECK(refused([](auto& o) { o.kind = CampaignKind{9}; }) == "value_invalid");
    CHECK(refused([](auto& o) { o.to = make_date(2300, 1, 1); }) == "value_invalid");
}

TEST_CASE("a lead is struck off once it has an outcome, and with evidence") {
    CHECK(with_lead().refusal(StrikeOffLead{1, Evidence::visit_record}, day(3, 6)) == "no_outcome_yet");
    const auto watched = with_lead_in(LeadPhase::watched);
    CHECK(watched.refusal(StrikeOffLead{1, Evidence::none}, day(3, 7)) == "evidence_missing");
    CHECK(watched.refusal(StrikeOffLead{1, {}}, day(3, 7)) == "evidence_missing");
    CHECK(watched.refusal(StrikeOffLead{1, Evidence{77}}, day(3, 7)) == "value_invalid");
    CHECK(watched.refusal(StrikeOffLead{2, Evidence::none}, day(3, 7)) == "unknown_lead");
    CHECK(watched.when(StrikeOffLead{1, Evidence::visit_record}, day(3, 7)) ==
          std::vector<Event>{LeadStruckOff{1, Evidence::visit_record}});
}

TEST_CASE("a campaign closes when every lead has an outcome, and carries watched leads on") {
    auto campaign = with_lead();
    campaign.given(ReportLead{2, 1, RiskLevel::red, "other", 2, "5406"}, day(3, 6));
    CHECK(campaign.facts(CloseCampaign{}, day(4, 1)) == std::vector<Version>{3, 4});
    campaign.given(WatchLead{1}, day(3, 7)).given(ResolveLead{2}, day(3, 7));
    campaign.given(CloseCampaign{}, day(4, 1));
    campaign.given(OpenLeadAsDispute{1, std::string(dispute_id)}, day(5, 2));
    CHECK(campaign.state().leads[0].phase == LeadPhase::opened);
}

TEST_CASE("a correction restates counts and leaves the earlier event alone") {
    auto campaign = with_lead();
    campaign.given(RecordHarmPrevented{HarmKind::suicide, 1, 1}, day(3, 6));
    campaign.given(CorrectFact{2, CorrectionReason::entry_error, 0, 41}, day(3, 8));
    campaign.given(CorrectFact{3, CorrectionReason::new_information, 0, 9}, day(3, 8));
    campaign.given(CorrectFact{4, CorrectionReason::duplicate, 0, 0}, day(3, 8));
    CHECK(campaign.state().rounds[0].round.people_count == 41);
    CHECK(campaign.state().leads[0].lead.people_count == 9);
    CHECK(campaign.state().harms[0].harm == HarmPrevented{HarmKind::suicide, 0, 0});
    CHECK(campaign.refusal(CorrectFact{1, CorrectionReason::other, 0, 1}, day(3, 8)) == "not_correctable");
    CHECK(campaign.refusal(CorrectFact{99, CorrectionReason::other, 0, 1}, day(3, 8)) == "nothing_to_correct");
    CHECK(campaign.refusal(CorrectFact{0, CorrectionReason::other, 0, 1}, day(3, 8)) == "nothing_to_correct");
    CHECK(campaign.refusal(CorrectFact{2, CorrectionReason::other, 1, 1}, day(3, 8)) == "value_invalid");
    CHECK(campaign.refusal(CorrectFact{3, CorrectionReason::other, 0, 0}, day(3, 8)) == "value_missing");
}

TEST_CASE("values that no code table knows are refused") {
    const auto campaign = with_lead();
    CHECK(campaign.refusal(ReportLead{2, 1, RiskLevel{8}, "other", 2, "5406"}, day(3, 6)) == "value_invalid");
    CHECK(campaign.refusal(ReportLead{2, 1, RiskLevel::red, "其他", 2, "5406"}, day(3, 6)) == "value_invalid");
    CHECK(campaign.refusal(ReportLead{2, 1, RiskLevel::red, "other", 0, "5406"}, day(3, 6)) == "value_missing");
    CHECK(campaign.refusal(ReportLead{1, 1, RiskLevel::red, "other", 1, "5406"}, day(3, 6)) == "duplicate_lead");
    CHECK(campaign.refusal(ReportRound{1, "u", day(3, 6), true, 1}, day(3, 6)) == "duplicate_round");
    CHECK(campaign.refusal(OpenLeadAsDispute{1, "尼阿调〔2024〕1号"}, day(3, 6)) == "value_invalid");
    CHECK(campaign.refusal(OpenLeadAsDispute{1, ""}, day(3, 6)) == "value_missing");
    CHECK(campaign.refusal(RecordHarmPrevented{HarmKind{5}, 1, 1}, day(3, 6)) == "value_invalid");
    CHECK(campaign.refusal(RecordHarmPrevented{HarmKind::suicide, 0, 1}, day(3, 6)) == "value_missing");
    CHECK(campaign.refusal(CorrectFact{2, CorrectionReason{}, 0, 1}, day(3, 6)) == "value_invalid");
}

TEST_CASE("a round report is due by the end of the period, with one alarm after another") {
    auto campaign = opened();
    std::vector<AlarmLevel> levels;
    while (true) {
        const auto running = Screening{}.deadlines(campaign.state());
        REQUIRE(running.size() == 1);
        CHECK(running[0].kind == std::to_underlying(DeadlineKind::round_report));
        CHECK(running[0].due == DueDay{day(3, 31), day(3, 31), false});
        if (!running[0].next_alarm) break;
        levels.push_back(running[0].next_level);
        campaign.today = local_date(*running[0].next_alarm);
        AlarmDue alarm;
        alarm.kind = running[0].kind;
        alarm.level = running[0].next_level;
        alarm.due = *running[0].next_alarm;
        campaign.given(Screening::alarm(alarm), campaign.today);
        CHECK(campaign.refusal(Screening::alarm(alarm), campaign.today) == "alarm_not_due");
    }
    CHECK(levels == std::vector{AlarmLevel::early, AlarmLevel::near, AlarmLevel::last_day, AlarmLevel::passed});
    CHECK(campaign.today == day(4, 1));
}

TEST_CASE("an alarm before its time, and one that no longer matters, is refused") {
    auto campaign = opened();
    const RaiseAlarm early{DeadlineKind::round_report, 0, AlarmLevel::early, start_of_day(day(3, 24))};
    campaign.today = day(3, 23);
    CHECK(campaign.refusal(early, day(3, 23)) == "alarm_not_due");
    campaign.today = day(3, 24);
    CHECK(campaign.refusal(early, day(3, 24)).empty());
    campaign.given(ReportRound{1, "540629102-01", day(3, 24), true, 40}, day(3, 24));
    CHECK(campaign.refusal(early, day(3, 24)) == "alarm_not_due");
}

TEST_CASE("every refusal explains itself in both languages, with a rule and a way out") {
    std::set<std::string> codes;
    for (std::uint16_t number = 1; number <= std::to_underlying(last_refusal); ++number) {
        const Rejection why = explain(Refusal{number}, {3});
        CHECK(why.number == number);
        CHECK(why.facts == std::vector<Version>{3});
        CHECK(codes.insert(why.code).second);
        for (const auto& text : {why.message, why.remedy, why.rule.title}) {
            CHECK_FALSE(text.zh.empty());
            CHECK_FALSE(text.en.empty());
        }
        CHECK(why.rule.id.starts_with("SCR-"));
        CHECK(why.rule.mark != SourceMark::confirmed);  // Nothing here was read in a law's own words.
    }
}

TEST_CASE("the directory shows a campaign with what can be searched") {
    const auto campaign = with_lead();
    const auto row = Screening{}.describe(campaign.state(), {{1, std::to_underlying(SealedCode::people), "张三"}});
    CHECK(row.number == spring.number);
    CHECK(row.organisation == "540629102");
    CHECK(row.type == "special");
    CHECK(row.phase == "open");
    CHECK(row.holder == "540629102-01");
    CHECK(row.opened == day(3, 1));
    CHECK(row.deadlines.size() == 1);
    CHECK(row.search_texts == std::vector<std::string>{"工地欠薪专项排查", "540629102", "张三"});
}

TEST_CASE("the workflow stands behind the engine's interface") {
    const auto workflow = make_workflow();
    CHECK(workflow->id() == WorkflowId{2});
    CHECK(workflow->name() == "screening");
    auto state = workflow->new_state();
    const DecisionContext context{.now = start_of_day(day(6, 1)),
                                  .occurred_at = on_day(day(3, 1)),
                                  .actor = "m-01",
                                  .organisation = "540629102",
                                  .version = 0};
    struct Foreign final : CommandBody {};
    CHECK(workflow->decide(*state, Foreign{}, context).error().code == "foreign_command");
    const auto events = workflow->decide(*state, *make_body<Screening>(spring), context);
    REQUIRE(events.has_value());
    REQUIRE(events->size() == 1);
    CHECK(workflow->deadlines(*state).size() == 1);
    const CaseId id = case_id_of("540629102", spring.number, day(3, 1));
    CHECK(id == case_id_of("540629102", spring.number, day(3, 1)));
    CHECK(id != case_id_of("540629103", spring.number, day(3, 1)));
    CHECK(lead_reference(id, 3) == to_string(id) + "#3");
}
