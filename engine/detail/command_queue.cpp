#include "engine/detail/command_queue.hpp"

#include <utility>

#include <fmt/format.h>

namespace anjie::detail {

Result<void> CommandQueue::push(PendingCommand&& pending) {
    bool wake = false;
    {
        auto state = state_.lock();
        if (state->closed) return failure(ErrorCode::unavailable, "the engine is stopping");
        if (state->refusing) return failure(ErrorCode::unavailable, *state->refusing);
        if (state->count >= limits_.queued_commands_max || state->bytes + pending.bytes > limits_.queued_bytes_max)
            return failure(ErrorCode::unavailable,
                           fmt::format("{} commands are waiting already: try again later", state->count));
        ++state->count;
        ++state->accepted;
        state->bytes += pending.bytes;
        state->commands.push_back(std::move(pending));
        wake = std::exchange(state->consumer_sleeps, false);
    }
    if (wake) arrived_.notify_one();
    return {};
}

bool CommandQueue::take(std::vector<PendingCommand>& taken) {
    auto state = state_.lock();
    if (state->commands.empty() && !state->closed) {
        state->consumer_sleeps = true;
        state.wait(arrived_, [&] { return !state->commands.empty() || state->closed; });
        state->consumer_sleeps = false;
    }
    std::swap(taken, state->commands);
    return !taken.empty();
}

void CommandQueue::release(std::size_t commands, std::size_t bytes) {
    auto state = state_.lock();
    state->count -= commands;
    state->bytes -= bytes;
}

bool CommandQueue::is_empty() { return state_.lock()->commands.empty(); }

void CommandQueue::refuse(std::string why) { state_.lock()->refusing = std::move(why); }

void CommandQueue::accept() { state_.lock()->refusing.reset(); }

void CommandQueue::close() {
    state_.lock()->closed = true;
    arrived_.notify_all();
}

CommandQueue::Numbers CommandQueue::numbers() {
    auto state = state_.lock();
    return {state->count, state->accepted};
}

std::uint64_t CommandQueue::accepted() { return state_.lock()->accepted; }

}  // namespace anjie::detail
