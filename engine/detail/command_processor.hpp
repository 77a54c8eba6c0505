#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "engine/detail/case_cache.hpp"
#include "engine/engine.hpp"

namespace anjie::detail {

/// A command on its way, with whom to tell.
struct PendingCommand {
    Command command;
    Completion done;
    std::size_t bytes{};  ///< What it counts for in the queue's and the batch's bounds.
};

/// About how much memory a command holds.
[[nodiscard]] std::size_t size_of(const Command& command);

/// An answer that waits for its batch to be durable.
struct Answer {
    Completion done;
    Committed committed;
    std::unique_ptr<std::variant<Rejection, Error>> refusal;  ///< Null when accepted.
};

/// Commands that were decided together and become durable together.
struct PreparedBatch {
    std::uint64_t number{};  ///< 1, 2, 3 ... in the order of decision.
    std::vector<AppendEvent> events;
    std::vector<Answer> answers;
    std::size_t bytes{};  ///< About the size of the events.

    /// Adds the batch decided right after this one.
    void join(PreparedBatch&& next);
};

/// Tells everyone in the batch the answer decided for them. Requires: the batch is durable.
void answer(PreparedBatch& batch);
/// Tells everyone in the batch that it failed.
void answer_failed(PreparedBatch& batch, const Error& error);

/// The command path without queue and threads: decides batches on the cases in memory and appends them. Batches are
/// decided ahead of the disk, each on top of the one before; they must be committed in the same order.
/// Threads: one thread decides; `commit` may run on another at the same time.
class CommandProcessor {
public:
    CommandProcessor(EventStore& store, const Clock& clock, const WorkflowSet& workflows, const EngineLimits& limits);

    /// Decides the first commands of `waiting` until one of the batch's bounds is reached, at least one; adds their
    /// events and answers to `batch` and answers how many were decided. They are moved from.
    [[nodiscard]] std::size_t decide_batch(std::span<PendingCommand> waiting, PreparedBatch& batch);

    /// Appends the batch durably. Errors: what the store says; then everything decided since is void, and `reset` must
    /// come before the next decision.
    [[nodiscard]] Result<void> commit(const PreparedBatch& batch);

    /// Forgets everything in memory and starts from what the store holds.
    void reset();

    /// The case as it stands in memory, decided but perhaps not durable; null when it is not there.
    [[nodiscard]] const CachedCase* cached(const CaseId& id) { return cache_.find(id); }
    [[nodiscard]] std::size_t cached_count() const { return cache_.size(); }

private:
    using Refused = std::variant<Rejection, Error>;
    using Decided = std::expected<Committed, Refused>;

    [[nodiscard]] Decided decide(Command& command, PreparedBatch& batch);
    [[nodiscard]] Result<CachedCase*> find_or_load(const CaseId& id);
    [[nodiscard]] Result<CachedCase> load(const CaseId& id) const;
    [[nodiscard]] Decided accept(Command& command, CachedCase& entry, std::vector<NewEvent> events,
                                 PreparedBatch& batch);

    EventStore& store_;
    const Clock& clock_;
    const WorkflowSet& workflows_;
    EngineLimits limits_;

    CaseCache cache_;
    Position last_position_{};                    ///< Of the last event decided.
    Instant recorded_at_;                         ///< Of the batch being decided.
    std::vector<std::uint16_t> sealed_subjects_;  ///< Of the command being decided.
    std::uint64_t last_batch_{};                  ///< Number of the last batch decided.
    std::atomic<std::uint64_t> durable_batch_{};
};

}  // namespace anjie::detail
