#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "engine/clock.hpp"
#include "engine/command.hpp"
#include "engine/event_store.hpp"
#include "engine/workflow.hpp"

namespace anjie {

/// Every bound of the command path has a name.
struct EngineLimits {
    std::size_t queued_commands_max{65'536};  ///< More are refused at once as `unavailable`.
    std::size_t queued_bytes_max{64u << 20};
    std::size_t batch_commands_max{4'096};
    std::size_t batch_bytes_max{8u << 20};
    std::size_t cached_cases_max{100'000};  ///< States kept in memory; others are replayed from the log.
    std::size_t sealed_bytes_max{48'000};   ///< Personal and narrative text of one command.
};

/// How an engine is doing.
struct EngineHealth {
    std::size_t queued{};           ///< Commands that were taken and are not decided yet.
    std::uint64_t accepted{};       ///< Commands ever taken.
    std::uint64_t answered{};       ///< Of these.
    std::optional<Error> failed{};  ///< The write that failed; until `recover` nothing is taken.
};

/// The command loop: one writer loads, decides, appends durably and answers, batch by batch; deciding batch n+1
/// overlaps the disk write of batch n. Threads: every method may be called from any thread. Lifetime: store, clock and
/// workflows outlive it.
class Engine {
public:
    Engine(EventStore& store, const Clock& clock, const WorkflowSet& workflows, EngineLimits limits = {});
    /// Stops as `stop` does.
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Queues a command. `done` is called exactly once. Errors: `unavailable` at once, and `done` is not called, when
    /// the queue is full, the engine is stopping, or a write has failed (until `recover` succeeds).
    [[nodiscard]] Result<void> submit(Command command, Completion done);

    /// Queues a command and waits for its answer.
    [[nodiscard]] Outcome execute(Command command);

    /// Waits until everything submitted before has been answered.
    void drain();

    /// After a failed write: forgets all memory state and accepts commands again if `prove_sound` finds the store
    /// sound.
    [[nodiscard]] Result<void> recover(const std::function<Result<void>()>& prove_sound);

    /// Takes no more commands, answers those taken, ends the threads. May be called twice.
    void stop();

    [[nodiscard]] EngineHealth health() const;
    /// Position of the last durable event.
    [[nodiscard]] Position head() const;
    /// Waits until `head()` > `after`, until `timeout` has passed, or until the engine stops; answers the head.
    [[nodiscard]] Position wait_past(Position after, std::chrono::microseconds timeout) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie
