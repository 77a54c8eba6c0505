#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "workflows/dispute/rules.hpp"

/// Rules that differ from the ones in force in some fields only: laid over each rule set for a what-if.
namespace anjie::dispute {

/// A deadline rule as far as it differs. The rule it changes is the one that says the same kind, type and source.
struct DeadlineChange {
    DeadlineKind kind{};
    std::optional<DisputeType> type{};
    std::optional<CaseSource> source{};
    bool removed{};  ///< No such deadline at all.
    std::optional<Period> period{};
    std::optional<bool> roll{};
    std::optional<bool> extendable{};

    bool operator==(const DeadlineChange&) const = default;
};

struct RuleChanges {
    std::vector<DeadlineChange> deadlines{};
    std::optional<bool> revisit_after_failure{};

    bool operator==(const RuleChanges&) const = default;
};

/// The set with the changes laid over it, under the same version. A change of a rule that the set does not have adds
/// one when it says how long the period is, and is nothing otherwise.
[[nodiscard]] RuleSet laid_over(const RuleSet& set, const RuleChanges& changes);
/// Every set of the book so.
[[nodiscard]] RuleBook laid_over(const RuleBook& book, const RuleChanges& changes);

/// A deadline rule that one set has otherwise than another.
struct RuleDifference {
    std::optional<DeadlineRule> before{};
    std::optional<DeadlineRule> after{};

    bool operator==(const RuleDifference&) const = default;
};
/// Where a deadline's length, rolling or extension differ, by kind, type and source; names and sources alone do not
/// count.
[[nodiscard]] std::vector<RuleDifference> differences(const RuleSet& before, const RuleSet& after);

}  // namespace anjie::dispute
