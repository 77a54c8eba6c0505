#pragma once

#include <cstddef>

#include "engine/derived_store.hpp"
#include "engine/engine.hpp"

namespace anjie {

/// The timer index: (alarm due, case, kind, item, level) for every running deadline, derived from the cases' states by
/// following the log. A stale entry is harmless, since firing is a command that is decided again.
/// Threads: one at a time may catch up or rebuild; the const methods and the appending of events may go on beside it.
class TimerIndex {
public:
    static constexpr std::string_view name = "timers";

    TimerIndex(const EventStore& events, DerivedStore& derived, const WorkflowSet& workflows);

    /// Reads the log from its cursor to the head. Cost: one replay per touched case.
    [[nodiscard]] Result<void> catch_up();
    /// Builds a new generation from the whole log beside the live one, with `threads` threads, and swaps it in.
    [[nodiscard]] Result<void> rebuild(std::size_t threads);

    struct Entry {
        Instant due;
        CaseId case_id;
        WorkflowId workflow{};
        std::uint16_t kind{};
        std::uint16_t item{};
        AlarmLevel level{};

        auto operator<=>(const Entry&) const = default;
    };
    /// Alarms due at `now` or before, in due order.
    [[nodiscard]] Result<std::vector<Entry>> due(Instant now, std::size_t limit) const;
    /// When the next alarm is due; nullopt when none is.
    [[nodiscard]] Result<std::optional<Instant>> next_due() const;
    /// Compares the live index with one derived afresh from the log; answers a sentence per difference.
    [[nodiscard]] Result<std::vector<std::string>> verify() const;

private:
    const EventStore& events_;
    DerivedStore& derived_;
    const WorkflowSet& workflows_;
};

/// Fires what is due: each alarm once, in due order, also after downtime (the command id is derived from case, kind,
/// item, level and due moment), and what they set off and is due already as well. A refused alarm is tried once per call.
/// Answers how many alarms became events. Errors: `unavailable`; then the rest fires next time.
/// Requires: nobody else fires at the same time.
[[nodiscard]] Result<std::size_t> fire_due_alarms(Engine& engine, TimerIndex& index, Instant now);

}  // namespace anjie
