#pragma once

#include <string>
#include <vector>

#include "adapters/cli/session.hpp"

namespace anjie::cli {

/// A dispute command as the command line gives it.
struct Order {
    CaseId case_id;
    std::string label;            ///< What to call the case in messages.
    std::optional<CommandId> id;  ///< For scripts that may send again; random when absent.
    std::optional<Version> expected_version;
    OccurredAt occurred_at;
    std::string actor;
    dispute::Command body;
    std::vector<SealedField> sealed;
};

/// Sends it, waits until it is durable, and says what happened.
[[nodiscard]] Exit submit(const Session& session, Workspace& workspace, Order order);

/// Errors: `invalid`, naming the option and the way out. An empty text is zero.
[[nodiscard]] Result<dispute::Money> money_option(std::string_view option, const std::string& text);
/// An empty text is now.
[[nodiscard]] Result<OccurredAt> when_option(std::string_view option, const std::string& text, Instant now);

/// A command id that nobody has used.
[[nodiscard]] CommandId random_command_id(Instant now);

}  // namespace anjie::cli
