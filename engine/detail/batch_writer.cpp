#include "engine/detail/batch_writer.hpp"

#include <utility>

namespace anjie::detail {

BatchWriter::BatchWriter(std::size_t batch_commands_max, std::function<void(PreparedBatch&)> finish)
    : batch_commands_max_(batch_commands_max), finish_(std::move(finish)), thread_([this] { run(); }) {}

BatchWriter::~BatchWriter() {
    state_.lock()->stopping = true;
    batch_came_.notify_all();
    thread_.join();
}

bool BatchWriter::is_idle() {
    const auto state = state_.lock();
    return !state->waiting && !state->writing;
}

void BatchWriter::write(PreparedBatch batch) {
    {
        auto state = state_.lock();
        state.wait(place_freed_, [&] {
            return !state->waiting || state->waiting->answers.size() + batch.answers.size() <= batch_commands_max_;
        });
        if (state->waiting)
            state->waiting->join(std::move(batch));
        else
            state->waiting = std::move(batch);
    }
    batch_came_.notify_one();
}

void BatchWriter::run() {
    auto state = state_.lock();
    for (;;) {
        state.wait(batch_came_, [&] { return state->waiting || state->stopping; });
        if (!state->waiting) return;
        auto batch = std::move(*state->waiting);
        state->waiting.reset();
        state->writing = true;
        state.unlocked([&] {
            place_freed_.notify_one();
            finish_(batch);
            batch = {};
        });
        state->writing = false;
    }
}

}  // namespace anjie::detail
