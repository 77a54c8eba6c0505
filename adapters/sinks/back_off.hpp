#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace anjie::sinks {

/// How long a sink waits after failures.
struct RetryPlan {
    std::chrono::microseconds first{std::chrono::seconds{1}};
    std::chrono::microseconds longest{std::chrono::minutes{15}};
    std::uint32_t attempts_max{12};  ///< Failures of one event while others go; then its case is parked.
};

/// Exponential back-off with jitter, so that many sinks do not knock together. The same seed waits the same.
class BackOff {
public:
    BackOff(RetryPlan plan, std::uint64_t seed) : plan_(plan), state_(seed) {}

    /// After the nth failure in a row (1, 2 ...): between half and all of first * 2^(n-1), at most `longest`; never
    /// less than what the other side asks for, of which no more than a day is believed.
    [[nodiscard]] std::chrono::microseconds after(std::uint32_t failures,
                                                  std::optional<std::chrono::microseconds> asked = std::nullopt);
    [[nodiscard]] const RetryPlan& plan() const { return plan_; }

private:
    RetryPlan plan_;
    std::uint64_t state_;
};

}  // namespace anjie::sinks
