#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "workflows/dispute/audit/check.hpp"

namespace anjie::dispute::audit {

/// Which cases are asked about: by the day they were registered and by organisation. Cases are compared with all others
/// whatever the scope.
struct Scope {
    std::optional<Date> from{};  ///< Included.
    std::optional<Date> to{};    ///< Included.
    std::string organisation{};  ///< With all below it; empty: all.

    bool operator==(const Scope&) const = default;
};

/// Opens the personal part of an event. Errors: `corrupt` ends the audit; any other (erased, no key) leaves undecided
/// what needed it.
using Unseal = std::function<Result<std::vector<SealedField>>(const EventView&)>;

/// Looks for trouble in the cases of one range, event by event as `EventStore::scan` shows them.
/// Threads: one object each; then `absorb` in order of the ranges, then `finish` once.
class Auditor {
public:
    /// `kinds` empty: all. Requires: every one of `kinds` exists. Lifetime: `setting` longer than this.
    Auditor(const Setting& setting, Scope scope, const std::vector<std::string>& kinds, Unseal unseal);

    /// Requires: case by case, versions in order. Errors: `corrupt` (the event cannot be read).
    [[nodiscard]] Result<void> take(const EventView& event);
    void absorb(Auditor&& later);
    [[nodiscard]] Findings finish();

    /// Cases asked about, and their events, seen so far.
    [[nodiscard]] std::uint64_t cases() const { return cases_; }
    [[nodiscard]] std::uint64_t events() const { return events_; }

private:
    void end_case();
    [[nodiscard]] bool covers(const EventView& first) const;
    [[nodiscard]] Result<void> take_elsewhere(const EventView& event);
    [[nodiscard]] Result<const std::vector<SealedField>*> opened(const EventView& event, EventType type);

    const Setting& setting_;
    Scope scope_;
    Unseal unseal_;
    std::vector<std::unique_ptr<Check>> checks_;
    Findings findings_;
    std::optional<CaseId> case_{};
    bool in_scope_{};
    State state_{};
    std::vector<SealedField> sealed_{};
    std::vector<Position> positions_{};
    std::uint64_t cases_{};
    std::uint64_t events_{};
};

}  // namespace anjie::dispute::audit
