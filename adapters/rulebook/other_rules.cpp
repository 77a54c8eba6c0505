#include "adapters/rulebook/other_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/json/values.hpp"
#include "adapters/rulebook/rule_files.hpp"
#include "adapters/rulebook/rule_sets.hpp"

namespace anjie::rulebook {
namespace {

using dispute::DeadlineChange;
using dispute::RuleChanges;
using json::from_json;
using json::Node;

/// Of a rule set, but no deadline and so no figure follows from them.
constexpr std::array<std::string_view, 5> without_figures{"mandatory_documents", "alarm_days",
                                                          "revisit_required_before_closing", "no_electronic_signature",
                                                          "closing_reference"};

template <class T>
Result<std::optional<T>> optional_at(const Node& node, std::string_view key) {
    ANJIE_TRY(const auto member, node.find(key));
    if (!member) return std::optional<T>{};
    ANJIE_TRY(auto value, from_json<T>(*member));
    return std::optional<T>{std::move(value)};
}

Result<DeadlineChange> read_change(const Node& node) {
    constexpr std::int32_t count_max = 3660;
    ANJIE_CHECK(node.has_only({"kind", "type", "source", "period", "roll", "extendable"}));
    DeadlineChange change;
    ANJIE_TRY(const auto kind, node.at("kind"));
    ANJIE_TRY(change.kind, from_json<dispute::DeadlineKind>(kind));
    ANJIE_TRY(change.type, optional_at<dispute::DisputeType>(node, "type"));
    ANJIE_TRY(change.source, optional_at<dispute::CaseSource>(node, "source"));
    ANJIE_TRY(change.roll, optional_at<bool>(node, "roll"));
    ANJIE_TRY(change.extendable, optional_at<bool>(node, "extendable"));
    ANJIE_TRY(const auto period, node.find("period"));
    change.removed = period && period->value().is_null();
    if (period && !change.removed) {
        ANJIE_TRY(change.period, from_json<Period>(*period));
        if (change.period->count < 1 || change.period->count > count_max)
            return period->complaint(
                fmt::format("a period has 1 to {} days, months or years; null for none", count_max));
    }
    if (!period && !change.roll && !change.extendable)
        return node.complaint("says nothing that differs; add \"period\", \"roll\" or \"extendable\"");
    return change;
}

Result<RuleChanges> read_changes(const Node& root) {
    for (const auto name : without_figures) {
        ANJIE_TRY(const auto member, root.find(name));
        if (member)
            return member->complaint(fmt::format(
                "{} says which orders are allowed or when to warn, no figure follows from it; leave it out", name));
    }
    ANJIE_CHECK(root.has_only({"note", "deadlines", "revisit_after_failure"}));
    RuleChanges changes;
    ANJIE_TRY(changes.revisit_after_failure, optional_at<bool>(root, "revisit_after_failure"));
    ANJIE_TRY(const auto list, root.find("deadlines"));
    if (list) {
        ANJIE_TRY(const auto nodes, list->items());
        for (const Node& node : nodes) {
            ANJIE_TRY(auto change, read_change(node));
            for (const auto& other : changes.deadlines)
                if (other.kind == change.kind && other.type == change.type && other.source == change.source)
                    return node.complaint("the same kind, type and source stand above; keep one of the two");
            changes.deadlines.push_back(std::move(change));
        }
    }
    if (changes == RuleChanges{})
        return root.complaint("says nothing that differs; add \"deadlines\" or \"revisit_after_failure\", or \"sets\"");
    return changes;
}

/// A change that names a rule nobody has is a slip, unless it brings a rule of its own.
Result<void> check_effect(const RuleChanges& changes, const dispute::RuleBook& current, std::string_view name) {
    for (std::size_t i = 0; i < changes.deadlines.size(); ++i) {
        const auto& change = changes.deadlines[i];
        const auto changed = [&](const dispute::DeadlineRule& rule) {
            return rule.kind == change.kind && rule.type == change.type && rule.source == change.source;
        };
        const bool found = std::ranges::any_of(
            current.sets(), [&](const auto& set) { return std::ranges::any_of(set.deadlines, changed); });
        if (!found && !change.period)
            return failure(ErrorCode::invalid,
                           fmt::format("{}: deadlines[{}]: no rule set has such a rule; add \"period\" to set one, or "
                                       "name the type and source of the rule you mean",
                                       name, i));
    }
    return {};
}

Result<dispute::OtherRules> whole_file(std::string_view text, std::string_view name,
                                       const std::optional<std::filesystem::path>& directory) {
    ANJIE_TRY(const auto given, parse_rule_sets(text, name, FileNaming::free));
    if (given.empty()) return failure(ErrorCode::invalid, fmt::format("{}: sets: is empty; add a set", name));
    ANJIE_TRY(auto sets, load_rule_sets(directory));
    std::erase_if(sets, [&](const auto& set) { return set.jurisdiction == given.front().jurisdiction; });
    for (const auto& set : given) {
        if (std::ranges::find(sets, set.version, &dispute::RuleSet::version) != sets.end())
            return failure(
                ErrorCode::invalid,
                fmt::format("{}: version {} is another jurisdiction's; give the set its own", name, set.version));
        sets.push_back(set);
    }
    return dispute::OtherRules{.book = dispute::RuleBook(std::move(sets)), .by_place = true};
}

}  // namespace

Result<RuleChanges> parse_rule_changes(std::string_view text, std::string_view name) {
    ANJIE_TRY(const auto document, json::parse(text, name));
    return read_changes(Node(document, name));
}

Result<dispute::OtherRules> load_other_rules(const std::filesystem::path& file, const dispute::RuleBook& current,
                                             const std::optional<std::filesystem::path>& directory) {
    ANJIE_TRY(const auto text, read_rule_file(file));
    return parse_other_rules(text, file.filename().string(), current, directory);
}

Result<dispute::OtherRules> parse_other_rules(std::string_view text, std::string_view name,
                                              const dispute::RuleBook& current,
                                              const std::optional<std::filesystem::path>& directory) {
    ANJIE_TRY(const auto document, json::parse(text, name));
    ANJIE_TRY(const auto sets, Node(document, name).find("sets"));
    if (sets) return whole_file(text, name, directory);
    ANJIE_TRY(const auto changes, parse_rule_changes(text, name));
    ANJIE_CHECK(check_effect(changes, current, name));
    return dispute::OtherRules{.book = dispute::laid_over(current, changes), .by_place = false};
}

}  // namespace anjie::rulebook
