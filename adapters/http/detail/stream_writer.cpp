#include "adapters/http/detail/stream_writer.hpp"

#include <utility>

namespace anjie::http::detail {

std::size_t BufferedStream::room_of(const State& state) const {
    const auto used = state.waiting.size() + state.under_way;
    return state.ended || used >= bytes_max_ ? 0 : bytes_max_ - used;
}

bool BufferedStream::write(std::string_view bytes) {
    bool wake = false;
    const bool taken = state_.with([&](State& state) {
        if (state.ended) return false;
        if (bytes.size() > room_of(state)) {
            state.ended = StreamEnd::slow;  // What waits is still sent, so that whoever resumes gets on.
            wake = true;
            return false;
        }
        wake = state.waiting.empty() && !bytes.empty();
        state.waiting += bytes;
        state.was_half_full |= room_of(state) < bytes_max_ / 2;
        return true;
    });
    if (!taken) state_.notify();
    if (wake) wake_();
    return taken;
}

std::size_t BufferedStream::room() const {
    return state_.with([&](const State& state) { return room_of(state); });
}

bool BufferedStream::wait_room(std::size_t bytes, std::chrono::milliseconds timeout) const {
    bool enough = false;
    (void)state_.wait_for(timeout, [&](const State& state) {
        enough = room_of(state) >= bytes && !state.ended;
        return enough || state.ended;
    });
    return enough;
}

bool BufferedStream::open() const {
    return state_.with([](const State& state) { return !state.ended; });
}

void BufferedStream::finish_with(StreamEnd why) {
    const bool changed = state_.with([&](State& state) {
        if (state.ended) return false;
        state.ended = why;
        return true;
    });
    state_.notify();
    if (changed) wake_();
}

void BufferedStream::on_end(std::function<void(StreamEnd)> left) {
    const auto told = state_.with([&](State& state) -> std::optional<StreamEnd> {
        if (state.told) return state.ended;
        state.left = std::move(left);
        return std::nullopt;
    });
    if (told) left(*told);
}

void BufferedStream::on_drained(std::function<void()> drained) {
    state_.with([&](State& state) { state.drained = std::move(drained); });
}

std::string BufferedStream::take() {
    return state_.with([](State& state) {
        state.under_way = state.waiting.size();
        return std::exchange(state.waiting, {});
    });
}

void BufferedStream::sent() {
    const auto drained = state_.with([&](State& state) -> std::function<void()> {
        state.under_way = 0;
        if (!state.was_half_full || state.ended || room_of(state) < bytes_max_ / 2) return {};
        state.was_half_full = false;
        return state.drained;
    });
    state_.notify();
    if (drained) drained();
}

std::optional<StreamEnd> BufferedStream::ended() const {
    return state_.with([](const State& state) { return state.ended; });
}

StreamEnd BufferedStream::end(StreamEnd why) {
    std::function<void(StreamEnd)> left;
    const auto holds = state_.with([&](State& state) {
        if (!state.ended) state.ended = why;
        if (!state.told) left = std::exchange(state.left, {});
        state.told = true;
        state.waiting.clear();
        state.drained = {};
        return *state.ended;
    });
    state_.notify();
    if (left) left(holds);
    return holds;
}

}  // namespace anjie::http::detail
