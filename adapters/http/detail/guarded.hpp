#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>

namespace anjie::http::detail {

/// A value that several threads share: it can only be reached through `with`, so nobody forgets to lock.
template <class T>
class Guarded {
public:
    template <class Work>
    auto with(Work work) {
        const std::scoped_lock lock(mutex_);
        return work(value_);
    }
    template <class Work>
    auto with(Work work) const {
        const std::scoped_lock lock(mutex_);
        return work(std::as_const(value_));
    }
    /// Waits until `condition` of the value holds or `timeout` has passed; answers whether it holds.
    template <class Timeout, class Condition>
    [[nodiscard]] bool wait_for(Timeout timeout, Condition condition) const {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, timeout, [&] { return condition(std::as_const(value_)); });
    }
    /// Wakes who waits.
    void notify() const { changed_.notify_all(); }

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    T value_{};
};

}  // namespace anjie::http::detail
