#include "adapters/sinks/field_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "engine/organisation.hpp"

namespace anjie::sinks {
namespace {

constexpr std::string_view standard = "standard";

/// How exactly a pattern names an event: 0 not at all, 1 "*", 2 "dispute.*", 3 by name.
int closeness(std::string_view pattern, std::string_view event) {
    if (pattern == event) return 3;
    if (pattern == "*") return 1;
    if (pattern.ends_with(".*") && event.starts_with(pattern.substr(0, pattern.size() - 1))) return 2;
    return 0;
}

Result<void> check_pattern(const json::Node& node, std::string_view pattern) {
    for (const auto* words : all_words())
        for (const auto& event : words->events())
            if (closeness(pattern, event.name) > 0) return {};
    return node.complaint(
        "no event is called so; write \"dispute.case_registered\", \"dispute.*\" or \"*\" / 没有这种事件");
}

/// What codes of organisations are made of; whether there is such a one nobody here knows.
bool is_code(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= 'a' && letter <= 'z') || letter == '-';
    });
}

using NamesByPattern = std::map<std::string, std::vector<std::string>, std::less<>>;

/// {"<pattern>": ["<name>", ...]}, each name known for one of the pattern's events.
Result<NamesByPattern> read_names(const json::Node& node,
                                  const std::function<bool(std::string_view pattern, std::string_view name)>& known) {
    const auto* object = node.value().if_object();
    if (object == nullptr) return node.complaint("write an object: {\"dispute.case_registered\": [...]}");
    NamesByPattern names;
    for (const auto& [key, unused] : *object) {
        const std::string pattern(key);
        ANJIE_TRY(const auto list, node.at(pattern));
        ANJIE_CHECK(check_pattern(list, pattern));
        ANJIE_TRY(const auto items, list.items());
        auto& into = names[pattern];
        for (const auto& item : items) {
            ANJIE_TRY(auto name, item.text());
            if (!known(pattern, name)) return item.complaint("none of these events has such a field / 没有这个字段");
            into.push_back(std::move(name));
        }
    }
    return names;
}

const std::vector<std::string>* closest(const NamesByPattern& names, std::string_view event) {
    const std::vector<std::string>* found = nullptr;
    int best = 0;
    for (const auto& [pattern, list] : names)
        if (const int close = closeness(pattern, event); close > best) {
            best = close;
            found = &list;
        }
    return found;
}

bool has_field(std::string_view pattern, std::string_view name) {
    if (name == standard) return true;
    for (const auto* words : all_words())
        for (const auto& event : words->events())
            if (closeness(pattern, event.name) > 0 &&
                std::ranges::find(event.fields, name, &FieldWord::name) != event.fields.end())
                return true;
    return false;
}

bool has_sealed(std::string_view pattern, std::string_view name) {
    for (const auto* words : all_words())
        for (const auto& event : words->events())
            if (closeness(pattern, event.name) > 0 && std::ranges::find(words->sealed(), name, [](const auto& entry) {
                                                          return entry.second;
                                                      }) != words->sealed().end())
                return true;
    return false;
}

std::set<std::string, std::less<>> fields_of(const EventWord& event, const std::vector<std::string>* listed) {
    std::set<std::string, std::less<>> fields;
    const bool all_standard = listed == nullptr || std::ranges::find(*listed, standard) != listed->end();
    for (const auto& field : event.fields) {
        const bool named = listed != nullptr && std::ranges::find(*listed, field.name) != listed->end();
        if (named || (all_standard && !field.free_text)) fields.emplace(field.name);
    }
    return fields;
}

bool is_free_text(const EventWord& event, std::string_view field) {
    const auto found = std::ranges::find(event.fields, field, &FieldWord::name);
    return found == event.fields.end() || found->free_text;
}

std::string_view readability_name(Readability readability) {
    return readability == Readability::erased ? "erased" : "restricted";
}

}  // namespace

FieldList::FieldList() {
    for (const auto* words : all_words())
        for (const auto& event : words->events())
            rules_[{words->workflow(), event.type}].fields = fields_of(event, nullptr);
}

Result<FieldList> FieldList::read(const json::Node& settings) {
    FieldList list;
    std::vector<std::string> taken;
    ANJIE_TRY(const auto events, settings.find("events"));
    if (events) {
        ANJIE_TRY(const auto items, events->items());
        for (const auto& item : items) {
            ANJIE_TRY(auto pattern, item.text());
            ANJIE_CHECK(check_pattern(item, pattern));
            taken.push_back(std::move(pattern));
        }
    }
    NamesByPattern fields;
    NamesByPattern sealed;
    ANJIE_TRY(const auto fields_node, settings.find("fields"));
    if (fields_node) {
        ANJIE_TRY(fields, read_names(*fields_node, has_field));
    }
    ANJIE_TRY(const auto sealed_node, settings.find("sealed"));
    if (sealed_node) {
        ANJIE_TRY(sealed, read_names(*sealed_node, has_sealed));
    }
    ANJIE_TRY(const auto organisation, settings.find("organisation"));
    if (organisation) {
        ANJIE_TRY(list.organisation_, organisation->text());
        if (!is_code(list.organisation_))
            return organisation->complaint("write an organisation's code: 540629, 540629-102, CN / 写机构代码");
    }
    ANJIE_TRY(const auto actor, settings.find("actor"));
    if (actor) {
        ANJIE_TRY(list.with_actor_, actor->flag());
    }
    for (const auto* words : all_words())
        for (const auto& event : words->events()) {
            Rule rule{.taken = !events || std::ranges::any_of(taken,
                                                              [&](const std::string& pattern) {
                                                                  return closeness(pattern, event.name) > 0;
                                                              }),
                      .fields = fields_of(event, closest(fields, event.name)),
                      .sealed = {}};
            if (const auto* names = closest(sealed, event.name))
                for (const auto& [code, name] : words->sealed())
                    if (std::ranges::find(*names, name) != names->end()) rule.sealed.insert(code);
            list.rules_[{words->workflow(), event.type}] = std::move(rule);
        }
    return list;
}

const FieldList::Rule* FieldList::rule_of(const EventHeaderView& header) const {
    const auto found = rules_.find({header.workflow, header.type});
    return found == rules_.end() ? nullptr : &found->second;
}

bool FieldList::takes(const EventHeaderView& header, std::string_view organisation) const {
    const auto* rule = rule_of(header);
    return rule != nullptr && rule->taken && (organisation_.empty() || is_within(organisation, organisation_));
}

bool FieldList::wants_sealed(const EventHeaderView& header) const {
    const auto* rule = rule_of(header);
    return rule != nullptr && !rule->sealed.empty();
}

Result<Extract> FieldList::extract(const EventView& event, const std::vector<SealedField>& sealed) const {
    const auto* words = words_of(event.header.workflow);
    const auto* rule = rule_of(event.header);
    const auto* word = words == nullptr ? nullptr : find_event(*words, event.header.type);
    if (rule == nullptr || word == nullptr) return failure(ErrorCode::corrupt, "an event of an unknown kind");
    ANJIE_TRY(auto fields, words->read(event));
    Extract extract;
    extract.classes.emplace("codes");
    for (auto& [name, value] : fields) {
        if (!rule->fields.contains(std::string_view(name))) continue;
        if (is_free_text(*word, name)) extract.classes.insert(fmt::format("text:{}", std::string_view(name)));
        extract.data.emplace(name, std::move(value));
    }
    boost::json::array texts;
    for (const auto& field : sealed) {
        if (!rule->sealed.contains(field.field)) continue;
        const auto name =
            std::ranges::find(words->sealed(), field.field, [](const auto& entry) { return entry.first; });
        boost::json::object text{{"subject", std::uint64_t{field.subject}},
                                 {"field", boost::json::value(name->second)}};
        if (field.readability == Readability::readable) {
            text.emplace("text", field.text);
            extract.classes.insert(fmt::format("sealed:{}", name->second));
        } else {
            text.emplace("gone", boost::json::value(readability_name(field.readability)));
        }
        texts.push_back(std::move(text));
    }
    if (!texts.empty()) extract.data.emplace("sealed", std::move(texts));
    return extract;
}

}  // namespace anjie::sinks
