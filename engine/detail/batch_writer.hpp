#pragma once

#include <condition_variable>
#include <functional>
#include <optional>
#include <thread>

#include "engine/detail/command_processor.hpp"
#include "engine/detail/guarded.hpp"

namespace anjie::detail {

/// Finishes batches in the order given, on a thread of its own: one is being written, at most one waits, and what is
/// decided meanwhile joins the one that waits.
/// Threads: `write` and `is_idle` belong to the one thread that decides.
class BatchWriter {
public:
    /// `finish` appends a batch and answers its commands.
    BatchWriter(std::size_t batch_commands_max, std::function<void(PreparedBatch&)> finish);
    /// Finishes what was given, then ends the thread.
    ~BatchWriter();
    BatchWriter(const BatchWriter&) = delete;
    BatchWriter& operator=(const BatchWriter&) = delete;

    [[nodiscard]] bool is_idle();
    /// Hands a batch over. Waits while another full batch is waiting already.
    void write(PreparedBatch batch);

private:
    struct State {
        std::optional<PreparedBatch> waiting;
        bool writing{};
        bool stopping{};
    };

    void run();

    std::size_t batch_commands_max_;
    std::function<void(PreparedBatch&)> finish_;
    Guarded<State> state_;
    std::condition_variable batch_came_;
    std::condition_variable place_freed_;
    std::thread thread_;
};

}  // namespace anjie::detail
