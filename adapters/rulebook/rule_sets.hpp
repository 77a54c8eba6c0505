#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "workflows/dispute/rules.hpp"

/// Rule files: one per jurisdiction, "CN.json" or "<division code>.json", with a set per day from which it holds
/// (docs/data-sources.md has the layout).
namespace anjie::rulebook {

/// Whether a file has to be called after its jurisdiction, as those in a rules folder are.
enum class FileNaming : std::uint8_t { by_jurisdiction, free };

/// The sets of one file called `name`, as they stand there: nothing inherited yet.
/// Errors: invalid, with file, place, value and what to write instead: unknown names and codes, a rule twice in a set,
/// two sets of one version or from one day.
[[nodiscard]] Result<std::vector<dispute::RuleSet>> parse_rule_sets(std::string_view text, std::string_view name,
                                                                 FileNaming naming = FileNaming::by_jurisdiction);

/// Those of all files, embedded and of `directory`/rules.
/// Errors: those of parsing and of reading files; invalid when a version is in two files or the nation's are missing.
[[nodiscard]] Result<std::vector<dispute::RuleSet>> load_rule_sets(
    const std::optional<std::filesystem::path>& directory = std::nullopt);

}  // namespace anjie::rulebook
