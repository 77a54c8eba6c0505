#pragma once

#include <filesystem>
#include <optional>

#include "engine/result.hpp"
#include "workflows/dispute/rules.hpp"

namespace anjie::rulebook {

/// The rules that new decisions are made under: the embedded ones, and those of `directory`/rules/*.json in their
/// place or beside them.
/// Errors: those of `load_rule_sets`.
[[nodiscard]] Result<dispute::RuleBook> load_rules(
    const std::optional<std::filesystem::path>& directory = std::nullopt);

}  // namespace anjie::rulebook
