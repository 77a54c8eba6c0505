#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/support/dispute_steps.hpp"
#include "tests/support/dispute_story.hpp"

namespace anjie::test {

struct DisputeSituation {
    std::string name;
    Date day;  ///< The day on which one would give the next order.
    DisputeStory story;
};

namespace detail {
template <class>
struct EveryAlternative;
template <class... C>
struct EveryAlternative<std::variant<C...>> {
    static std::vector<dispute::Command> make() { return {C{}...}; }
};
}  // namespace detail

/// One order of every kind, in the order of `dispute::Command`, without values.
inline std::vector<dispute::Command> one_of_each_order() { return detail::EveryAlternative<dispute::Command>::make(); }

/// The alarm of a deadline that passed, as the engine would order it.
inline dispute::Command passed(const DisputeStory& story, dispute::DeadlineKind kind, std::uint16_t item = 0) {
    const auto* running = story.running(kind, item);
    REQUIRE(running != nullptr);
    const Deadline deadline{.kind = 0, .item = 0, .due = running->start.due, .next_alarm = std::nullopt};
    return dispute::RaiseAlarm{kind, item, AlarmLevel::passed, deadline.expires()};
}

/// Raises every alarm of a deadline up to its passing, in order.
inline void raise_all(DisputeStory& story, dispute::DeadlineKind kind, std::uint16_t item = 0) {
    for (;;) {
        const auto deadlines = story.workflow().deadlines(story.state);
        const auto found = std::ranges::find_if(deadlines, [&](const Deadline& one) {
            return one.kind == static_cast<std::uint16_t>(kind) && one.item == item;
        });
        if (found == deadlines.end() || !found->next_alarm) return;
        const OccurredAt fired{.at = *found->next_alarm, .day_only = false};
        story.when_at(fired, dispute::RaiseAlarm{kind, item, found->next_level, *found->next_alarm});
        story.then_accepted();
    }
}

/// A case in every phase of every region, with how it is called and the next day.
inline std::vector<DisputeSituation> dispute_situations() {
    using namespace steps;
    const Date day = make_date(2024, 3, 4);
    const Routes court{Route::litigation};
    std::vector<DisputeSituation> all;
    const auto add = [&](std::string name, const DisputeStory& story) {
        all.push_back({std::move(name), day + std::chrono::days{60}, story});
    };
    const auto after = [&](const DisputeStory& story, const std::vector<dispute::Command>& commands) {
        DisputeStory next = story;
        next.given(day, commands);
        return next;
    };

    const DisputeStory none;
    add("none", none);
    const auto registered = after(none, {registration()});
    add("registered", registered);
    add("consent", after(registered, {RequestConsent{}}));
    add("one party refuses", after(registered, {RefuseConsent{2}}));
    add("refused", after(registered, {RefuseAcceptance{RefusalGround::administrative_dispute, court}}));
    const auto taken = after(registered, {GiveConsent{2}, AcceptCase{}});
    add("accepted", taken);
    const auto manned = after(taken, assigned());
    add("assigned", manned);
    add("recusal requested", after(manned, {RequestRecusal{1, "m-1"}}));
    const auto talking = after(manned, {HoldSession{}});
    add("in_mediation", talking);
    add("suspended", after(talking, {SuspendMediation{SuspensionReason::appraisal}}));
    add("not_reached", after(talking, {FailMediation{FailureReason::no_common_ground, court}}));
    add("terminated", after(talking, {TerminateMediation{TerminationCause::no_prospect, court}}));
    add("withdrawn", after(talking, {WithdrawApplication{1}}));
    add("settled_privately", after(talking, {SettlePrivately{}}));
    add("transferred", after(talking, {TransferCase{TransferTarget::court, "court-1"}}));
    const auto drafted = after(talking, {agreement({payment(300000, day + std::chrono::days{20})})});
    add("agreed", drafted);
    const auto effective = after(drafted, signatures());
    add("effective", effective);
    add("second agreement drafted", after(effective, {agreement({})}));

    // Performance.
    add("partly_performed", after(effective, {PerformObligation{1, {1000}, false}}));
    add("renegotiated", after(effective, {RenegotiateObligation{1, day + std::chrono::days{90}}}));
    auto overdue = effective;
    raise_all(overdue, DeadlineKind::performance, 1);
    add("overdue", overdue);
    const Date late = day + std::chrono::days{30};
    auto urged = overdue;
    urged.given(late, {UrgePerformance{1}});
    add("urged", urged);
    auto told = urged;
    told.given(late, {TellPerformanceRoutes{1, court}});
    add("routes_told", told);
    auto suing = told;
    suing.given(late, {StartPerformanceProceeding{1, NonPerformanceProceeding::litigation}});
    add("in_proceedings", suing);
    add("waived", after(effective, {WaiveObligation{1, 1}}));
    const auto performed = after(effective, {PerformObligation{1, {}, true}});
    add("performed", performed);
    add("superseded", after(after(effective, {agreement({})}), signatures()));

    // Revisit.
    auto unreachable = performed;
    unreachable.given(day, {RecordUnreachable{"m-1", RevisitMethod::phone, late}});
    add("unreachable", unreachable);
    const auto problem = after(performed, {good_revisit(RevisitProblem::new_conflict)});
    add("problem_found", problem);
    const auto following = after(problem, {OpenFollowUp{}});
    add("following_up", following);
    add("resolved", after(following, {ResolveFollowUp{}}));
    add("escalated", after(following, {EscalateFollowUp{EscalationTarget::court}}));
    const auto revisited = after(performed, {good_revisit()});
    add("done", revisited);

    // Judicial confirmation.
    auto expired = effective;
    raise_all(expired, DeadlineKind::confirmation);
    add("expired", expired);
    const auto applied = after(effective, {ApplyForConfirmation{{1, 2}, "court-1"}});
    add("applied", applied);
    add("confirmation not_accepted",
        after(applied, {RecordConfirmationNotAccepted{ConfirmationObstacle::outside_jurisdiction}}));
    add("confirmation withdrawn", after(applied, {WithdrawConfirmation{}}));
    const auto at_court = after(applied, {RecordConfirmationAccepted{}});
    add("confirmation accepted", at_court);
    add("ruled_valid", after(at_court, {RecordConfirmationGranted{"r-1"}}));
    add("dismissed", after(at_court, {RecordConfirmationDismissed{ConfirmationObstacle::involuntary}}));

    add("restricted case",
        after(talking, {ClassifyCase{ConfidentialityLevel::restricted, ConfidentialityGround::privacy}}));

    // Custody, on the side that offers and on the side that is asked.
    const OfferHandover offer{.target = TransferTarget::other_committee,
                              .to = "540600-002",
                              .kind = HandoverKind::transfer,
                              .reason = HandoverReason::outside_jurisdiction};
    const auto offered = after(talking, {offer});
    add("offered", offered);
    const auto away = after(offered, {RecordHandoverAccepted{"", "9"}});
    add("away", away);
    add("ended_there", after(away, {RecordHandoverResult{"", CaseResult::succeeded, false}}));
    add("taken back", after(away, {RecordHandoverResult{"", CaseResult::not_reached, true}}));
    const auto received = after(none, {handed_over()});
    add("received", received);
    const auto accepting = after(received, {AcceptHandover{}});
    add("accepting", accepting);
    add("declined", after(received, {ReturnHandover{RefusalGround::administrative_dispute, court}}));
    add("offer_ended", after(received, {RecordHandoverEnded{"", HandoverEnding::withdrawn}}));
    const auto held_for = after(accepting, {RecordHandoverConfirmed{"", day}});
    add("held_for", held_for);
    const auto failed_for = after(after(held_for, {GiveConsent{1}, GiveConsent{2}, AcceptCase{}}),
                                  {FailMediation{FailureReason::no_common_ground, court}});
    add("fed_back", after(failed_for, {FeedResultBack{}}));
    add("handed_back", after(failed_for, {HandCaseBack{}}));

    // File.
    const auto closed = after(revisited, {CloseCase{}});
    add("closed", closed);
    add("archived", after(closed, {ArchiveCase{"v-1", Retention::long_term}}));
    const auto reopened = after(closed, {ReopenCase{false}});
    add("reopened", reopened);
    add("second proceeding", after(closed, {ReopenCase{true}}));
    return all;
}

}  // namespace anjie::test
