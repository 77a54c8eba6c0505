#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"

namespace anjie {

/// Called for each event in order; answers false to stop early.
using EventVisitor = std::function<bool(const EventView&)>;

/// A half-open range of case ids, [from, to); nullopt is the end of all.
struct CaseRange {
    CaseId from;
    std::optional<CaseId> to;
};

/// The log of record. One writer appends; anyone reads what is durable.
class EventStore {
public:
    /// An event's stored bytes at the most: what one entry of a tlog entry bundle can hold (docs/format.md).
    static constexpr std::size_t record_bytes_max = 65'535;

    virtual ~EventStore() = default;

    /// Requires: positions follow `head()` without a gap, and each case's versions follow its last without a gap;
    /// events of one case stand in order. One thread at a time.
    /// Errors: `invalid` (a record too long), `conflict` (not the next position), `unavailable` (the disk refused; then
    /// nothing of the batch will be seen, and every later append is refused until the store is opened again).
    /// Durable: when it returns, all of the batch has survived a power cut; before, none or all of it is there.
    [[nodiscard]] virtual Result<void> append(std::span<const AppendEvent> batch) = 0;

    /// The events of one case with version > `after`, in order. A case that does not exist has none.
    [[nodiscard]] virtual Result<void> read_case(CaseId id, Version after, const EventVisitor& visit) const = 0;

    /// Events with position > `after`, in log order, without a gap, at most `limit`.
    [[nodiscard]] virtual Result<void> read_feed(Position after, std::size_t limit,
                                                 const EventVisitor& visit) const = 0;

    /// All events of a range of cases: case by case in id order, each case's versions in order, as of one moment.
    /// Threads: several ranges may be scanned at once.
    [[nodiscard]] virtual Result<void> scan(const CaseRange& range, const EventVisitor& visit) const = 0;

    /// About `parts` ranges that together cover every case, of about equal size.
    [[nodiscard]] virtual Result<std::vector<CaseRange>> split(std::size_t parts) const = 0;

    /// Position of the last durable event.
    [[nodiscard]] virtual Position head() const = 0;
    /// recorded_at of the last durable event; zero when there is none.
    [[nodiscard]] virtual Instant last_recorded_at() const = 0;

    /// The personal part of an event. What was erased or is restricted is answered as such, without its text.
    /// Errors: `corrupt`; `unavailable` (the key-encryption key is not there).
    [[nodiscard]] virtual Result<std::vector<SealedField>> unseal(const EventView& event) const = 0;
};

}  // namespace anjie
