#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace anjie::rulebook {

/// Texts by file name ("CN.json"); the order of names is the order of reading.
using RuleFiles = std::map<std::string, std::string, std::less<>>;

/// Errors: not_found, unavailable when it cannot be read, invalid for a file of more than 1 MiB.
[[nodiscard]] Result<std::string> read_rule_file(const std::filesystem::path& path);

/// Puts the *.json files of `directory`/`kind` ("calendars") into `files`: a name that is there already is replaced,
/// a new one is added. A directory without that folder changes nothing.
/// Errors: not_found when `directory` itself is missing, unavailable when it cannot be read, invalid for a file of more
/// than 1 MiB.
[[nodiscard]] Result<void> override_files(RuleFiles& files, const std::filesystem::path& directory,
                                          std::string_view kind);

}  // namespace anjie::rulebook
