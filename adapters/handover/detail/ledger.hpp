#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/derived_store.hpp"
#include "engine/event_store.hpp"

/// The desk's rows: which case a hand-over is about, and which events have not been acknowledged by the other side.
namespace anjie::handover::detail {

/// An event that says something to another organisation.
struct Waiting {
    Position position{};
    CaseId case_id{};
    Version version{};
};

/// Rows beside the log, one cursor for all of them. Threads: one at a time.
class Ledger {
public:
    Ledger(const EventStore& events, DerivedStore& derived) : events_(events), derived_(derived) {}

    /// Reads on from where it stopped, to the end of the log. Errors: as the stores; `corrupt`.
    [[nodiscard]] Result<void> catch_up();
    /// Not acknowledged yet, in log order.
    [[nodiscard]] Result<std::vector<Waiting>> waiting() const;
    [[nodiscard]] Result<void> acknowledged(Position position);
    /// The case that a hand-over is about here; nullopt when none is.
    [[nodiscard]] Result<std::optional<CaseId>> case_of(std::string_view handover) const;

private:
    [[nodiscard]] Result<DerivedHead> begin();
    [[nodiscard]] Result<std::size_t> read_on(DerivedHead& head);

    const EventStore& events_;
    DerivedStore& derived_;
};

}  // namespace anjie::handover::detail
