#include <catch2/catch.hpp>

#include <set>

#include "tests/support/dispute_situations.hpp"
#include "tests/support/print.hpp"
#include "workflows/dispute/rejections.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::test::steps;
using std::chrono::days;

namespace {

const Date day = make_date(2024, 3, 4);

DisputeStory situation(std::string_view name) {
    for (auto& one : dispute_situations())
        if (one.name == name) return one.story;
    FAIL("no situation " << name);
    return {};
}

}  // namespace

TEST_CASE("Facts are never dated before what they build on, nor in the future") {
    DisputeStory story;
    story.now = start_of_day(day + days{100});
    story.when(day + days{101}, registration()).then_refused("in_the_future");
    story.given(day, {registration()});
    story.when(day - days{1}, RequestConsent{}).then_refused("before_registration");
    story.when(day - days{1}, AcceptCase{}).then_refused("acceptance_before_registration");
    story.when(day, agreement({})).then_refused("agreement_before_acceptance");
    story.when(day, HoldSession{}).then_refused("session_before_acceptance");
    story.given(day + days{5}, {GiveConsent{2}, AcceptCase{}});
    story.when(day + days{4}, assigned().front()).then_refused("before_acceptance");
    story.given(day + days{5}, assigned());
    story.when(day + days{4}, HoldSession{}).then_refused("session_before_acceptance");
    story.given(day + days{7}, {HoldSession{}});
    story.when(day + days{4}, agreement({})).then_refused("agreement_before_acceptance");
    CHECK(story.refusal->facts == std::vector<Version>{3});
    story.when(day + days{6}, agreement({})).then_refused("agreement_before_session");
    story.when(day + days{6}, SettlePrivately{}).then_refused("before_last_session");
    story.given(day + days{8}, {agreement({payment(100, day + days{30})})});
    story.when(day + days{7}, AffixSeal{}).then_refused("signature_before_agreement");
    story.when(day + days{8}, good_revisit()).then_refused("revisit_before_agreement");
    story.when(day + days{8}, PerformObligation{1, {}, false}).then_refused("performance_before_agreement");
    story.when(day + days{8}, ApplyForConfirmation{{1, 2}, "c"}).then_refused("confirmation_before_agreement");
    story.given(day + days{9}, signatures());
    story.when(day + days{8}, good_revisit()).then_refused("revisit_before_agreement");
    story.when(day + days{8}, PerformObligation{1, {}, false}).then_refused("performance_before_agreement");
    story.when(day + days{8}, ApplyForConfirmation{{1, 2}, "c"}).then_refused("confirmation_before_agreement");
    story.given(day + days{10}, {PerformObligation{1, {}, false}, good_revisit()});
    story.when(day + days{9}, CloseCase{}).then_refused("closed_before_facts");
    story.given(day + days{10}, {CloseCase{}});
    story.when(day + days{9}, ArchiveCase{"v", Retention::permanent}).then_refused("before_closing");
}

TEST_CASE("Where the committee or another body began, everybody must agree before acceptance") {
    for (const auto source : {CaseSource::own_initiative, CaseSource::court, CaseSource::public_security}) {
        DisputeStory story;
        story.given(day, {registration(DisputeType::neighbour, source), GiveConsent{1}});
        story.when(day, AcceptCase{}).then_refused("consent_missing");
        CHECK(story.refusal->rule.id == "PML-17");
        story.given(day, {GiveConsent{2}, AcceptCase{}});
    }
    DisputeStory applied;
    applied.given(day, {registration(), AcceptCase{}}).given(day, assigned());
    applied.when(day, HoldSession{}).then_refused("consent_missing");
    applied.given(day, {GiveConsent{2}, HoldSession{}});
}

TEST_CASE("Refusal, failure and termination need the routes told") {
    auto story = situation("registered");
    story.when(day, RefuseAcceptance{RefusalGround::administrative_dispute, {}}).then_refused("routes_not_told");
    story = situation("in_mediation");
    story.when(day, FailMediation{FailureReason::no_common_ground, {}}).then_refused("routes_not_told");
    story.when(day, TerminateMediation{TerminationCause::no_prospect, {}}).then_refused("routes_not_told");
    CHECK(story.refusal->rule.id == "PML-26");
    story.when(day, TerminateMediation{TerminationCause::refuses_to_sign, {Route::litigation}})
        .then_refused("nobody_refused_to_sign");
}

TEST_CASE("A family agreement is signed by hand") {
    DisputeStory story;
    story.given(day, accepted(registration(DisputeType::marriage_family))).given(day, assigned());
    story.given(day, {HoldSession{}, agreement({})});
    story.when(day, SignAsParty{1, SigningMethod::electronic}).then_refused("electronic_not_allowed");
    CHECK(story.refusal->rule.id == "ESL-3");
    story.given(day, {SignAsParty{1, SigningMethod::handwritten}});
    story.when(day, SignAsParty{1, SigningMethod::handwritten}).then_refused("already_signed");
    auto neighbours = situation("agreed");
    neighbours.given(day, {SignAsParty{1, SigningMethod::electronic}});
}

TEST_CASE("An oral agreement takes effect the day it is reached, except where the law asks for writing") {
    auto story = situation("in_mediation");
    story.given(day + days{2},
                {DraftAgreement{.form = AgreementForm::oral, .obligations = {payment(5000, day + days{2})}}});
    CHECK(story.then<AgreementEffective>().on == day + days{2});
    story.given(day + days{2}, {PerformObligation{1, {}, true}});
    DisputeStory medical;
    medical.given(day, accepted(registration(DisputeType::medical))).given(day, assigned()).given(day, {HoldSession{}});
    medical.when(day, DraftAgreement{.form = AgreementForm::oral}).then_refused("must_be_written");
    CHECK(medical.refusal->rule.id == "MED-39");
}

TEST_CASE("Matters of personal status are not confirmed by a court") {
    DisputeStory story;
    auto registered = registration(DisputeType::marriage_family);
    registered.type_detail = "adoption";
    story.given(day, accepted(registered)).given(day, assigned()).given(day, {HoldSession{}, agreement({})});
    story.given(day, signatures());
    CHECK(story.running(DeadlineKind::confirmation) == nullptr);
    story.when(day, ApplyForConfirmation{{1, 2}, "court"}).then_refused("status_matter");
}

TEST_CASE("A later agreement supersedes the one in force when it takes effect, not before") {
    auto story = situation("effective");
    story.given(day + days{10}, {agreement({payment(100000, day + days{40}), payment(100000, day + days{70})})});
    CHECK(story.state.obligations.size() == 1);
    CHECK(story.state.agreement.number == 1);
    story.when(day + days{10}, ApplyForConfirmation{{1, 2}, "court"}).then_refused("draft_pending");
    story.given(day + days{12}, signatures());
    CHECK(story.state.agreement.number == 2);
    CHECK(story.state.agreement.label == "尼阿调〔2024〕12号-2");
    REQUIRE(story.state.obligations.size() == 3);
    CHECK(story.state.obligations[0].phase == PerformancePhase::superseded);
    CHECK(story.running(DeadlineKind::performance, 1) == nullptr);
    CHECK(story.running(DeadlineKind::performance, 3)->start.due.raw == day + days{70});
    CHECK(story.running(DeadlineKind::confirmation)->start.start == day + days{12});
}

TEST_CASE("Performance is counted to the last fen") {
    auto story = situation("effective");
    story.given(day, {PerformObligation{1, {100000}, false}});
    CHECK(story.state.obligations[0].phase == PerformancePhase::partly_performed);
    story.when(day, PerformObligation{1, {200001}, false}).then_refused("more_than_owed");
    story.when(day, PerformObligation{2, {}, false}).then_refused("unknown_obligation");
    story.when(day, WaiveObligation{1, 2}).then_refused("not_the_creditor");
    story.when(day, RenegotiateObligation{1, day}).then_refused("due_not_later");
    story.when(day + days{1}, PerformObligation{1, {}, true}).then_refused("not_on_the_spot");
    story.given(day, {PerformObligation{1, {200000}, false}});
    CHECK(story.state.obligations[0].phase == PerformancePhase::performed);
    CHECK(story.state.obligations[0].performed == Money{300000});
    story.when(day, UrgePerformance{1}).then_refused("nothing_left_to_perform");
}

TEST_CASE("Closing waits for performance, revisit, follow-up and papers") {
    auto story = situation("effective");
    story.when(day, CloseCase{}).then_refused("obligations_open");
    CHECK(story.refusal->rule.mark == SourceMark::secondary);
    story = situation("performed");
    story.when(day, CloseCase{}).then_refused("revisit_missing");
    story = situation("in_mediation");
    story.when(day, CloseCase{}).then_refused("procedure_running");

    auto sets = small_rules().sets();
    sets[1].mandatory_documents.push_back(DocumentKind::identity_proof);
    DisputeStory strict(dispute::Dispute(dispute::RuleBook(sets), small_calendars()));
    strict.given(day, accepted()).given(day, assigned()).given(day, {HoldSession{}, agreement({})});
    strict.given(day, signatures()).given(day, {good_revisit()});
    strict.when(day, CloseCase{}).then_refused("document_missing");
    CHECK(strict.refusal->message.zh.find("身份证明") != std::string::npos);
    strict.given(day, {FileDocument{DocumentKind::identity_proof, 2}, CloseCase{}});
}

TEST_CASE("Facts learned after closing are recorded without reopening") {
    auto story = situation("closed");
    story.when(day, FileDocument{DocumentKind::performance_proof, 1}).then_accepted();
    story.when(day, RecordLateFact{}).then_accepted();
    story.when(day, good_revisit(RevisitProblem::mood_relapse)).then_accepted();
    story.when(day, OpenFollowUp{}).then_accepted();
    story.when(day, ApplyForConfirmation{{1, 2}, "court"}).then_accepted();
    story.when(day, CorrectFact{1, "amount", "3000"}).then_accepted();
    story.when(day, CorrectFact{99, "amount", "3000"}).then_refused("corrected_event_unknown");
    story.when(day, agreement({})).then_refused("case_closed");
    CHECK(story.state.file == FilePhase::closed);
}

TEST_CASE("A re-mediation is a new proceeding inside the same case and keeps everything") {
    auto story = situation("closed");
    const auto before = story.state;
    story.given(day + days{90}, {ReopenCase{true}});
    CHECK(story.state.proceedings == 2);
    CHECK(story.state.procedure == ProcedurePhase::registered);
    CHECK(story.state.agreement == before.agreement);
    CHECK(story.state.revisits == before.revisits);
    story.when(day + days{90}, AcceptCase{}).then_refused("consent_missing");
    story.given(day + days{91}, {GiveConsent{1}, GiveConsent{2}, AcceptCase{}});
    CHECK(story.running(DeadlineKind::mediation)->start.start == day + days{91});
}

TEST_CASE("A recused mediator holds no session until replaced") {
    auto story = situation("recusal requested");
    story.when(day, HoldSession{}).then_refused("recusal_pending");
    story.given(day, {DecideRecusal{"m-1", RecusalOutcome::accepted}});
    story.when(day, HoldSession{}).then_refused("mediator_recused");
    story.given(day, {ReplaceMediator{"m-1", "m-9"}, HoldSession{}});
    CHECK(presiding_mediator(story.state) == "m-9");
}

TEST_CASE("A revisit carries the agreement's number, and an unreachable one is tried again") {
    auto story = situation("effective");
    auto revisit = good_revisit();
    revisit.agreement_number = "尼阿调〔2024〕13号";
    story.when(day, revisit).then_refused("agreement_number_differs");
    story.when(day, RecordUnreachable{"", RevisitMethod::phone, day}).then_refused("retry_not_later");
    story.given(day, {RecordUnreachable{"", RevisitMethod::phone, day + days{3}}});
    CHECK(story.running(DeadlineKind::revisit) != nullptr);
    revisit.agreement_number = "尼阿调〔2024〕12号";
    story.given(day, {revisit});
    CHECK(story.running(DeadlineKind::revisit) == nullptr);
    CHECK(story.then<RevisitMade>().parties == std::vector<PartyNumber>{1, 2});
}

TEST_CASE("A registration that cannot be is refused with what is wrong") {
    const auto refused = [](auto change) {
        auto command = registration();
        change(command);
        DisputeStory story;
        story.when(day, command);
        return story.refusal ? story.refusal->code : std::string("accepted");
    };
    CHECK(refused([](auto& c) { c.number.serial = 0; }) == "bad_case_number");
    CHECK(refused([](auto& c) { c.parties[1].number = 3; }) == "parties_not_numbered");
    CHECK(refused([](auto& c) { c.parties.pop_back(); }) == "too_few_parties");
    CHECK(refused([](auto& c) { c.people_count = 1; }) == "people_fewer_than_parties");
    CHECK(refused([](auto& c) { c.amount.fen = -1; }) == "negative_amount");
    CHECK(refused([](auto& c) { c.type = static_cast<DisputeType>(77); }) == "unknown_code");
    CHECK(refused([](auto& c) { c.parties[0].kind = static_cast<PartyKind>(9); }) == "unknown_code");
    CHECK(refused([](auto&) {}) == "accepted");
    DisputeStory early;
    early.when(make_date(2001, 1, 1), registration()).then_refused("no_rules_in_force");
}

TEST_CASE("Every refusal has a code of its own, both languages, a known rule and a way out") {
    std::set<std::string_view> names;
    for (const auto& text : rejection_texts()) {
        CHECK(names.insert(text.name).second);
        const auto rejection = reject(text.code);
        CHECK(rejection.code == text.name);
        CHECK_FALSE(rejection.message.zh.empty());
        CHECK_FALSE(rejection.message.en.empty());
        CHECK_FALSE(rejection.remedy.zh.empty());
        CHECK_FALSE(rejection.remedy.en.empty());
        CHECK_FALSE(rejection.rule.title.zh.empty());
        // What nobody has read is never worded as law.
        if (rejection.rule.mark == SourceMark::configuration)
            CHECK(rejection.rule.title.zh.find("法》") == std::string::npos);
    }
}

TEST_CASE("The nearest jurisdiction's newest rule set holds, with what it inherits") {
    const auto rules = small_rules();
    CHECK(rules.in_force("540629102", make_date(2024, 1, 1))->version == "TOWN-1");
    CHECK(rules.in_force("540629", make_date(2022, 1, 1))->version == "CN-1");
    CHECK(rules.in_force("110101", make_date(2024, 1, 1))->version == "CN-1");
    CHECK(rules.in_force("540629", make_date(2000, 1, 1)) == nullptr);
    const auto& town = *rules.find("TOWN-1");
    CHECK(deadline_rule(town, DeadlineKind::mediation, DisputeType::medical, CaseSource::court)->id ==
          "CN.T-MED.medical");
    CHECK(deadline_rule(town, DeadlineKind::mediation, DisputeType::neighbour, CaseSource::court)->id == "CN.T-MED");
    CHECK(deadline_rule(town, DeadlineKind::traffic_police, DisputeType::neighbour, CaseSource::court) == nullptr);
    CHECK(town.mandatory_documents == rules.find("CN-1")->mandatory_documents);
    CHECK(town.no_electronic_signature == std::vector{DisputeType::marriage_family});
}
