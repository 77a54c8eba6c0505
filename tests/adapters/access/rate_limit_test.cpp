#include "adapters/access/rate_limit.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

namespace anjie::access {
namespace {

using std::chrono::seconds;

TEST_CASE("A bucket gives its burst, then what time fills, and says how long to wait") {
    ManualClock clock({0});
    RateLimiter limiter(clock, {0.5, 3});
    for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a"));
    CHECK(limiter.take("a") == seconds{2});
    CHECK_FALSE(limiter.take("b"));  // Another key, another bucket.
    clock.advance(seconds{1});
    CHECK(limiter.take("a") == seconds{1});
    clock.advance(seconds{1});
    CHECK_FALSE(limiter.take("a"));
    CHECK(limiter.take("a") == seconds{2});
    clock.advance(std::chrono::hours{1});
    for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.take("a"));
    CHECK(limiter.take("a"));  // Never more than the burst.
}

TEST_CASE("A clock that is set back gives nothing away and takes nothing") {
    ManualClock clock({10'000'000});
    RateLimiter limiter(clock, {1, 1});
    CHECK_FALSE(limiter.take("a"));
    clock.set({0});
    CHECK(limiter.take("a") == seconds{1});
    clock.advance(seconds{1});
    CHECK_FALSE(limiter.take("a"));
}

TEST_CASE("The number of buckets is bounded: the one not used for longest is forgotten") {
    ManualClock clock({0});
    RateLimiter limiter(clock, {1, 1}, 100);
    CHECK_FALSE(limiter.take("kept"));
    for (int i = 0; i < 10'000; ++i) {
        static_cast<void>(limiter.take(fmt::format("address {}", i)));
        if (i % 50 == 0) CHECK(limiter.take("kept"));
    }
    CHECK(limiter.buckets() == 100);
    CHECK(limiter.take("kept"));
    CHECK_FALSE(limiter.take("address 0"));  // Forgotten, so full again.
}

}  // namespace
}  // namespace anjie::access
