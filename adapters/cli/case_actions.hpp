#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "adapters/cli/session.hpp"

namespace anjie::cli {

/// What may be done next, and why not the rest.
void print_actions(const Console& console, const std::vector<dispute::Dispute::ActionAnswer>& answers);

/// One case with its state, deadlines, personal part and permitted actions.
[[nodiscard]] boost::json::object case_json(const DirectoryEntry& entry, const dispute::State& state,
                                            const std::vector<SealedField>& sealed,
                                            const std::vector<dispute::Dispute::ActionAnswer>& answers,
                                            Version version);

void add_case_new_command(CLI::App& cases, Session& session);
void add_case_do_command(CLI::App& cases, Session& session);

}  // namespace anjie::cli
