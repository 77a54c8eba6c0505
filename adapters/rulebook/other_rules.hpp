#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "engine/result.hpp"
#include "workflows/dispute/rejudge.hpp"
#include "workflows/dispute/rule_changes.hpp"

/// Rules for a what-if: a whole rule file (rule_sets.hpp), or only what differs:
///
///   {"deadlines": [{"kind": "revisit", "period": "15d"},
///                  {"kind": "mediation", "type": "medical", "period": "60wd"},
///                  {"kind": "confirmation", "period": null}],
///    "revisit_after_failure": true}
namespace anjie::rulebook {

/// What differs, from a text called `name`. Names of a rule set that change no deadline are refused with the reason.
/// Errors: invalid, with file, place, value and what to write instead.
[[nodiscard]] Result<dispute::RuleChanges> parse_rule_changes(std::string_view text, std::string_view name);

/// The rules of `file` in place of `current`. A whole file takes the place of its jurisdiction's file among those
/// embedded and those of `directory`; changes are laid over every set of `current`.
/// Errors: not_found, unavailable and invalid as above; invalid when a change has nothing to change.
[[nodiscard]] Result<dispute::OtherRules> load_other_rules(const std::filesystem::path& file,
                                                           const dispute::RuleBook& current,
                                                           const std::optional<std::filesystem::path>& directory);
/// The same from a text called `name`.
[[nodiscard]] Result<dispute::OtherRules> parse_other_rules(std::string_view text, std::string_view name,
                                                            const dispute::RuleBook& current,
                                                            const std::optional<std::filesystem::path>& directory);

}  // namespace anjie::rulebook
