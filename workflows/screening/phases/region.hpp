#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "workflows/screening/events.hpp"

/// A campaign is two kinds of region: its own, and one per lead. Each is one small Boost.MSM machine in its own .cpp,
/// the only statement of which event may follow which phase, explored once into a flat table that all else reads.
namespace anjie::screening {

/// An event's index in `Event`.
using Trigger = std::size_t;
inline constexpr std::size_t trigger_count = std::variant_size_v<Event>;

namespace detail {
template <class E, class... All>
consteval Trigger index_in(std::variant<All...>*) {
    const std::array<bool, sizeof...(All)> same{std::is_same_v<E, All>...};
    Trigger index = 0;
    while (!same[index]) ++index;
    return index;
}
}  // namespace detail
template <class E>
inline constexpr Trigger trigger = detail::index_in<E>(static_cast<Event*>(nullptr));

/// A region's machine as a table. Cost: `next` is one load.
template <class Phase, std::size_t PhaseCount>
class PhaseTable {
public:
    static constexpr std::size_t phase_count = PhaseCount;

    PhaseTable() {
        for (auto& row : next_) row.fill(refused);
    }
    /// The phase afterwards; nullopt when the machine refuses.
    [[nodiscard]] std::optional<Phase> next(Phase from, Trigger event) const {
        const auto to = next_[static_cast<std::size_t>(from)][event];
        if (to == refused) return std::nullopt;
        return static_cast<Phase>(to);
    }
    void set_next(Phase from, Trigger event, Phase to) {
        next_[static_cast<std::size_t>(from)][event] = static_cast<std::uint8_t>(to);
    }

private:
    static constexpr std::uint8_t refused = 0xFF;
    std::array<std::array<std::uint8_t, trigger_count>, PhaseCount> next_{};
};

/// The campaign as a whole.
namespace campaign_region {
using Table = PhaseTable<CampaignPhase, 3>;
/// Explored from the machine on first use. Threads: any.
[[nodiscard]] const Table& table();
/// The machine itself, driven from its beginning; for the test that table and machine are one.
[[nodiscard]] std::optional<CampaignPhase> drive(const std::vector<Trigger>& events);
}  // namespace campaign_region

/// One lead. Only events that name a lead concern it.
namespace lead_region {
using Table = PhaseTable<LeadPhase, 7>;
[[nodiscard]] const Table& table();
[[nodiscard]] std::optional<LeadPhase> drive(const std::vector<Trigger>& events);
}  // namespace lead_region

}  // namespace anjie::screening
