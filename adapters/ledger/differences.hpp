#pragma once

#include <string>
#include <vector>

#include "adapters/ledger/case_history.hpp"
#include "adapters/ledger/plan.hpp"

namespace anjie::ledger {

/// An order that brings a recorded fact to what the ledger now says.
struct Correction {
    dispute::Command command;
    std::string identity;  ///< Makes its command id: what is corrected, from which state, to what.
    Column column{};
    std::string before, after;  ///< For the report; empty where the text is personal.
    std::vector<SealedField> sealed;
};

/// What an edited row says differently about a step that is already recorded. Cells that are empty now retract
/// nothing, and a derived day is never a difference.
[[nodiscard]] std::vector<Correction> differences(const Step& step, const RecordedStep& recorded,
                                                  const CaseHistory& history);

}  // namespace anjie::ledger
