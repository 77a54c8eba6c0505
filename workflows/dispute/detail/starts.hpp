#pragma once

#include <vector>

#include "workflows/dispute/events.hpp"
#include "workflows/dispute/rules.hpp"
#include "workflows/dispute/state.hpp"

/// What an event starts or moves: the one place where deadlines come from, both when an order is decided and when a
/// history is judged under other rules. Each function is given the event with its facts and fills in what follows
/// from them, looking at the state before the event.
namespace anjie::dispute::detail {

/// What deadlines are computed by. Lifetime: of what it points to.
struct Yardstick {
    const RuleSet* set{};  ///< nullptr: rules this program does not know; then nothing is started.
    const Calendar& calendar;
};

void set_deadlines(const Yardstick& by, const State& before, Date day, CaseRegistered& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, ConsentRequested& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, CaseAccepted& event);
/// Requires: the first of `event.starts` says how long the extension is. Where no limit runs, or the rules allow no
/// extension, nothing is moved.
void set_deadlines(const Yardstick& by, const State& before, Date day, ExtensionAgreed& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, MediationSuspended& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, MediationResumed& event);
/// For the draft of the state; from the agreement's own day.
void set_deadlines(const Yardstick& by, const State& before, Date day, AgreementEffective& event);
void set_deadlines(const Yardstick& by, const State& before, const std::vector<Obligation>& obligations,
                   AgreementEffective& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, MediationFailed& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, MediationTerminated& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, ApplicationWithdrawn& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, SettledPrivately& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, ObligationRenegotiated& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, FollowUpOpened& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, ConfirmationGranted& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, CaseClosed& event);
void set_deadlines(const Yardstick& by, const State& before, Date day, HandoverOffered& event);

/// Whether an event of this kind starts or moves deadlines of its own making.
template <class E>
concept SetsDeadlines =
    requires(const Yardstick& by, const State& before, Date day, E& event) { set_deadlines(by, before, day, event); };

/// The rule that limits mediation in this case, or nullptr.
[[nodiscard]] const DeadlineRule* mediation_rule(const RuleSet* set, const State& state);

}  // namespace anjie::dispute::detail
