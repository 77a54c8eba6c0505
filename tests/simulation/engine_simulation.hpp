#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/detail/command_processor.hpp"
#include "engine/timers.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/support/random.hpp"
#include "tests/support/tally.hpp"

namespace anjie::test {

/// The whole command path on one thread, a simulated clock and a disk that fails: batches are decided up to two ahead
/// of the disk, written in order, lost, kept without being told, or overtaken by a restart, as the seed says.
/// After every step it is checked that memory equals the log; at the end, that every answer given was true.
class EngineSimulation {
public:
    /// Requires: `workflows` has a Tally.
    EngineSimulation(std::uint64_t seed, const WorkflowSet& workflows);

    /// Runs; answers the first broken promise in a sentence, or nothing.
    [[nodiscard]] std::optional<std::string> run(std::size_t steps);

    /// A hash over everything that happened: the same seed gives the same.
    [[nodiscard]] std::uint64_t trace() const { return trace_; }
    [[nodiscard]] std::size_t restarts() const { return restarts_; }
    [[nodiscard]] std::size_t failed_writes() const { return failed_writes_; }
    [[nodiscard]] std::size_t accepted() const { return accepted_; }
    [[nodiscard]] std::size_t repeated() const { return repeated_; }

private:
    struct Sent {
        Command command;
        std::optional<Outcome> answer;
        std::optional<Committed> committed;  ///< The first success it was told of.
    };

    void step();
    void decide_batch();
    void write_oldest();
    void restart();
    void arm_fault();
    void answered(std::size_t place, const Outcome& outcome);
    [[nodiscard]] std::size_t next_order();
    [[nodiscard]] Tally::Command random_body();
    void note(std::uint64_t value);
    void broken(std::string sentence);

    void check_memory_equals_log();
    void check_answers_against_log();
    void check_index_against_log();

    Random random_;
    const WorkflowSet& workflows_;
    MemoryStore store_;
    ManualClock clock_;
    EngineLimits limits_;
    std::unique_ptr<detail::CommandProcessor> processor_;
    std::vector<detail::PreparedBatch> in_flight_;
    std::vector<Sent> sent_;
    std::optional<std::string> broken_;
    std::uint64_t trace_{};
    std::size_t restarts_{};
    std::size_t failed_writes_{};
    std::size_t accepted_{};
    std::size_t repeated_{};
};

}  // namespace anjie::test
