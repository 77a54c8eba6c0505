#include "workflows/dispute/rejudge.hpp"

#include <algorithm>

#include "workflows/dispute/detail/situation.hpp"
#include "workflows/dispute/detail/starts.hpp"

namespace anjie::dispute {
namespace {

using detail::Yardstick;

const DeadlineStart* find_start(const Deadlines& starts, const DeadlineStart& like) {
    const auto found =
        std::ranges::find_if(starts, [&](const auto& one) { return one.kind == like.kind && one.item == like.item; });
    return found == starts.end() ? nullptr : &*found;
}

/// The name of the rule may differ, what it comes to may not.
bool agree(const DeadlineStart* left, const DeadlineStart* right) {
    if (left == nullptr || right == nullptr) return left == right;
    return left->start == right->start && left->period == right->period && left->due == right->due;
}

/// What was recorded, except where the case's own rules and the other ones give different deadlines.
Deadlines judged_starts(const Deadlines& recorded, const Deadlines& own, const Deadlines& other) {
    Deadlines judged;
    const auto keep = [&](const DeadlineStart* one) {
        if (one != nullptr && find_start(judged, *one) == nullptr) judged.push_back(*one);
    };
    for (const auto* starts : {&recorded, &other})
        for (const auto& start : *starts) {
            const auto* by_other = find_start(other, start);
            keep(agree(find_start(own, start), by_other) ? find_start(recorded, start) : by_other);
        }
    return judged;
}

/// A recomputation for an amended calendar moves what stands as recorded; the rest was computed by today's calendar.
Deadlines still_recorded(const Deadlines& recomputed, const State& recorded, const State& other) {
    Deadlines kept;
    for (const auto& start : recomputed) {
        const auto* was = detail::find_running(recorded, start.kind, start.item);
        const auto* is = detail::find_running(other, start.kind, start.item);
        if (was != nullptr && is != nullptr && agree(&was->start, &is->start)) kept.push_back(start);
    }
    return kept;
}

}  // namespace

const RuleSet* Rejudgement::recorded_set(const std::string& version) {
    const auto* set = workflow_.rules().find(version);
    if (set == nullptr && !unknown_) unknown_ = version;
    return set;
}

const RuleSet* Rejudgement::other_set(const std::string& version) {
    const auto* set = other_rules_.book.find(version);
    if (set == nullptr && !unknown_) unknown_ = version;
    return set;
}

/// The set a case gets when it is registered or accepted; `version` becomes the set's.
const RuleSet* Rejudgement::chosen_set(std::string& version, std::string_view place, Date day) {
    const auto* set = other_rules_.by_place ? other_rules_.book.in_force(place, day) : other_set(version);
    if (set == nullptr) {
        if (!unknown_) unknown_ = version;
        return nullptr;
    }
    rules_.emplace(version, set->version);
    version = set->version;
    return set;
}

/// Changes `event` into what the other rules make of it; false when they make of it what is recorded.
bool Rejudgement::judge(Event& event, const EventHeaderView& header) {
    const auto day = local_date(header.occurred_at.at);
    return std::visit(
        [&]<class E>(E& one) {
            if constexpr (std::is_same_v<E, DeadlinesRecomputed>) {
                if (!apart_) return false;
                one.starts = still_recorded(one.starts, recorded_, other_);
                return true;
            } else if constexpr (!detail::SetsDeadlines<E>) {
                return false;
            } else {
                constexpr bool chooses_rules = requires { one.rules; };
                std::string place = recorded_.jurisdiction;
                if constexpr (requires { one.jurisdiction; }) place = one.jurisdiction;
                const auto& calendar = workflow_.calendars().at(place);
                Yardstick by{nullptr, calendar};
                Yardstick by_other{nullptr, calendar};
                auto other = one;
                if constexpr (chooses_rules) {
                    by.set = recorded_set(one.rules);
                    by_other.set = chosen_set(other.rules, place, day);
                } else {
                    by.set = recorded_set(recorded_.rule_version);
                    by_other.set = other_set(this->other().rule_version);
                }
                if (unknown_) return false;
                auto own = one;
                detail::set_deadlines(by, recorded_, day, own);
                detail::set_deadlines(by_other, this->other(), day, other);
                if constexpr (requires { one.starts; })
                    other.starts = judged_starts(one.starts, own.starts, other.starts);
                else if (own == other)
                    other = one;
                if (other == one) return false;
                one = std::move(other);
                return true;
            }
        },
        event);
}

const Event& Rejudgement::next(const Event& event, const EventHeaderView& header) {
    const auto touches_deadlines = [&]<class E>(const E&) {
        return detail::SetsDeadlines<E> || std::is_same_v<E, DeadlinesRecomputed>;
    };
    bool changed = false;
    if (!unknown_ && std::visit(touches_deadlines, event)) {
        judged_ = event;
        changed = judge(judged_, header);
    }
    if (changed && !apart_) {
        other_ = recorded_;
        apart_ = true;
    }
    Dispute::evolve(recorded_, event, header);
    if (!apart_) return event;
    const Event& mine = changed ? judged_ : event;
    // An alarm of a deadline that is another one here says nothing about it.
    const auto* alarm = std::get_if<AlarmRaised>(&event);
    const auto* running = alarm == nullptr ? nullptr : detail::find_running(other_, alarm->kind, alarm->item);
    if (alarm == nullptr || (running != nullptr && running->start.due == alarm->deadline))
        Dispute::evolve(other_, mine, header);
    return mine;
}

}  // namespace anjie::dispute
