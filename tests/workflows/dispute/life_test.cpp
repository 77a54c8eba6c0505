#include <catch2/catch.hpp>

#include "tests/support/dispute_steps.hpp"
#include "tests/support/dispute_story.hpp"
#include "tests/support/print.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::test::steps;

namespace {

const Date march_1 = make_date(2024, 3, 1);
const Date march_4 = make_date(2024, 3, 4);
const Date march_8 = make_date(2024, 3, 8);
const Date march_20 = make_date(2024, 3, 20);
const Date april_2 = make_date(2024, 4, 2);

void until_effective(DisputeStory& story, std::vector<Obligation> obligations) {
    story.given(march_1, accepted()).given(march_4, assigned()).given(march_8, {GiveRightsNotice{}, HoldSession{}});
    story.given(march_8, {agreement(std::move(obligations))}).given(march_8, signatures());
}

}  // namespace

TEST_CASE("A dispute goes from registration to the archive") {
    DisputeStory story;
    until_effective(story, {payment(300000, march_20)});
    CHECK(story.state.procedure == ProcedurePhase::effective);
    CHECK(story.state.rule_version == "TOWN-1");
    CHECK(story.state.agreement.label == "尼阿调〔2024〕12号");
    CHECK(story.state.agreement.copies == 3);
    CHECK(story.then<AgreementEffective>().on == march_8);

    story.given(march_20, {PerformObligation{1, {}, false}});
    CHECK(story.state.obligations.at(0).phase == PerformancePhase::performed);
    CHECK(story.running(DeadlineKind::performance, 1) == nullptr);

    story.when(march_20, CloseCase{}).then_refused("revisit_missing");
    CHECK(story.refusal->rule.id == "TOWN.REVISIT");
    CHECK(story.refusal->rule.mark == SourceMark::configuration);
    story.given(april_2, {good_revisit(RevisitProblem::mood_relapse)});
    story.when(april_2, CloseCase{}).then_refused("problem_not_followed_up");
    story.given(april_2, {OpenFollowUp{}});
    CHECK(story.state.follow_ups.at(0).assignee == "m-1");
    story.when(april_2, CloseCase{}).then_refused("follow_up_running");
    story.given(april_2 + std::chrono::days{3}, {ResolveFollowUp{}});
    story.when(april_2, CloseCase{}).then_refused("closed_before_facts");
    story.given(april_2 + std::chrono::days{3}, {CloseCase{}});
    CHECK(story.then<CaseClosed>().result == CaseResult::succeeded);
    story.given(april_2 + std::chrono::days{5}, {ArchiveCase{"2024-12", Retention::long_term}});
    CHECK(story.state.file == FilePhase::archived);
    CHECK(main_phase(story.state) == "archived");
}

TEST_CASE("A number is given once") {
    DisputeStory story;
    story.given(march_1, {registration()});
    story.when(march_1, registration()).then_refused("number_taken");
    CHECK(story.refusal->facts == std::vector<Version>{1});
}

TEST_CASE("An agreement takes effect on the day of its last signature, and its deadlines run from then") {
    DisputeStory story;
    story.given(march_1, accepted()).given(march_4, assigned()).given(march_8, {HoldSession{}});
    story.given(march_8, {agreement({payment(300000, make_date(2024, 5, 1))})});
    story.given(march_20, {AffixSeal{}});
    story.given(march_8, {SignAsParty{1, SigningMethod::handwritten}, SignAsMediator{"", SigningMethod::handwritten}});
    story.then_accepted();
    CHECK_FALSE(story.state.agreement.effective);
    story.given(march_8, {SignAsParty{2, SigningMethod::handwritten}});
    const auto& effective = story.then<AgreementEffective>();
    CHECK(effective.on == march_20);
    REQUIRE(story.running(DeadlineKind::revisit) != nullptr);
    CHECK(story.running(DeadlineKind::revisit)->start.due.raw == make_date(2024, 4, 20));
    CHECK(story.running(DeadlineKind::revisit)->start.due.rolled == make_date(2024, 4, 22));  // A Saturday before.
    CHECK(story.running(DeadlineKind::confirmation)->start.due.raw == make_date(2024, 4, 19));
    CHECK(story.running(DeadlineKind::performance, 1)->start.due.rolled == make_date(2024, 5, 6));
    CHECK(story.running(DeadlineKind::mediation) == nullptr);
}

TEST_CASE("Nothing is mediated after a clear refusal until that party agrees again") {
    DisputeStory story;
    story.given(march_1, {registration(), RequestConsent{}, RefuseConsent{2}});
    story.when(march_1, AcceptCase{}).then_refused("party_refused");
    CHECK(story.refusal->rule.id == "PML-17");
    CHECK(story.refusal->rule.mark == SourceMark::confirmed);
    CHECK(story.refusal->facts == std::vector<Version>{3});
    story.given(march_4, {GiveConsent{2}, AcceptCase{}});
    story.given(march_4, assigned()).given(march_4, {RefuseConsent{1}});
    story.when(march_8, HoldSession{}).then_refused("party_refused");
    story.given(march_8, {TerminateMediation{TerminationCause::party_refuses, {Route::litigation}}});
    CHECK(story.state.procedure == ProcedurePhase::terminated);
    CHECK(story.running(DeadlineKind::limitation) != nullptr);
}

TEST_CASE("A case is ordinary until it is classified, at any time, and the directory knows its level") {
    DisputeStory story;
    const auto rank = [&] { return story.workflow().describe(story.state, {}).confidentiality; };
    story.when(march_1, ClassifyCase{ConfidentialityLevel::restricted, ConfidentialityGround::privacy})
        .then_refused("not_registered");
    story.given(march_1, accepted());
    CHECK(story.state.confidentiality == ConfidentialityLevel::ordinary);
    CHECK(rank() == 0);
    story.given(march_4, {ClassifyCase{ConfidentialityLevel::restricted, ConfidentialityGround::minor_involved}});
    CHECK(story.then<CaseClassified>().ground == ConfidentialityGround::minor_involved);
    CHECK(story.state.classified.on == march_4);
    CHECK(rank() == 2);
    story.when(march_8, ClassifyCase{ConfidentialityLevel::restricted, ConfidentialityGround::safety})
        .then_refused("classification_unchanged");
    CHECK(story.refusal->facts == std::vector<Version>{story.state.classified.version});
    CHECK(story.refusal->rule.mark == SourceMark::configuration);
    story.when(march_8, ClassifyCase{ConfidentialityLevel{9}, ConfidentialityGround::safety})
        .then_refused("unknown_code");
    story.when(march_8, ClassifyCase{ConfidentialityLevel::confidential, {}}).then_refused("unknown_code");
    story.given(march_8, {ClassifyCase{ConfidentialityLevel::confidential, ConfidentialityGround::ground_gone}});
    CHECK(rank() == 1);
    // Not a matter of the procedure: an ended and closed case may be lowered or raised too.
    story.given(march_8, {WithdrawApplication{1}, CloseCase{}});
    story.given(march_20, {ClassifyCase{ConfidentialityLevel::ordinary, ConfidentialityGround::ground_gone}});
    CHECK(rank() == 0);
}
