#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/clock.hpp"

namespace anjie::access {

/// How fast a bucket fills and how much it holds.
struct Rate {
    double per_second{};
    double burst{};

    bool operator==(const Rate&) const = default;
};

/// Token buckets by key (a principal, an address). Threads: any, at once.
class RateLimiter {
public:
    /// Keeps at most `buckets_max` keys: the one not used for longest is forgotten, which only ever favours whoever
    /// asks seldom.
    RateLimiter(const Clock& clock, Rate rate, std::size_t buckets_max = 10'000);

    /// Takes one; or answers how long to wait before one is there.
    [[nodiscard]] std::optional<std::chrono::seconds> take(std::string_view key);
    [[nodiscard]] std::size_t buckets() const;

private:
    struct Bucket {
        std::string key;
        double level{};
        Instant at;
    };
    const Clock& clock_;
    Rate rate_;
    std::size_t buckets_max_;
    mutable std::mutex mutex_;
    std::list<Bucket> order_;  ///< Used last stands first.
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

}  // namespace anjie::access
