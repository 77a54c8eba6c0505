#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "adapters/anjie/serve_context.hpp"

namespace anjie {

/// What goes on beside the requests of a server: lists, statistics and timers follow the log within milliseconds,
/// alarms whose moment has come become events, and the log's head is signed while it moves. A failure is logged,
/// shown by /readyz and tried again.
class ServeThreads {
public:
    explicit ServeThreads(ServeContext& context);
    /// Stops and waits for all of them.
    ~ServeThreads() = default;
    ServeThreads(const ServeThreads&) = delete;
    ServeThreads& operator=(const ServeThreads&) = delete;

private:
    void follow(const std::stop_token& stop);
    void raise_alarms(const std::stop_token& stop);
    void sign(const std::stop_token& stop);
    /// Sleeps, unless it is to stop. Answers false when it is.
    bool rest(const std::stop_token& stop, std::chrono::nanoseconds time);

    ServeContext& context_;
    std::mutex resting_;
    std::condition_variable_any stopped_;
    std::vector<std::jthread> threads_;  ///< Last: they use the others.
};

}  // namespace anjie
