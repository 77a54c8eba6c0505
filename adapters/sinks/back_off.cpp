#include "adapters/sinks/back_off.hpp"

#include <algorithm>

namespace anjie::sinks {

std::chrono::microseconds BackOff::after(std::uint32_t failures, std::optional<std::chrono::microseconds> asked) {
    // SplitMix64.
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t word = state_;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
    word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
    word ^= word >> 31;

    const auto doublings = std::min<std::uint32_t>(failures == 0 ? 0 : failures - 1, 40);
    auto whole = plan_.first;
    for (std::uint32_t i = 0; i < doublings && whole < plan_.longest; ++i) whole *= 2;
    whole = std::min(whole, plan_.longest);
    const auto half = whole.count() / 2;
    const std::chrono::microseconds waiting{half +
                                            static_cast<std::int64_t>(word % static_cast<std::uint64_t>(half + 1))};
    if (!asked || *asked <= waiting) return waiting;
    return std::min<std::chrono::microseconds>(*asked, std::chrono::hours{24}) + waiting;
}

}  // namespace anjie::sinks
