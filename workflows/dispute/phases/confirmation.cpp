#include "workflows/dispute/phases/confirmation.hpp"

#include <algorithm>

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::confirmation_region {
namespace {

using enum ConfirmationPhase;
using phases::From;

// While a court has the application, no later agreement may open a new window: withdraw first.
using AllRows = phases::mp11::mp_append<
    From<not_open>::To<window_open, ConfirmationWindowOpened>,  //
    From<window_open>::Stays<ConfirmationWindowOpened>, From<window_open>::To<applied, ConfirmationApplied>,
    From<window_open>::To<expired, ConfirmationWindowPassed>,  //
    // Learned late: the parties had applied in time.
    From<expired>::To<applied, ConfirmationApplied>, From<expired>::To<window_open, ConfirmationWindowOpened>,
    From<applied>::To<ConfirmationPhase::accepted, ConfirmationAccepted>,
    From<applied>::To<not_accepted, ConfirmationNotAccepted>,
    From<applied>::To<ConfirmationPhase::withdrawn, ConfirmationWithdrawn>,
    From<ConfirmationPhase::accepted>::To<ruled_valid, ConfirmationGranted>,
    From<ConfirmationPhase::accepted>::To<dismissed, ConfirmationDismissed>,
    From<ConfirmationPhase::accepted>::To<ConfirmationPhase::withdrawn, ConfirmationWithdrawn>,
    From<not_accepted>::To<applied, ConfirmationApplied>, From<not_accepted>::To<window_open, ConfirmationWindowOpened>,
    From<ConfirmationPhase::withdrawn>::To<applied, ConfirmationApplied>,
    From<ConfirmationPhase::withdrawn>::To<window_open, ConfirmationWindowOpened>,
    From<dismissed>::To<window_open, ConfirmationWindowOpened>,
    From<ruled_valid>::To<window_open, ConfirmationWindowOpened>>;

struct Machine : phases::Region<Machine> {
    using Rows = AllRows;
    using initial_state = phases::In<not_open>;
    struct transition_table : phases::MplRows<Rows>::type {};
};
using Explorer = phases::Explorer<Table, ConfirmationPhase, Machine>;

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

Trigger trigger_of(const Event& event) {
    if (const auto* alarm = std::get_if<AlarmRaised>(&event))
        if (alarm->kind == DeadlineKind::confirmation && alarm->level == AlarmLevel::passed)
            return trigger<ConfirmationWindowPassed>;
    if (const auto* agreement = std::get_if<AgreementEffective>(&event))
        if (std::ranges::find(agreement->starts, DeadlineKind::confirmation, &DeadlineStart::kind) !=
            agreement->starts.end())
            return trigger<ConfirmationWindowOpened>;
    return plain_trigger(event);
}

std::optional<ConfirmationPhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::dispute::confirmation_region
