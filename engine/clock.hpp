#pragma once

#include <atomic>

#include "engine/time.hpp"

namespace anjie {

/// Where "now" comes from. Threads: `now` may be called from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

/// A clock that stands still until it is set: a year passes in a test in milliseconds.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : now_(start.microseconds) {}

    [[nodiscard]] Instant now() const override { return {now_.load()}; }
    void set(Instant now) { now_.store(now.microseconds); }
    void advance(std::chrono::microseconds by) { now_.fetch_add(by.count()); }

private:
    std::atomic<std::int64_t> now_;
};

}  // namespace anjie
