#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace anjie::rpc::detail {

/// A bounded pool of threads for what may block. Threads: every method may be called from any thread but its own.
class Workers {
public:
    using Work = std::move_only_function<void()>;

    Workers(std::size_t threads, std::size_t queued_max);
    /// Stops as `stop` does.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False when too many wait, or after `stop`; then `work` is not done. May be called from a work too.
    [[nodiscard]] bool post(Work work);
    /// Ends the threads after what they are doing; what waits is not done. May be called twice.
    void stop();

private:
    void run();

    std::size_t queued_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Work> queue_;  ///< Guarded by `mutex_`, as what follows.
    bool stopping_{};
    std::vector<std::thread> threads_;
};

}  // namespace anjie::rpc::detail
