#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/derived_store.hpp"
#include "engine/event_store.hpp"
#include "engine/workflow.hpp"

namespace anjie {

/// A fold of each case's own events into one row per case. Reports are sums over rows, so a rebuild needs no state
/// table and splits by case range, and every figure leads back to its cases.
/// Threads: const methods may run at once.
class CaseProjection {
public:
    virtual ~CaseProjection() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    /// Changes whenever the fold or the row's layout does; a live generation of another version is rebuilt.
    [[nodiscard]] virtual std::uint32_t code_version() const = 0;
    [[nodiscard]] virtual WorkflowId workflow() const = 0;
    /// Folds one event into the row. `row` is empty before the case's first event. Reads header and payload only.
    /// Errors: `corrupt`.
    [[nodiscard]] virtual Result<void> fold(std::string& row, const EventView& event) const = 0;
};

/// Progress of long work: done and total events (total may be an estimate); answers false to stop.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// Keeps a projection's rows up to the log, exactly once: rows and cursor move in one write.
/// Threads: one at a time may catch up or rebuild a projection, whichever runner it uses; `rows`, `cursor` and the
/// appending of events may go on beside it.
class ProjectionRunner {
public:
    ProjectionRunner(const EventStore& events, DerivedStore& derived, const CaseProjection& projection);

    /// Reads the log from the cursor to the head; rebuilds first if the live rows are of another code version.
    [[nodiscard]] Result<void> catch_up(const Progress& progress = {});
    /// Builds a new generation beside the live one, in parallel over case ranges, and swaps it in atomically; answers
    /// how many events it folded. Errors: `unavailable` when `progress` says stop; then the live rows stay.
    [[nodiscard]] Result<std::uint64_t> rebuild(std::size_t threads, const Progress& progress = {});
    /// The live rows by case id.
    [[nodiscard]] Result<void> rows(const std::function<bool(CaseId, std::string_view row)>& visit) const;
    /// Compares live rows with rows folded afresh; answers a sentence per difference. Requires: caught up.
    [[nodiscard]] Result<std::vector<std::string>> verify(std::size_t threads) const;
    [[nodiscard]] Result<Position> cursor() const;

private:
    const EventStore& events_;
    DerivedStore& derived_;
    const CaseProjection& projection_;
};

/// Rows as they would have been had the log ended with the events recorded at or before `as_of`: the same fold over
/// the same history, without touching what is stored. Nothing is written.
[[nodiscard]] Result<void> fold_as_of(const EventStore& events, const CaseProjection& projection, Instant as_of,
                                      std::size_t threads,
                                      const std::function<void(CaseId, std::string_view row)>& visit);

/// Position of the last event recorded at or before a moment; 0 when there is none. What was known then is the log up
/// to there, since the moments of recording never decrease along it. Cost: logarithmic.
[[nodiscard]] Result<Position> position_as_of(const EventStore& events, Instant as_of);

/// Brings the case directory up to where the log's head is when this is called, also while the log goes on: replays
/// each touched case and replaces its row.
[[nodiscard]] Result<void> catch_up_directory(const EventStore& events, const WorkflowSet& workflows,
                                              Directory& directory, const Progress& progress = {});

/// Replays one case up to a version (0: all). Errors: not_found, corrupt.
struct ReplayedCase {
    const Workflow* workflow{};
    std::unique_ptr<CaseState> state;
    Version version{};
    std::vector<SealedField> sealed;
};
[[nodiscard]] Result<ReplayedCase> replay_case(const EventStore& events, const WorkflowSet& workflows, CaseId id,
                                               Version until = 0);

}  // namespace anjie
