#pragma once

#include "engine/projection.hpp"
#include "workflows/dispute/statistics/row.hpp"

namespace anjie::dispute {

/// Keeps one row of facts per dispute, the base of every figure (docs/statistics.md).
/// Cost: events that no figure needs are folded from their header alone; of the others only the needed fields are read,
/// in place.
class StatisticsProjection final : public CaseProjection {
public:
    [[nodiscard]] std::string_view name() const override { return "dispute.statistics"; }
    [[nodiscard]] std::uint32_t code_version() const override;
    [[nodiscard]] WorkflowId workflow() const override { return workflow_id; }
    [[nodiscard]] Result<void> fold(std::string& row, const EventView& event) const override;
};

}  // namespace anjie::dispute
