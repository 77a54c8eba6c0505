#include <catch2/catch.hpp>

#include <set>

#include "tests/support/dispute_situations.hpp"
#include "tests/support/dispute_steps.hpp"
#include "tests/support/dispute_story.hpp"
#include "tests/support/print.hpp"
#include "workflows/dispute/phases/custody.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::test::steps;

namespace {

const Date march_1 = make_date(2024, 3, 1);
const Date march_4 = make_date(2024, 3, 4);
const Date march_8 = make_date(2024, 3, 8);
const Date march_11 = make_date(2024, 3, 11);
const std::string here = "540629001";
const std::string there = "540600-002";

OfferHandover offer() {
    return {.target = TransferTarget::other_committee,
            .to = there,
            .kind = HandoverKind::transfer,
            .reason = HandoverReason::outside_jurisdiction,
            .papers = {DocumentKind::application}};
}

ReceiveHandover received() { return handed_over(there); }

const Routes court{Route::litigation};

/// Holder and day, as `state` answers them.
std::pair<std::string, Date> who(const DisputeStory& story) { return {story.state.holder, story.state.held_since.on}; }
using Who = std::pair<std::string, Date>;

DisputeStory offered() {
    DisputeStory story;
    story.given(march_1, accepted()).given(march_4, {offer()});
    return story;
}

DisputeStory taken_on() {
    DisputeStory story;
    story.given(march_1, {received(), AcceptHandover{}}).given(march_4, {RecordHandoverConfirmed{"h-1", march_4}});
    return story;
}

}  // namespace

TEST_CASE("A case that is offered stays here, worked on but not concluded, until the other side answers") {
    auto story = offered();
    const auto& event = story.then<HandoverOffered>();
    CHECK(event.to == there);
    CHECK(parse_uuid(event.handover));
    CHECK(who(story) == Who{here, march_1});
    CHECK(story.state.custody == CustodyPhase::offered);
    REQUIRE(story.running(DeadlineKind::handover_answer) != nullptr);
    CHECK(story.running(DeadlineKind::handover_answer)->start.due.rolled == march_11);  // Five worked days.
    CHECK(story.workflow().describe(story.state, {}).holder == there);                  // Who must act next.

    story.when(march_4, offer()).then_refused("handover_offered");
    story.given(march_4, assigned());
    story.when(march_4, FailMediation{FailureReason::other, court}).then_refused("handover_offered");
    CHECK(story.refusal->rule.mark == SourceMark::configuration);
    story.when(march_4, TransferCase{TransferTarget::court, "court-1"}).then_refused("handover_offered");
    story.when(march_4, AcceptHandover{}).then_refused("handover_offered");
    story.when(march_1, RecordHandoverAccepted{}).then_refused("before_handover");
    story.when(march_8, RecordHandoverAccepted{"another", "7"}).then_refused("handover_differs");
}

TEST_CASE("An accepted hand-over is the other side's from that day on, and nothing is done here any more") {
    auto story = offered();
    story.given(march_8, {RecordHandoverAccepted{story.state.handover.id, "9"}});
    CHECK(who(story) == Who{there, march_8});
    CHECK(story.state.handover.reference == "9");
    CHECK(story.state.procedure == ProcedurePhase::transferred);
    CHECK(story.running(DeadlineKind::handover_answer) == nullptr);
    CHECK(story.running(DeadlineKind::mediation) == nullptr);
    REQUIRE(story.running(DeadlineKind::handover_result) != nullptr);  // The sender's own clock, from the offer on.
    CHECK(story.running(DeadlineKind::handover_result)->start.due.raw == make_date(2024, 5, 3));
    CHECK(story.workflow().describe(story.state, {}).holder == there);
    story.when(march_8, HoldSession{}).then_refused("held_elsewhere");
    story.when(march_8, WithdrawHandover{}).then_refused("held_elsewhere");

    SECTION("the result ends the conversation; the case stays there, and the file here is closed") {
        story.given(march_11, {RecordHandoverResult{"", CaseResult::succeeded, false}});
        CHECK(story.state.handover.outcome == CaseResult::succeeded);
        CHECK(story.running(DeadlineKind::handover_result) == nullptr);
        CHECK(who(story) == Who{there, march_8});
        story.when(march_11, RecordHandoverResult{"", CaseResult::succeeded, false}).then_refused("held_elsewhere");
        story.given(march_11, {FileDocument{DocumentKind::mediation_record, 1}, CloseCase{}});
        CHECK(story.state.result == CaseResult::transferred);
    }
    SECTION("a result that does not come in time is asked for; the case stays where it is") {
        story.given(march_11, {FileDocument{DocumentKind::mediation_record, 1}, CloseCase{}});
        raise_all(story, DeadlineKind::handover_result);
        CHECK(story.then<AlarmRaised>().level == AlarmLevel::passed);
        CHECK(who(story) == Who{there, march_8});
        CHECK(story.running(DeadlineKind::handover_result) != nullptr);
        story.given(make_date(2024, 6, 3), {RecordHandoverResult{"", CaseResult::succeeded, false}});
        CHECK(story.running(DeadlineKind::handover_result) == nullptr);
    }
    SECTION("a case that is handed back is held here again, in a new proceeding, also from a closed file") {
        story.given(march_11, {FileDocument{DocumentKind::mediation_record, 1}, CloseCase{}});
        story.when(march_11, ReopenCase{true}).then_refused("held_elsewhere");
        story.given(march_11, {RecordHandoverResult{"", CaseResult::not_reached, true}});
        CHECK(who(story) == Who{here, march_11});
        CHECK(story.running(DeadlineKind::handover_result) == nullptr);
        CHECK(story.state.custody == CustodyPhase::held);
        CHECK(story.state.procedure == ProcedurePhase::registered);
        CHECK(story.state.file == FilePhase::open);
        CHECK(story.state.proceedings == 2);
        story.given(march_11, {GiveConsent{1}, GiveConsent{2}, AcceptCase{}});
        const auto first = story.state.handover.id;
        story.given(march_11, {offer()});
        CHECK(story.state.handover.id != first);
    }
}

TEST_CASE("An offer that is returned, withdrawn or not answered in time leaves the case where it was") {
    auto story = offered();
    const auto id = story.state.handover.id;
    SECTION("returned") {
        story.given(march_8, {RecordHandoverReturned{"", RefusalGround::administrative_dispute}});
        CHECK(story.then<HandoverReturned>().ground == RefusalGround::administrative_dispute);
    }
    SECTION("withdrawn") { story.given(march_8, {WithdrawHandover{}}); }
    SECTION("lapsed: the alarm of the passed deadline ends the offer") {
        raise_all(story, DeadlineKind::handover_answer);
        CHECK(story.then<HandoverLapsed>().handover == id);
    }
    CHECK(story.running(DeadlineKind::handover_answer) == nullptr);
    CHECK(story.running(DeadlineKind::handover_result) == nullptr);
    CHECK(who(story) == Who{here, march_1});
    CHECK(story.state.custody == CustodyPhase::held);
    // An acceptance that comes too late is no acceptance.
    story.when(march_11, RecordHandoverAccepted{id, "9"}).then_refused("no_handover_open");
    story.given(march_11, assigned()).given(march_11, {offer()});
}

TEST_CASE("A hand-over that is received is the sender's until the sender has confirmed") {
    DisputeStory story;
    story.given(march_1, {received()});
    CHECK(story.events.size() == 2);
    CHECK(story.state.custody == CustodyPhase::received);
    CHECK(story.state.source == CaseSource::court);
    CHECK(story.state.channel == Channel::transferred);
    CHECK(who(story) == Who{there, make_date(2024, 2, 20)});
    CHECK(story.running(DeadlineKind::handover_answer)->start.due.rolled == march_11);
    CHECK(story.workflow().describe(story.state, {}).holder == here);  // Must answer.
    story.when(march_1, received()).then_refused("number_taken");
    story.when(march_1, AcceptCase{}).then_refused("handover_unanswered");
    story.when(march_1, FeedResultBack{}).then_refused("handover_unanswered");

    SECTION("accepted and confirmed") {
        story.given(march_1, {GiveConsent{1}, GiveConsent{2}, AcceptHandover{}});
        CHECK(who(story) == Who{there, make_date(2024, 2, 20)});
        story.when(march_4, AcceptCase{}).then_refused("handover_unconfirmed");
        story.given(march_4, {RecordHandoverConfirmed{"h-1", march_4}});
        CHECK(who(story) == Who{here, march_4});
        story.given(march_4, {AcceptCase{}});
        story.when(march_4, offer()).then_refused("handover_result_owed");
    }
    SECTION("nobody is taken on who has refused") {
        story.given(march_1, {RefuseConsent{2}});
        story.when(march_1, AcceptHandover{}).then_refused("party_refused");
        story.when(march_1, ReturnHandover{RefusalGround::party_refuses, {}}).then_refused("routes_not_told");
        story.given(march_1, {ReturnHandover{RefusalGround::party_refuses, court}});
        CHECK(story.state.procedure == ProcedurePhase::refused);
        CHECK(story.state.custody == CustodyPhase::declined);
        CHECK(who(story) == Who{there, make_date(2024, 2, 20)});
        CHECK(story.running(DeadlineKind::handover_answer) == nullptr);
        story.when(march_4, AcceptCase{}).then_refused("held_elsewhere");
    }
    SECTION("the sender ends the offer, also after it was accepted here") {
        if (GENERATE(false, true)) story.given(march_1, {AcceptHandover{}});
        story.given(march_4, {RecordHandoverEnded{"h-1", HandoverEnding::lapsed}});
        CHECK(story.state.procedure == ProcedurePhase::withdrawn);
        CHECK(who(story).first == there);
        story.when(march_4, RecordHandoverConfirmed{"h-1", march_4}).then_refused("held_elsewhere");
    }
    SECTION("an answer that is late is reminded of; only the sender says that the offer is over") {
        raise_all(story, DeadlineKind::handover_answer);
        CHECK(story.state.custody == CustodyPhase::received);
        story.given(march_11, {AcceptHandover{}});
    }
}

TEST_CASE("Only a case that was handed over is registered as one") {
    DisputeStory story;
    auto order = registration();
    order.origin = handover_origin("h-1", there);
    story.when(march_1, order).then_refused("origin_reserved");
    auto own = received();
    own.from = here;
    story.when(march_1, own).then_refused("handover_to_itself");
    own = received();
    own.handover.clear();
    story.when(march_1, own).then_refused("missing_value");
    const auto parsed = parse_handover_origin("handover:h-1:540600-002");
    REQUIRE(parsed);
    CHECK(parsed->handover == "h-1");
    CHECK(parsed->from == there);
    CHECK_FALSE(parse_handover_origin("lead-7"));
}

TEST_CASE("The result is owed to the sender, within a time that runs from the end of the procedure") {
    auto story = taken_on();
    story.given(march_4, {GiveConsent{1}, GiveConsent{2}, AcceptCase{}}).given(march_4, assigned());
    story.when(march_4, FeedResultBack{}).then_refused("procedure_running");
    story.when(march_4, HandCaseBack{}).then_refused("procedure_running");
    story.given(march_4, {GiveRightsNotice{}, HoldSession{}});

    SECTION("an agreement is fed back, and the case stays") {
        story.given(march_8, {agreement({})}).given(march_8, signatures());
        REQUIRE(story.running(DeadlineKind::feedback) != nullptr);
        story.when(march_8, HandCaseBack{}).then_refused("nothing_to_hand_back");
        story.when(march_4, FeedResultBack{}).then_refused("before_handover");
        story.given(march_8, {FeedResultBack{}});
        CHECK(story.then<HandoverResultFedBack>().outcome == CaseResult::succeeded);
        CHECK(story.running(DeadlineKind::feedback) == nullptr);
        CHECK(who(story) == Who{here, march_4});
        story.when(march_8, FeedResultBack{}).then_refused("no_handover_open");
    }
    SECTION("no agreement: the case goes back, and with it who holds it") {
        story.given(march_8, {FailMediation{FailureReason::no_common_ground, court}});
        REQUIRE(story.running(DeadlineKind::feedback) != nullptr);
        story.given(march_11, {HandCaseBack{}});
        CHECK(story.then<CaseHandedBack>().outcome == CaseResult::not_reached);
        CHECK(story.running(DeadlineKind::feedback) == nullptr);
        CHECK(who(story) == Who{there, march_11});
        story.when(march_11, HoldSession{}).then_refused("held_elsewhere");
    }
}

TEST_CASE("What failed here may go on elsewhere, and a letter still moves a case without a conversation") {
    DisputeStory story;
    story.given(march_1, accepted()).given(march_4, assigned()).given(march_4, {GiveRightsNotice{}, HoldSession{}});
    SECTION("after a failure") {
        story.given(march_8, {FailMediation{FailureReason::no_common_ground, court}, offer()});
        story.given(march_11, {RecordHandoverAccepted{"", "9"}});
        CHECK(story.state.procedure == ProcedurePhase::transferred);
        CHECK(who(story) == Who{there, march_11});
    }
    SECTION("by letter") {
        story.given(march_8, {TransferCase{TransferTarget::court, "court-1"}});
        CHECK(who(story) == Who{"court-1", march_8});
        CHECK(story.state.custody == CustodyPhase::moved);
        story.given(march_11, {ReopenCase{true}});
        CHECK(who(story) == Who{here, march_11});
    }
}

TEST_CASE("Every phase of custody says who must act, and only three of them hold the case here with work to do") {
    using enum CustodyPhase;
    const auto& table = custody_region::table();
    std::set<CustodyPhase> holds;
    for (const auto& entry : code_table(CustodyPhase{}))
        if (table.permits(entry.value, trigger<AgreementEffective>)) holds.insert(entry.value);
    CHECK(holds == std::set{held, held_for, fed_back, moved});  // Moved: the ended procedure refuses, as it always did.
}
