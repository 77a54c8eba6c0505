#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>

namespace anjie::detail {

/// A value that several threads share: it can only be reached through `lock`, so nobody forgets to.
template <class T>
class Guarded {
public:
    /// Access to the value while it lives.
    class Locked {
    public:
        [[nodiscard]] T* operator->() const { return value_; }
        [[nodiscard]] T& operator*() const { return *value_; }

        /// Lets the lock go until `condition` holds.
        template <class Condition>
        void wait(std::condition_variable& changed, Condition condition) {
            changed.wait(lock_, std::move(condition));
        }
        /// As above, at most for `timeout`; answers whether the condition holds.
        template <class Timeout, class Condition>
        [[nodiscard]] bool wait_for(std::condition_variable& changed, Timeout timeout, Condition condition) {
            return changed.wait_for(lock_, timeout, std::move(condition));
        }
        /// Lets the lock go while `work` runs.
        template <class Work>
        void unlocked(Work work) {
            lock_.unlock();
            work();
            lock_.lock();
        }

    private:
        friend class Guarded;
        Locked(std::mutex& mutex, T& value) : lock_(mutex), value_(&value) {}
        std::unique_lock<std::mutex> lock_;
        T* value_;
    };

    [[nodiscard]] Locked lock() { return Locked(mutex_, value_); }

private:
    std::mutex mutex_;
    T value_{};
};

}  // namespace anjie::detail
