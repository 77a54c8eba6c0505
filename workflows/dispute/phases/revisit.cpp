#include "workflows/dispute/phases/revisit.hpp"

#include <algorithm>

#include "workflows/dispute/phases/explore.hpp"

namespace anjie::dispute::revisit_region {
namespace {

using enum RevisitPhase;
using phases::From;

// A problem found asks for a follow-up; a revisit without one does not undo it.
using AllRows = phases::mp11::mp_append<
    From<not_due>::To<due, RevisitAwaited>, From<not_due>::To<done, RevisitMade>,
    From<not_due>::To<problem_found, RevisitFoundProblem>, From<not_due>::To<unreachable, RevisitUnreachable>,  //
    From<due>::Stays<RevisitAwaited>, From<due>::To<done, RevisitMade>,
    From<due>::To<problem_found, RevisitFoundProblem>, From<due>::To<unreachable, RevisitUnreachable>,  //
    From<unreachable>::Stays<RevisitUnreachable>, From<unreachable>::To<due, RevisitAwaited>,
    From<unreachable>::To<done, RevisitMade>, From<unreachable>::To<problem_found, RevisitFoundProblem>,  //
    From<done>::Stays<RevisitMade, RevisitUnreachable>, From<done>::To<due, RevisitAwaited>,
    From<done>::To<problem_found, RevisitFoundProblem>,  //
    From<problem_found>::Stays<RevisitMade, RevisitFoundProblem, RevisitUnreachable, RevisitAwaited>,
    From<problem_found>::To<following_up, FollowUpOpened>,  //
    From<following_up>::Stays<RevisitMade, RevisitFoundProblem, RevisitUnreachable, RevisitAwaited>,
    From<following_up>::To<resolved, FollowUpResolved>, From<following_up>::To<escalated, FollowUpEscalated>,  //
    From<resolved>::Stays<RevisitMade, RevisitUnreachable>, From<resolved>::To<due, RevisitAwaited>,
    From<resolved>::To<problem_found, RevisitFoundProblem>,  //
    From<escalated>::Stays<RevisitMade, RevisitUnreachable>, From<escalated>::To<due, RevisitAwaited>,
    From<escalated>::To<problem_found, RevisitFoundProblem>>;

struct Machine : phases::Region<Machine> {
    using Rows = AllRows;
    using initial_state = phases::In<not_due>;
    struct transition_table : phases::MplRows<Rows>::type {};
};
using Explorer = phases::Explorer<Table, RevisitPhase, Machine>;

bool awaits_revisit(const Deadlines& starts) {
    return std::ranges::find(starts, DeadlineKind::revisit, &DeadlineStart::kind) != starts.end();
}

}  // namespace

const Table& table() {
    static const Table explored = Explorer{}.explore();
    return explored;
}

Trigger trigger_of(const Event& event) {
    if (const auto* made = std::get_if<RevisitMade>(&event))
        return made->problem == RevisitProblem::none ? trigger<RevisitMade> : trigger<RevisitFoundProblem>;
    // A recomputed or extended deadline is no new one.
    const bool awaited = std::visit(
        [](const auto& one) {
            using E = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<E, DeadlinesRecomputed>)
                return false;
            else if constexpr (requires { one.starts; })
                return awaits_revisit(one.starts);
            else
                return false;
        },
        event);
    return awaited ? trigger<RevisitAwaited> : plain_trigger(event);
}

std::optional<RevisitPhase> drive(const std::vector<Trigger>& events) { return Explorer{}.drive(events); }

}  // namespace anjie::dispute::revisit_region
