#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/cli/session.hpp"
#include "adapters/json/dispute_command.hpp"

namespace anjie::cli {

/// `--name value`, `--name=value` and a bare `--flag`, as they were left over on the command line.
/// Errors: `invalid`, naming the word.
[[nodiscard]] Result<std::map<std::string, std::string>> fields_of(const std::vector<std::string>& words);

/// The part of a help text that lists actions with their fields.
[[nodiscard]] std::string action_help(const Console& console, const std::vector<json::CommandForm>& forms);

/// Lets a command take an action's own fields: general options then cannot fall through, so it has them itself.
void take_action_fields(CLI::App& command, Session& session);

}  // namespace anjie::cli
