#include "workflows/dispute/rules.hpp"

#include <algorithm>

namespace anjie::dispute {
namespace {

constexpr std::string_view nation = "CN";

/// How near a jurisdiction is to a place: -1 does not hold there, 0 the nation, else the length of its prefix.
int nearness(std::string_view jurisdiction, std::string_view place) {
    if (jurisdiction == nation) return 0;
    return place.starts_with(jurisdiction) ? static_cast<int>(jurisdiction.size()) : -1;
}

const RuleSet* nearest(const std::vector<RuleSet>& sets, std::string_view place, Date on, int below) {
    const RuleSet* best = nullptr;
    int best_nearness = -1;
    for (const auto& set : sets) {
        const int near = nearness(set.jurisdiction, place);
        if (near < 0 || near >= below || set.effective_from > on) continue;
        if (near > best_nearness || (near == best_nearness && set.effective_from > best->effective_from)) {
            best = &set;
            best_nearness = near;
        }
    }
    return best;
}

bool same_subject(const DeadlineRule& left, const DeadlineRule& right) {
    return left.kind == right.kind && left.type == right.type && left.source == right.source;
}

void inherit(RuleSet& set, const RuleSet& wider) {
    for (const auto& rule : wider.deadlines)
        if (std::ranges::none_of(set.deadlines, [&](const auto& own) { return same_subject(own, rule); }))
            set.deadlines.push_back(rule);
    if (set.mandatory_documents.empty()) set.mandatory_documents = wider.mandatory_documents;
    if (set.alarm_days == RuleSet{}.alarm_days) set.alarm_days = wider.alarm_days;
    // A narrower jurisdiction may ask for more, never for less.
    set.revisit_required_before_closing |= wider.revisit_required_before_closing;
    set.revisit_after_failure |= wider.revisit_after_failure;
    for (const auto type : wider.no_electronic_signature)
        if (std::ranges::find(set.no_electronic_signature, type) == set.no_electronic_signature.end())
            set.no_electronic_signature.push_back(type);
    if (set.closing_reference.id.empty()) set.closing_reference = wider.closing_reference;
}

}  // namespace

RuleBook::RuleBook(std::vector<RuleSet> sets) : sets_(std::move(sets)) {
    // The widest first, so that what is inherited has itself inherited already.
    std::ranges::stable_sort(sets_, {}, [](const auto& set) { return nearness(set.jurisdiction, set.jurisdiction); });
    for (auto& set : sets_) {
        const int own = nearness(set.jurisdiction, set.jurisdiction);
        if (const auto* wider = nearest(sets_, set.jurisdiction, set.effective_from, own)) inherit(set, *wider);
    }
}

RuleBook RuleBook::of_merged(std::vector<RuleSet> sets) {
    RuleBook book;
    book.sets_ = std::move(sets);
    return book;
}

const RuleSet* RuleBook::in_force(std::string_view jurisdiction, Date on) const {
    return nearest(sets_, jurisdiction, on, static_cast<int>(jurisdiction.size()) + 1);
}

const RuleSet* RuleBook::find(std::string_view version) const {
    const auto found = std::ranges::find(sets_, version, &RuleSet::version);
    return found == sets_.end() ? nullptr : &*found;
}

const DeadlineRule* deadline_rule(const RuleSet& set, DeadlineKind kind, DisputeType type, CaseSource source) {
    const DeadlineRule* best = nullptr;
    int best_weight = -1;
    for (const auto& rule : set.deadlines) {
        if (rule.kind != kind || (rule.type && *rule.type != type) || (rule.source && *rule.source != source)) continue;
        const int weight = (rule.type ? 2 : 0) + (rule.source ? 1 : 0);
        if (weight > best_weight) {
            best = &rule;
            best_weight = weight;
        }
    }
    return best;
}

const Calendar& CalendarBook::at(std::string_view jurisdiction) const {
    for (auto length = jurisdiction.size(); length > 0; --length)
        if (const auto found = calendars_.find(jurisdiction.substr(0, length)); found != calendars_.end())
            return found->second;
    const auto national = calendars_.find(nation);
    return national == calendars_.end() ? weekends_only_ : national->second;
}

}  // namespace anjie::dispute
