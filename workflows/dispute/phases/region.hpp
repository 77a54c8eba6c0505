#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "workflows/dispute/events.hpp"

/// A dispute is a statechart of parallel regions. Each region is one small Boost.MSM machine in its own .cpp, the only
/// statement of which event may follow which phase, explored at start into a flat table that everything else reads.
namespace anjie::dispute {

/// What a region's machine reacts to: an event type, or one of the few cases of an event type in which the payload
/// decides the phase. Numbers: the event's index in `Event`, then the special cases in the order below.
using Trigger = std::uint8_t;

/// A revisit that found a problem.
struct RevisitFoundProblem {
    static constexpr std::string_view name = "revisit_made[problem]";
};
/// An event that starts a revisit deadline: an agreement took effect, or a failure that the rules want revisited.
struct RevisitAwaited {
    static constexpr std::string_view name = "any[revisit deadline starts]";
};
/// An agreement took effect that a court may confirm.
struct ConfirmationWindowOpened {
    static constexpr std::string_view name = "agreement_effective[confirmable]";
};
struct ConfirmationWindowPassed {
    static constexpr std::string_view name = "alarm_raised[confirmation passed]";
};
struct PerformanceOverdue {
    static constexpr std::string_view name = "alarm_raised[performance passed]";
};
/// A later agreement took the place of the one an obligation stood in.
struct AgreementSuperseded {
    static constexpr std::string_view name = "agreement_effective[supersedes]";
};
/// A reopening that starts a new proceeding in the same case.
struct NewProceeding {
    static constexpr std::string_view name = "case_reopened[new proceeding]";
};
/// A registration made of a case that another organisation offers.
struct RegisteredFromHandover {
    static constexpr std::string_view name = "case_registered[handed over]";
};

namespace detail {
template <class... T>
struct TypeList {
    static constexpr std::size_t size = sizeof...(T);
    template <class X>
    static consteval Trigger index_of() {
        constexpr std::array<bool, sizeof...(T)> same{std::is_same_v<X, T>...};
        for (std::size_t i = 0; i < same.size(); ++i)
            if (same[i]) return static_cast<Trigger>(i);
        std::unreachable();
    }
    static constexpr std::array<std::string_view, sizeof...(T)> names{T::name...};
};
template <class Variant>
struct TriggerList;
template <class... E>
struct TriggerList<std::variant<E...>> {
    using type = TypeList<E..., RevisitFoundProblem, RevisitAwaited, ConfirmationWindowOpened, ConfirmationWindowPassed,
                          PerformanceOverdue, AgreementSuperseded, NewProceeding, RegisteredFromHandover>;
};
using Triggers = TriggerList<Event>::type;
}  // namespace detail

inline constexpr std::size_t trigger_count = detail::Triggers::size;

/// The trigger of an event type or of one of the special cases above.
template <class E>
inline constexpr Trigger trigger = detail::Triggers::index_of<E>();

[[nodiscard]] inline Trigger plain_trigger(const Event& event) { return static_cast<Trigger>(event.index()); }
[[nodiscard]] inline std::string_view trigger_name(Trigger which) { return detail::Triggers::names[which]; }

/// One arrow of a region's diagram. `from == to`: it may happen and changes nothing here.
template <class Phase>
struct Transition {
    Phase from;
    Trigger event;
    Phase to;

    bool operator==(const Transition&) const = default;
};

/// A region's machine as a table. Cost: `next` is one load.
template <class Phase, std::size_t PhaseCount>
class PhaseTable {
public:
    static constexpr std::size_t phase_count = PhaseCount;

    /// Whether the region has anything to say about this event; if not, it may always happen as far as it goes.
    [[nodiscard]] bool concerns(Trigger event) const { return concerns_[event]; }
    /// The phase afterwards; nullopt when the machine refuses. Requires: `concerns(event)`.
    [[nodiscard]] std::optional<Phase> next(Phase from, Trigger event) const {
        const auto to = next_[static_cast<std::size_t>(from)][event];
        if (to == refused) return std::nullopt;
        return static_cast<Phase>(to);
    }
    [[nodiscard]] bool permits(Phase from, Trigger event) const { return !concerns_[event] || next(from, event); }

    [[nodiscard]] std::vector<Transition<Phase>> transitions() const {
        std::vector<Transition<Phase>> all;
        for (std::size_t from = 0; from < PhaseCount; ++from)
            for (std::size_t event = 0; event < trigger_count; ++event)
                if (next_[from][event] != refused)
                    all.push_back({static_cast<Phase>(from), static_cast<Trigger>(event),
                                   static_cast<Phase>(next_[from][event])});
        return all;
    }

    void set_concerned(Trigger event) { concerns_[event] = true; }
    void set_next(Phase from, Trigger event, Phase to) {
        next_[static_cast<std::size_t>(from)][event] = static_cast<std::uint8_t>(to);
    }

    PhaseTable() {
        for (auto& row : next_) row.fill(refused);
    }

private:
    static constexpr std::uint8_t refused = 0xFF;
    std::array<std::array<std::uint8_t, trigger_count>, PhaseCount> next_{};
    std::array<bool, trigger_count> concerns_{};
};

}  // namespace anjie::dispute
