#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "workflows/dispute/dispute.hpp"

/// The same history under other rules ("what if"): what happened stays what happened, and every deadline is computed
/// afresh from those facts as the other rules would have set it. Nothing is decided again: an order the other rules
/// would have refused stays a fact.
namespace anjie::dispute {

/// Which rules cases are judged by instead of those they were accepted under.
struct OtherRules {
    RuleBook book;
    /// Whole rule sets: a case goes by the set in force at its place on the day it is registered or accepted.
    /// Otherwise by the set of the version that its own events name.
    bool by_place{};
};

/// A rule version that a case was decided under, and the one it is judged by.
using RulePair = std::pair<std::string, std::string>;

/// One case's history, event by event.
/// Lifetime: of the workflow and the rules.
class Rejudgement {
public:
    Rejudgement(const Dispute& workflow, const OtherRules& other) : workflow_(workflow), other_rules_(other) {}

    /// The case's next event as the other rules would have had it recorded. It is the event itself wherever both
    /// rules agree: a recorded deadline is replaced only where the other rules give another day than the case's own,
    /// so that an amended calendar alone changes nothing. Alarms stay as they were raised.
    /// Lifetime: the answer's until the next call or the end of `event`.
    [[nodiscard]] const Event& next(const Event& event, const EventHeaderView& header);

    /// Under which rules the case was registered and accepted, and by which it is judged.
    [[nodiscard]] const std::set<RulePair>& rules() const { return rules_; }
    /// The first version of rules that is not to be found in either book; from there on the history stands as recorded.
    [[nodiscard]] const std::optional<std::string>& unknown_rules() const { return unknown_; }

private:
    [[nodiscard]] const State& other() const { return apart_ ? other_ : recorded_; }
    [[nodiscard]] bool judge(Event& event, const EventHeaderView& header);
    [[nodiscard]] const RuleSet* recorded_set(const std::string& version);
    [[nodiscard]] const RuleSet* other_set(const std::string& version);
    [[nodiscard]] const RuleSet* chosen_set(std::string& version, std::string_view place, Date day);

    const Dispute& workflow_;
    const OtherRules& other_rules_;
    State recorded_{};
    State other_{};  ///< Only once the two have come apart.
    bool apart_{};
    Event judged_{};
    std::set<RulePair> rules_{};
    std::optional<std::string> unknown_{};
};

}  // namespace anjie::dispute
