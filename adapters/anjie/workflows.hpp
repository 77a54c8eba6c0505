#pragma once

#include <filesystem>

#include "engine/workflow.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie {

/// The workflows this program knows. A further one is a folder under workflows/ and a line in workflows.cpp.
struct Registered {
    WorkflowSet workflows;
    const dispute::Dispute* dispute{};  ///< Owned by `workflows`.
};

/// With the rules and calendars built in, and those of `root`/rules and `root`/calendars where there are any.
/// Errors: `invalid` (a rule or calendar file; names file and place).
[[nodiscard]] Result<Registered> register_workflows(const std::filesystem::path& root);

}  // namespace anjie
