#pragma once

#include <mutex>
#include <utility>

namespace anjie::sqlite_detail {

/// A value that can only be reached while its lock is held.
template <class T>
class Guarded {
public:
    explicit Guarded(T value) : value_(std::move(value)) {}

    template <class F>
    auto with(F&& use) {
        const std::scoped_lock lock(mutex_);
        return std::forward<F>(use)(value_);
    }

private:
    std::mutex mutex_;
    T value_;
};

}  // namespace anjie::sqlite_detail
