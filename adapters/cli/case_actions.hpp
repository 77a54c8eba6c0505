#pragma once

#include <vector>

#include "adapters/cli/session.hpp"

namespace anjie::cli {

/// What may be done next, and why not the rest.
void print_actions(const Console& console, const std::vector<dispute::Dispute::ActionAnswer>& answers);

void add_case_new_command(CLI::App& cases, Session& session);
void add_case_do_command(CLI::App& cases, Session& session);

}  // namespace anjie::cli
