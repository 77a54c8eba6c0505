#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/assert.hpp"

namespace anjie::test {

/// SplitMix64: the same numbers from the same seed with every library and compiler, which the standard's
/// distributions do not promise. A test prints `seed()` with Catch's INFO, so that a failure can be run again.
class Random {
public:
    explicit Random(std::uint64_t seed) : seed_(seed), state_(seed) {}

    /// The seed of the environment variable ANJIE_TEST_SEED when it is set, else `usual`.
    [[nodiscard]] static Random seeded(std::uint64_t usual) {
        const char* chosen = std::getenv("ANJIE_TEST_SEED");
        return Random(chosen != nullptr ? std::strtoull(chosen, nullptr, 0) : usual);
    }

    [[nodiscard]] std::uint64_t seed() const { return seed_; }

    [[nodiscard]] std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t x = state_;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }

    /// From 0 to `count - 1`. Requires: `count` is not 0. The bias of the remainder is below count / 2^64.
    [[nodiscard]] std::uint64_t below(std::uint64_t count) {
        ANJIE_ASSERT(count != 0);
        return next() % count;
    }

    /// From `low` to `high`, both included.
    [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
        ANJIE_ASSERT(low <= high);
        const std::uint64_t count = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
        const std::uint64_t step = count == 0 ? next() : below(count);
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + step);
    }

    /// True once in `times` on average.
    [[nodiscard]] bool one_in(std::uint64_t times) { return below(times) == 0; }

    /// An element of a container that has `size()` and `[]`. Requires: it is not empty.
    template <class Container>
    [[nodiscard]] const auto& pick(const Container& from) {
        return from[below(from.size())];
    }

    /// `length` characters of `alphabet`.
    [[nodiscard]] std::string text(std::size_t length, std::string_view alphabet) {
        std::string made;
        for (std::size_t i = 0; i < length; ++i) made.push_back(pick(alphabet));
        return made;
    }

private:
    std::uint64_t seed_;
    std::uint64_t state_;
};

}  // namespace anjie::test
