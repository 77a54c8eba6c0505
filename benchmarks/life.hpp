#pragma once

#include <cstdint>
#include <vector>

#include "engine/command.hpp"
#include "engine/event.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::bench {

/// Disputes under the rules and calendars that the program carries.
[[nodiscard]] const dispute::DisputeWorkflow& dispute_workflow();

/// A case from registration to closing, as `anjie bench` plays it: every order and the events that it led to.
struct Life {
    std::vector<Command> commands;
    std::vector<AppendEvent> events;
};

/// The life of the case with that number; positions follow `after`. Requires: the workload is lawful under the rules.
[[nodiscard]] Life live(std::uint32_t number, Position after = 0);

/// What the decision of an order is told, at a moment after all that the workload states.
[[nodiscard]] DecisionContext context_of(const Command& command, Version version);

}  // namespace anjie::bench
