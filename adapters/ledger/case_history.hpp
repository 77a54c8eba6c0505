#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/event_store.hpp"
#include "workflows/dispute/events.hpp"
#include "workflows/dispute/state.hpp"

namespace anjie::ledger {

/// What one command has left in the log: its first event, as it stands after later corrections.
struct RecordedStep {
    Version version{};
    Date on;
    dispute::Event event;
    std::vector<SealedField> sealed;
};

/// A correction of one field of one event: where it stands and what it says.
struct RecordedCorrection {
    Version version{};
    std::string value;
};

/// A case as the store has it, looked at from the ledger's side.
struct CaseHistory {
    dispute::State state;
    Version version{};
    std::map<CommandId, RecordedStep> steps;
    /// By corrected version and field; sealed text has the empty field.
    std::map<std::pair<Version, std::string>, RecordedCorrection> corrections;
    Version details_version{};  ///< Of the last correction of the registration's values.
};

/// Errors: `corrupt`, `unavailable`. A case that does not exist has version 0.
[[nodiscard]] Result<CaseHistory> read_history(const EventStore& store, CaseId id);

}  // namespace anjie::ledger
