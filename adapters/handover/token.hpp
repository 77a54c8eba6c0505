#pragma once

#include <filesystem>
#include <string>

#include "engine/result.hpp"

namespace anjie::handover {

/// What proves an organisation to another, from a file of one line. Read anew each time, so that it can be changed
/// while the program runs. Errors: `unavailable`; `invalid` when it could break out of an HTTP header.
[[nodiscard]] Result<std::string> read_token(const std::filesystem::path& file);

}  // namespace anjie::handover
