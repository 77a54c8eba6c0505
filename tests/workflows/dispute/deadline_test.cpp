#include <catch2/catch.hpp>

#include "tests/support/dispute_situations.hpp"
#include "tests/support/print.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::test::steps;
using std::chrono::days;

namespace {

DisputeStory in_mediation(Date day, DisputeType type = DisputeType::neighbour) {
    DisputeStory story;
    story.given(day, accepted(registration(type))).given(day, assigned()).given(day, {HoldSession{}});
    return story;
}

}  // namespace

TEST_CASE("The mediation limit stops for an appraisal and runs on from the day after it") {
    const auto start = make_date(2024, 3, 4);
    auto story = in_mediation(start);
    CHECK(story.running(DeadlineKind::mediation)->start.due.raw == make_date(2024, 4, 3));
    story.given(make_date(2024, 3, 14), {SuspendMediation{SuspensionReason::appraisal}});
    CHECK(story.then<MediationSuspended>().days_left == 20);
    CHECK(story.running(DeadlineKind::mediation) == nullptr);
    story.when(make_date(2024, 3, 20), HoldSession{}).then_refused("mediation_suspended");
    story.when(make_date(2024, 3, 10), ResumeMediation{}).then_refused("before_suspension");
    story.given(make_date(2024, 6, 3), {ResumeMediation{}});
    CHECK(story.running(DeadlineKind::mediation)->start.due.raw == make_date(2024, 6, 23));
    CHECK(story.running(DeadlineKind::mediation)->start.due.rolled == make_date(2024, 6, 24));  // From a Sunday.
}

TEST_CASE("A limit in worked days keeps its worked days over an appraisal") {
    auto story = in_mediation(make_date(2024, 3, 4), DisputeType::medical);
    CHECK(story.running(DeadlineKind::mediation)->start.due.raw == make_date(2024, 4, 15));
    story.given(make_date(2024, 3, 15), {SuspendMediation{SuspensionReason::appraisal}});
    CHECK(story.then<MediationSuspended>().days_left == 21);
    story.given(make_date(2024, 5, 6), {ResumeMediation{}});
    CHECK(story.running(DeadlineKind::mediation)->start.due.raw == make_date(2024, 6, 4));
}

TEST_CASE("An extension needs all parties and counts from the unrolled end") {
    auto story = in_mediation(make_date(2024, 9, 1));  // Raw end in the National Day week.
    CHECK(story.running(DeadlineKind::mediation)->start.due.raw == make_date(2024, 10, 1));
    CHECK(story.running(DeadlineKind::mediation)->start.due.rolled == make_date(2024, 10, 8));
    const auto day = make_date(2024, 9, 20);
    story.when(day, AgreeExtension{{1}, {.count = 15}}).then_refused("extension_needs_all");
    CHECK(story.refusal->rule.id == "CN.T-MED");
    story.when(day, AgreeExtension{{1, 2}, {.count = 0}}).then_refused("bad_period");
    story.when(day, AgreeExtension{{1, 2}, {.count = 2'000'000'000, .unit = PeriodUnit::years}})
        .then_refused("bad_period");
    story.when(make_date(2024, 10, 9), AgreeExtension{{1, 2}, {.count = 15}}).then_refused("limit_already_passed");
    story.given(day, {AgreeExtension{{1, 2}, {.count = 15}}});
    CHECK(story.running(DeadlineKind::mediation)->start.due.raw == make_date(2024, 10, 16));
}

TEST_CASE("A limit that the rules do not let the parties extend stays") {
    auto story = in_mediation(make_date(2024, 3, 4), DisputeType::other_labour);
    story.when(make_date(2024, 3, 5), AgreeExtension{{1, 2}, {.count = 15}}).then_refused("not_extendable");
    CHECK(story.refusal->rule.id == "CN.T-MED.labour");
}

TEST_CASE("Failure for the limit's sake needs the limit to have passed") {
    auto story = in_mediation(make_date(2024, 3, 4));
    const FailMediation expired{FailureReason::limit_expired, {Route::litigation}};
    story.when(make_date(2024, 4, 3), expired).then_refused("limit_not_passed");
    story.when(make_date(2024, 4, 9), FailMediation{FailureReason::limit_expired, {}}).then_refused("routes_not_told");
    story.given(make_date(2024, 4, 9), {expired});
    CHECK(story.running(DeadlineKind::mediation) == nullptr);
}

TEST_CASE("Tibet's holidays move a Tibetan township's deadlines") {
    DisputeStory story;
    const auto day = make_date(2025, 1, 28);  // 30 days on: 27 February, the first day of Losar.
    story.given(day, accepted());
    CHECK(story.running(DeadlineKind::mediation)->start.due.raw == make_date(2025, 2, 27));
    CHECK(story.running(DeadlineKind::mediation)->start.due.rolled == make_date(2025, 3, 5));
}

TEST_CASE("Alarms come 7, 3 and 0 days before the end and once it has passed, each once, none early") {
    auto story = in_mediation(make_date(2024, 3, 4));
    const auto end = make_date(2024, 4, 3);
    const auto order = [&](AlarmLevel level, Date at) {
        return RaiseAlarm{DeadlineKind::mediation, 0, level, start_of_day(at)};
    };
    story.now = start_of_day(end - days{7});
    story.when_at({story.now, false}, order(AlarmLevel::near, end - days{3})).then_refused("alarm_stale");
    story.now.microseconds -= 1;
    story.when_at({story.now, false}, order(AlarmLevel::early, end - days{7})).then_refused("alarm_early");
    story.now.microseconds += 1;
    story.when_at({story.now, false}, order(AlarmLevel::early, end - days{7})).then_accepted();
    CHECK(story.then<AlarmRaised>().deadline.raw == end);
    story.when_at({story.now, false}, order(AlarmLevel::early, end - days{7})).then_refused("alarm_stale");

    story.now = start_of_day(end + days{9});
    const auto next = story.workflow().deadlines(story.state).at(0);
    CHECK(next.next_level == AlarmLevel::near);
    CHECK(next.next_alarm == start_of_day(end - days{3}));
    raise_all(story, DeadlineKind::mediation);
    const auto last = story.workflow().deadlines(story.state).at(0);
    CHECK_FALSE(last.next_alarm);
    CHECK(last.expires() == start_of_day(end + days{1}));
    story.given(end + days{2}, {TerminateMediation{TerminationCause::limit_expired, {Route::litigation}}});
    story.when_at({story.now, false}, order(AlarmLevel::passed, end + days{1})).then_refused("deadline_not_running");
}

TEST_CASE("An early alarm that would lie before the deadline began is left out") {
    DisputeStory story;
    story.given(make_date(2024, 3, 4), {registration()});  // Five worked days to accept: due on the 11th.
    const auto deadline = story.workflow().deadlines(story.state).at(0);
    CHECK(deadline.due.rolled == make_date(2024, 3, 11));
    CHECK(deadline.next_level == AlarmLevel::near);
}

TEST_CASE("An amended calendar moves running deadlines by an event, and only those that move") {
    const auto start = make_date(2024, 3, 4);
    auto story = in_mediation(start);
    story.when(start, RecomputeDeadlines{}).then_accepted();
    CHECK(story.events.empty());
    const auto end = make_date(2024, 4, 3);
    const dispute::Dispute amended(small_rules(), small_calendars("2025.2", {{end, true}}));
    const auto state = story.state;
    const auto decided = amended.decide(state, RecomputeDeadlines{"2025.2"}, story.context_at(on_day(start)));
    REQUIRE(decided);
    const auto& event = std::get<DeadlinesRecomputed>(decided->at(0));
    REQUIRE(event.starts.size() == 1);
    CHECK(event.starts[0].due.rolled == end + days{1});
    CHECK(event.starts[0].due.raw == end);
    const auto unknown = amended.decide(state, RecomputeDeadlines{"1999"}, story.context_at(on_day(start)));
    CHECK(unknown.error().code == "calendar_unknown");
}

TEST_CASE("The window for judicial confirmation closes, and opens for no late application but a late report") {
    DisputeStory story;
    const auto day = make_date(2024, 3, 4);
    story.given(day, accepted()).given(day, assigned()).given(day, {HoldSession{}, agreement({})});
    story.given(day, signatures());
    const auto last = story.running(DeadlineKind::confirmation)->start.due.rolled;
    CHECK(last == day + days{30});
    raise_all(story, DeadlineKind::confirmation);
    CHECK(story.state.confirmation == ConfirmationPhase::expired);
    CHECK(story.running(DeadlineKind::confirmation) == nullptr);
    story.when(last, ApplyForConfirmation{{1}, "court"}).then_refused("confirmation_needs_all");
    story.when(last + days{1}, ApplyForConfirmation{{1, 2}, "court"}).then_refused("confirmation_window_passed");
    CHECK(story.refusal->rule.id == "PML-33");
    story.given(last, {ApplyForConfirmation{{1, 2}, "court"}});
    story.when(last - days{1}, RecordConfirmationAccepted{}).then_refused("confirmation_out_of_order");
    story.given(last + days{3}, {RecordConfirmationAccepted{}});
    story.given(last + days{9}, {RecordConfirmationGranted{"r-1"}});
    CHECK(story.running(DeadlineKind::party_objection)->start.due.raw == last + days{24});
    CHECK(story.running(DeadlineKind::enforcement) == nullptr);  // Nothing is owed.
}

TEST_CASE("What was due before the last signature came is overdue from the first day on") {
    DisputeStory story;
    const auto day = make_date(2024, 3, 4);
    story.given(day, accepted()).given(day, assigned()).given(day, {HoldSession{}, agreement({payment(100, day)})});
    story.given(day + days{3}, signatures());
    const auto deadline = story.running(DeadlineKind::performance, 1)->start;
    CHECK(deadline.due.raw == day);
    CHECK(deadline.start == day);
}
