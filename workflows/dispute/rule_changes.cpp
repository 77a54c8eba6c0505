#include "workflows/dispute/rule_changes.hpp"

#include <algorithm>

namespace anjie::dispute {
namespace {

template <class Left, class Right>
bool same_subject(const Left& left, const Right& right) {
    return left.kind == right.kind && left.type == right.type && left.source == right.source;
}

bool same_effect(const DeadlineRule& left, const DeadlineRule& right) {
    return left.period == right.period && left.roll == right.roll && left.extendable == right.extendable;
}

void lay_over(DeadlineRule& rule, const DeadlineChange& change) {
    if (change.period) rule.period = *change.period;
    if (change.roll) rule.roll = *change.roll;
    if (change.extendable) rule.extendable = *change.extendable;
}

DeadlineRule fresh_rule(const DeadlineChange& change) {
    DeadlineRule rule{.id = "whatif." + std::string(code_of(change.kind)),
                      .kind = change.kind,
                      .type = change.type,
                      .source = change.source};
    rule.reference = {.id = "WHATIF",
                      .mark = SourceMark::configuration,
                      .title = {.zh = "本地配置：假设的规则", .en = "Local configuration: a rule supposed"}};
    lay_over(rule, change);
    return rule;
}

}  // namespace

RuleSet laid_over(const RuleSet& set, const RuleChanges& changes) {
    auto laid = set;
    if (changes.revisit_after_failure) laid.revisit_after_failure = *changes.revisit_after_failure;
    for (const auto& change : changes.deadlines) {
        const auto found =
            std::ranges::find_if(laid.deadlines, [&](const auto& rule) { return same_subject(rule, change); });
        if (change.removed) {
            if (found != laid.deadlines.end()) laid.deadlines.erase(found);
        } else if (found != laid.deadlines.end()) {
            lay_over(*found, change);
        } else if (change.period) {
            laid.deadlines.push_back(fresh_rule(change));
        }
    }
    return laid;
}

RuleBook laid_over(const RuleBook& book, const RuleChanges& changes) {
    std::vector<RuleSet> sets;
    for (const auto& set : book.sets()) sets.push_back(laid_over(set, changes));
    return RuleBook::of_merged(std::move(sets));
}

std::vector<RuleDifference> differences(const RuleSet& before, const RuleSet& after) {
    std::vector<RuleDifference> found;
    for (const auto& rule : before.deadlines) {
        const auto other =
            std::ranges::find_if(after.deadlines, [&](const auto& one) { return same_subject(one, rule); });
        if (other == after.deadlines.end())
            found.push_back({rule, std::nullopt});
        else if (!same_effect(rule, *other))
            found.push_back({rule, *other});
    }
    for (const auto& rule : after.deadlines)
        if (std::ranges::none_of(before.deadlines, [&](const auto& one) { return same_subject(one, rule); }))
            found.push_back({std::nullopt, rule});
    return found;
}

}  // namespace anjie::dispute
