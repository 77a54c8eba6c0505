#pragma once

#include <vector>

#include "adapters/ledger/case_history.hpp"
#include "adapters/ledger/differences.hpp"
#include "adapters/ledger/import.hpp"
#include "adapters/ledger/plan.hpp"

namespace anjie::ledger {

/// What a planned row asks of the engine, tried already.
struct RowEntry {
    RowOutcome outcome{RowOutcome::unchanged};
    std::vector<Command> commands;
    std::vector<Message> messages;
};

/// The engine's command id of a step or correction of a case.
[[nodiscard]] CommandId command_id_of(std::string_view organisation, const dispute::CaseNumber& number,
                                      std::string_view identity);

/// Compares a plan with what the store has, tries what is missing on a copy of the case, and answers the commands, or
/// `refused` with the rule. Pure but for `history`.
[[nodiscard]] RowEntry prepare(const LedgerRow& row, const Plan& plan, const Header& header,
                               const std::vector<std::string>& cells, const CaseHistory& history,
                               const dispute::Dispute& dispute, const ImportOptions& options, Instant now);

}  // namespace anjie::ledger
