#include "adapters/access/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace anjie::access {

RateLimiter::RateLimiter(const Clock& clock, Rate rate, std::size_t buckets_max)
    : clock_(clock), rate_(rate), buckets_max_(std::max<std::size_t>(buckets_max, 1)) {}

std::optional<std::chrono::seconds> RateLimiter::take(std::string_view key) {
    const auto now = clock_.now();
    const std::scoped_lock lock(mutex_);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        if (order_.size() >= buckets_max_) {
            by_key_.erase(order_.back().key);
            order_.pop_back();
        }
        order_.push_front({.key = std::string(key), .level = rate_.burst, .at = now});
        found = by_key_.emplace(order_.front().key, order_.begin()).first;
    } else {
        order_.splice(order_.begin(), order_, found->second);
    }
    auto& bucket = *found->second;
    // A clock that was set back fills nothing and empties nothing.
    const auto passed = static_cast<double>(std::max<std::int64_t>(now.microseconds - bucket.at.microseconds, 0)) / 1e6;
    bucket.level = std::min(rate_.burst, bucket.level + passed * rate_.per_second);
    bucket.at = now;
    // What is short by rounding alone is there.
    constexpr double whole = 1.0 - 1e-9;
    if (bucket.level >= whole) {
        bucket.level -= 1.0;
        return std::nullopt;
    }
    const auto wait = std::ceil((whole - bucket.level) / rate_.per_second);
    return std::chrono::seconds(static_cast<std::int64_t>(std::max(wait, 1.0)));
}

std::size_t RateLimiter::buckets() const {
    const std::scoped_lock lock(mutex_);
    return order_.size();
}

}  // namespace anjie::access
