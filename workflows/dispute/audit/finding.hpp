#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/describe.hpp"
#include "engine/id.hpp"
#include "engine/rejection.hpp"

/// What a look for trouble finds. A finding is a reason to ask, never a verdict: it cites the events and says how it
/// was decided, so that whoever reads it can decide otherwise.
namespace anjie::dispute::audit {

/// note: context, or weak on its own; warning: ask; serious: the record contradicts itself or a rule of law.
enum class Severity : std::uint8_t { note = 1, warning, serious };
[[nodiscard]] std::span<const CodeEntry<Severity>> code_table(Severity);

/// One event that a finding rests on.
struct Citation {
    CaseId case_id;
    Version version{};
    Position position{};

    bool operator==(const Citation&) const = default;
};

struct Finding {
    std::string_view kind{};  ///< Id of its `Kind`.
    Severity severity{Severity::note};
    Text sentence{};                      ///< What is so, and how that was decided.
    std::optional<RuleReference> rule{};  ///< What it rests on, with its mark.
    std::vector<Citation> events{};       ///< At most `citations_max`, those that say most first.
    std::uint64_t events_in_all{};
    std::uint64_t cases{1};

    bool operator==(const Finding&) const = default;
};

/// One kind of trouble that is looked for.
struct Kind {
    std::string_view id{};  ///< Stable, for scripts.
    Text title{};
    Text method{};  ///< How it is decided in general, without the thresholds' values.
};

inline constexpr std::size_t citations_max = 12;
inline constexpr std::size_t findings_kept_max = 100'000;  ///< Of one kind; beyond it they are only counted.

/// How many of one kind there are.
struct Tally {
    std::uint64_t serious{}, warnings{}, notes{};
    std::uint64_t undecided{};  ///< Cases for which this could not be decided, see `Findings::undecided`.

    [[nodiscard]] std::uint64_t total() const { return serious + warnings + notes; }
    bool operator==(const Tally&) const = default;
};

/// What has been found, in the order of the cases.
class Findings {
public:
    void add(Finding finding);
    /// A case that the check could not judge, and why (a stable code such as "erased").
    void could_not_decide(std::string_view kind, std::string_view why);
    /// Takes over what was found in cases that come later.
    void append(Findings&& later);

    [[nodiscard]] const std::vector<Finding>& of(std::string_view kind) const;
    [[nodiscard]] Tally tally(std::string_view kind) const;
    /// By reason. Order: by name.
    [[nodiscard]] std::map<std::string_view, std::uint64_t> undecided(std::string_view kind) const;

private:
    struct OfKind {
        std::vector<Finding> kept;
        Tally tally;
        std::map<std::string_view, std::uint64_t> undecided;
    };
    std::map<std::string_view, OfKind> by_kind_;
};

}  // namespace anjie::dispute::audit
