#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/json/dispute_command.hpp"
#include "workflows/screening/commands.hpp"

/// Screening commands by name, from the fields of a command line.
namespace anjie::json {

[[nodiscard]] const std::vector<CommandForm>& screening_command_forms();
/// Errors: invalid, naming the field, its text and what may stand there.
[[nodiscard]] Result<screening::Command> parse_screening_command(std::string_view name,
                                                                 const std::map<std::string, std::string>& fields);

}  // namespace anjie::json
