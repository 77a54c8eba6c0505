#include "adapters/rulebook/rule_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/json/values.hpp"
#include "adapters/rulebook/rule_files.hpp"
#include "embedded_rules.hpp"

namespace anjie::rulebook {
namespace {

using dispute::DeadlineRule;
using dispute::RuleSet;
using json::from_json;
using json::Node;

constexpr std::string_view nation = "CN";
constexpr std::int32_t period_count_max = 3660;
constexpr std::int64_t alarm_days_max = 366;

Result<std::string> text_at(const Node& node, std::string_view key) {
    ANJIE_TRY(const auto member, node.at(key));
    return member.text();
}

/// A flag that is false when it is left out.
Result<bool> flag_at(const Node& node, std::string_view key, bool otherwise) {
    ANJIE_TRY(const auto member, node.find(key));
    if (!member) return otherwise;
    return member->flag();
}

template <class E>
Result<std::optional<E>> code_at(const Node& node, std::string_view key) {
    ANJIE_TRY(const auto member, node.find(key));
    if (!member) return std::optional<E>{};
    ANJIE_TRY(const auto code, from_json<E>(*member));
    return std::optional<E>{code};
}

template <class E>
Result<std::vector<E>> codes_at(const Node& node, std::string_view key) {
    std::vector<E> codes;
    ANJIE_TRY(const auto member, node.find(key));
    if (!member) return codes;
    ANJIE_TRY(const auto items, member->items());
    for (const Node& item : items) {
        ANJIE_TRY(const auto code, from_json<E>(item));
        if (std::ranges::find(codes, code) != codes.end()) return item.complaint("is listed twice; list it once");
        codes.push_back(code);
    }
    return codes;
}

Result<RuleReference> read_reference(const Node& node) {
    constexpr SourceMark marks[] = {SourceMark::confirmed, SourceMark::secondary, SourceMark::configuration};
    ANJIE_CHECK(node.has_only({"id", "mark", "zh", "en"}));
    RuleReference reference;
    ANJIE_TRY(reference.id, text_at(node, "id"));
    ANJIE_TRY(const auto mark_node, node.at("mark"));
    ANJIE_TRY(const auto mark, mark_node.one_of({"C", "S", "M"}));
    reference.mark = marks[mark];
    ANJIE_TRY(reference.title.zh, text_at(node, "zh"));
    ANJIE_TRY(reference.title.en, text_at(node, "en"));
    // What nobody has read in a law must not look like one.
    if (reference.mark == SourceMark::configuration &&
        (!reference.title.zh.starts_with("本地配置") || !reference.title.en.starts_with("Local configuration")))
        return node.complaint(
            "mark M is local configuration; begin \"zh\" with 本地配置 and \"en\" with Local configuration");
    return reference;
}

Result<DeadlineRule> read_rule(const Node& node) {
    ANJIE_CHECK(node.has_only({"id", "kind", "type", "source", "period", "roll", "extendable", "reference"}));
    DeadlineRule rule;
    ANJIE_TRY(rule.id, text_at(node, "id"));
    ANJIE_TRY(const auto kind, node.at("kind"));
    ANJIE_TRY(rule.kind, from_json<dispute::DeadlineKind>(kind));
    ANJIE_TRY(rule.type, code_at<dispute::DisputeType>(node, "type"));
    ANJIE_TRY(rule.source, code_at<dispute::CaseSource>(node, "source"));
    ANJIE_TRY(const auto period, node.at("period"));
    ANJIE_TRY(rule.period, from_json<Period>(period));
    if (rule.period.count < 1 || rule.period.count > period_count_max)
        return period.complaint(fmt::format("a period has 1 to {} days, months or years", period_count_max));
    ANJIE_TRY(rule.roll, flag_at(node, "roll", true));
    ANJIE_TRY(rule.extendable, flag_at(node, "extendable", false));
    ANJIE_TRY(const auto reference, node.at("reference"));
    ANJIE_TRY(rule.reference, read_reference(reference));
    return rule;
}

Result<std::vector<DeadlineRule>> read_rules(const Node& set) {
    std::vector<DeadlineRule> rules;
    ANJIE_TRY(const auto deadlines, set.find("deadlines"));
    if (!deadlines) return rules;
    ANJIE_TRY(const auto nodes, deadlines->items());
    for (const Node& node : nodes) {
        ANJIE_TRY(auto rule, read_rule(node));
        for (const auto& other : rules) {
            if (other.id == rule.id)
                return node.complaint(fmt::format("another rule of this set is called {}; rename one", rule.id));
            if (other.kind == rule.kind && other.type == rule.type && other.source == rule.source)
                return node.complaint(
                    fmt::format("{} says the same kind, type and source; keep one of the two", other.id));
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

Result<void> read_alarm_days(const Node& node, RuleSet& set) {
    ANJIE_TRY(const auto member, node.find("alarm_days"));
    if (!member) return {};
    ANJIE_TRY(const auto items, member->items());
    if (items.size() != set.alarm_days.size())
        return member->complaint("write three numbers of days: early, near, last day");
    for (std::size_t level = 0; level < items.size(); ++level) {
        ANJIE_TRY(const auto days, items[level].integer(0, alarm_days_max));
        if (level > 0 && days >= set.alarm_days[level - 1])
            return items[level].complaint(
                "each alarm is nearer to the end than the one before; write a smaller number");
        set.alarm_days[level] = static_cast<std::int32_t>(days);
    }
    return {};
}

Result<RuleSet> read_set(const Node& node, const std::string& jurisdiction) {
    ANJIE_CHECK(node.has_only({"version", "effective_from", "deadlines", "mandatory_documents", "alarm_days",
                               "revisit_required_before_closing", "revisit_after_failure", "no_electronic_signature",
                               "closing_reference"}));
    RuleSet set;
    set.jurisdiction = jurisdiction;
    ANJIE_TRY(set.version, text_at(node, "version"));
    ANJIE_TRY(const auto from, node.at("effective_from"));
    ANJIE_TRY(set.effective_from, from.date());
    ANJIE_TRY(set.deadlines, read_rules(node));
    ANJIE_TRY(set.mandatory_documents, codes_at<dispute::DocumentKind>(node, "mandatory_documents"));
    ANJIE_CHECK(read_alarm_days(node, set));
    ANJIE_TRY(set.revisit_required_before_closing, flag_at(node, "revisit_required_before_closing", false));
    ANJIE_TRY(set.revisit_after_failure, flag_at(node, "revisit_after_failure", false));
    ANJIE_TRY(set.no_electronic_signature, codes_at<dispute::DisputeType>(node, "no_electronic_signature"));
    ANJIE_TRY(const auto reference, node.find("closing_reference"));
    if (reference) {
        ANJIE_TRY(set.closing_reference, read_reference(*reference));
    } else if (set.revisit_required_before_closing) {
        return node.complaint("add \"closing_reference\": what requires the revisit before closing");
    }
    return set;
}

Result<std::string> read_jurisdiction(const Node& root, std::string_view file_name, FileNaming naming) {
    ANJIE_TRY(const auto node, root.at("jurisdiction"));
    ANJIE_TRY(auto code, node.text());
    const bool digits =
        code.size() >= 2 && code.size() <= 12 && code.find_first_not_of("0123456789") == std::string::npos;
    if (code != nation && !digits) return node.complaint("write \"CN\", or a division code of 2 to 12 digits");
    if (naming == FileNaming::by_jurisdiction && file_name != code + ".json")
        return node.complaint(fmt::format(
            "the rules of this jurisdiction are called {}.json; rename the file or correct the code", code));
    return code;
}

}  // namespace

Result<std::vector<RuleSet>> parse_rule_sets(std::string_view text, std::string_view name, FileNaming naming) {
    ANJIE_TRY(const auto document, json::parse(text, name));
    const Node root(document, name);
    ANJIE_CHECK(root.has_only({"jurisdiction", "origin", "note", "sets"}));
    ANJIE_TRY(const auto jurisdiction, read_jurisdiction(root, name, naming));
    ANJIE_TRY(const auto list, root.at("sets"));
    ANJIE_TRY(const auto nodes, list.items());
    std::vector<RuleSet> sets;
    for (const Node& node : nodes) {
        ANJIE_TRY(auto set, read_set(node, jurisdiction));
        for (const auto& other : sets) {
            if (other.version == set.version)
                return node.complaint(fmt::format("version {} is given twice; give each set its own", set.version));
            if (other.effective_from == set.effective_from)
                return node.complaint(fmt::format("{} holds from the same day, {}; only one set can", other.version,
                                                  to_string(set.effective_from)));
        }
        sets.push_back(std::move(set));
    }
    return sets;
}

Result<std::vector<RuleSet>> load_rule_sets(const std::optional<std::filesystem::path>& directory) {
    RuleFiles texts;
    for (const auto& file : rules::embedded_files()) texts.emplace(file.name, file.text);
    if (directory) ANJIE_CHECK(override_files(texts, *directory, "rules"));
    std::vector<RuleSet> all;
    std::map<std::string, std::string, std::less<>> file_of_version;
    for (const auto& [name, text] : texts) {
        ANJIE_TRY(auto sets, parse_rule_sets(text, name));
        for (auto& set : sets) {
            const auto [known, fresh] = file_of_version.emplace(set.version, name);
            if (!fresh)
                return failure(ErrorCode::invalid, fmt::format("{}: version {} is in {} too; give each set its own",
                                                               name, set.version, known->second));
            all.push_back(std::move(set));
        }
    }
    if (std::ranges::none_of(all, [](const auto& set) { return set.jurisdiction == nation; }))
        return failure(ErrorCode::invalid, "CN.json: the nation's rules are missing; add a set to the file");
    return all;
}

}  // namespace anjie::rulebook
