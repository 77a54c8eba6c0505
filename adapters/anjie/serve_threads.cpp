#include "adapters/anjie/serve_threads.hpp"

#include <algorithm>

namespace anjie {
namespace {

using http::LogLevel;
using http::LogText;
using namespace std::chrono_literals;

/// How long a follower waits for the next event before it looks whether it is to stop.
constexpr auto wait_max = 100ms;
constexpr auto after_failure = 1s;
/// After a round the follower rests as long as the round took, and not longer than this: commands get their share of the
/// machine, and a case that many commands touch is read once for all of them.
constexpr auto rest_max = 200ms;
constexpr auto between_alarms = 500ms;

std::int64_t steady_ns() { return std::chrono::steady_clock::now().time_since_epoch() / 1ns; }

}  // namespace

ServeThreads::ServeThreads(ServeContext& context) : context_(context) {
    threads_.emplace_back([this](const std::stop_token& stop) { follow(stop); });
    threads_.emplace_back([this](const std::stop_token& stop) { raise_alarms(stop); });
    threads_.emplace_back([this](const std::stop_token& stop) { sign(stop); });
}

bool ServeThreads::rest(const std::stop_token& stop, std::chrono::nanoseconds time) {
    std::unique_lock lock(resting_);
    (void)stopped_.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

void ServeThreads::follow(const std::stop_token& stop) {
    auto& workspace = context_.workspace;
    auto& state = context_.state;
    auto& rounds = context_.metrics.histogram("anjie_follower_round_seconds", "For one catching up with the log.",
                                              http::request_seconds_bounds());
    bool first = true;
    while (!stop.stop_requested()) {
        if (!first && workspace.engine().wait_past(workspace.followed(), wait_max) <= workspace.followed()) continue;
        const auto begun = std::chrono::steady_clock::now();
        if (state.behind_since_ns == 0) state.behind_since_ns = steady_ns();
        const auto followed = workspace.follow();
        state.follows = followed.has_value();
        if (!followed) {
            context_.log.write(LogLevel::error, "serve.cannot_follow",
                               {{"why", LogText::of_operator(followed.error().detail)}});
            if (!rest(stop, after_failure)) return;
            continue;
        }
        const auto took = std::chrono::steady_clock::now() - begun;
        rounds.observe(std::chrono::duration<double>(took).count());
        if (workspace.followed() >= workspace.events().head()) {
            state.behind_since_ns = 0;
            if (first) context_.log.write(LogLevel::info, "serve.caught_up", {{"position", workspace.followed()}});
            state.caught_up = true;
            first = false;
        }
        if (!first && !rest(stop, std::min<std::chrono::nanoseconds>(took, rest_max))) return;
    }
}

void ServeThreads::raise_alarms(const std::stop_token& stop) {
    auto& raised_total = context_.metrics.counter("anjie_alarms_raised_total", "Alarms that became events.");
    while (rest(stop, between_alarms)) {
        if (!context_.state.caught_up) continue;
        const auto raised = context_.workspace.raise_due_alarms();
        if (raised) {
            raised_total.add(*raised);
            if (*raised > 0) context_.log.write(LogLevel::info, "serve.alarms_raised", {{"count", *raised}});
            continue;
        }
        context_.log.write(LogLevel::error, "serve.cannot_raise_alarms",
                           {{"why", LogText::of_operator(raised.error().detail)}});
        if (!rest(stop, after_failure)) return;
    }
}

void ServeThreads::sign(const std::stop_token& stop) {
    auto& workspace = context_.workspace;
    auto& signed_position =
        context_.metrics.gauge("anjie_checkpoint_position", "Events that the last checkpoint covers.");
    Position last = 0;
    do {
        if (workspace.events().head() == last) continue;
        const auto head = workspace.sign_checkpoint();
        if (head) {
            last = head->checkpoint.size;
            signed_position.set(static_cast<double>(last));
            context_.state.log_is_sound = true;
            continue;
        }
        if (head.error().code == ErrorCode::corrupt) context_.state.log_is_sound = false;
        context_.log.write(LogLevel::error, "serve.cannot_sign", {{"why", LogText::of_operator(head.error().detail)}});
    } while (rest(stop, context_.settings.checkpoint_every));
}

}  // namespace anjie
