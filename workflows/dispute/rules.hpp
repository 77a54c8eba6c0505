#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/rejection.hpp"
#include "workflows/dispute/codes.hpp"

/// Rules of law and practice as data: who sets them, for whom, from when, and how sure we are of them.
namespace anjie::dispute {

/// One deadline of domain.md 9.7. The most specific rule wins: a dispute type beats none, a source beats none.
struct DeadlineRule {
    std::string id{};  ///< "CN.T-MED.medical".
    DeadlineKind kind{};
    std::optional<DisputeType> type{};   ///< Only for this type of dispute.
    std::optional<CaseSource> source{};  ///< Only for cases from this source.
    Period period{};
    bool roll{true};    ///< The end rolls off holidays (Civil Code 203).
    bool extendable{};  ///< By agreement of all parties.
    RuleReference reference{};

    bool operator==(const DeadlineRule&) const = default;
};

/// What holds in a jurisdiction from a day on. A set inherits from the wider jurisdiction's set what it does not say.
struct RuleSet {
    std::string version{};       ///< "CN-2011.1", recorded in every event decided under it.
    std::string jurisdiction{};  ///< GB/T 2260 prefix, "CN" for the nation.
    Date effective_from{};
    std::vector<DeadlineRule> deadlines{};
    std::vector<DocumentKind> mandatory_documents{};  ///< Before closing (卷内必备).
    /// Days before the rolled end at which an alarm is raised: early, near, last day.
    std::array<std::int32_t, 3> alarm_days{7, 3, 0};
    bool revisit_required_before_closing{};              ///< 一案一回访 as a condition of closing [M].
    bool revisit_after_failure{};                        ///< Whether cases without agreement are revisited too [M].
    std::vector<DisputeType> no_electronic_signature{};  ///< 电子签名法 3 [C].
    RuleReference closing_reference{};                   ///< What the closing conditions rest on.

    bool operator==(const RuleSet&) const = default;
};

/// All rule sets a program knows, already merged with what they inherit.
class RuleBook {
public:
    RuleBook() = default;
    /// Requires: versions differ. Merges each set with the wider jurisdictions' sets of its time.
    explicit RuleBook(std::vector<RuleSet> sets);
    /// Of sets that have inherited already. Requires: versions differ.
    [[nodiscard]] static RuleBook of_merged(std::vector<RuleSet> sets);

    /// The set of the nearest jurisdiction (longest prefix of `jurisdiction`, "CN" for all) in force on `on`.
    [[nodiscard]] const RuleSet* in_force(std::string_view jurisdiction, Date on) const;
    [[nodiscard]] const RuleSet* find(std::string_view version) const;
    [[nodiscard]] const std::vector<RuleSet>& sets() const { return sets_; }

private:
    std::vector<RuleSet> sets_;
};

/// The most specific rule of a set for a deadline, or nullptr when the set has none (then none runs).
[[nodiscard]] const DeadlineRule* deadline_rule(const RuleSet& set, DeadlineKind kind, DisputeType type,
                                                CaseSource source);

/// The calendar that holds in a jurisdiction.
class CalendarBook {
public:
    CalendarBook() = default;
    explicit CalendarBook(std::map<std::string, Calendar, std::less<>> by_jurisdiction)
        : calendars_(std::move(by_jurisdiction)) {}

    /// By longest prefix of the division code, else "CN", else weekends only.
    [[nodiscard]] const Calendar& at(std::string_view jurisdiction) const;

private:
    std::map<std::string, Calendar, std::less<>> calendars_;
    Calendar weekends_only_;
};

/// A rule of law that a refusal rests on, by its stable id ("PML-17", "PML-29", "CPL-205" ...), from the one table in
/// references.cpp; each with its source mark.
[[nodiscard]] const RuleReference& law(std::string_view id);

}  // namespace anjie::dispute
