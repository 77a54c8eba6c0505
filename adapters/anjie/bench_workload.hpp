#pragma once

#include <cstdint>
#include <vector>

#include "engine/command.hpp"

namespace anjie {

/// Plausible lives of disputes for the bench: the same seed and number give the same life.
/// One life is registered, mediated, agreed, performed, revisited and closed within two months of 2024.
class BenchWorkload {
public:
    explicit BenchWorkload(std::uint64_t seed) : seed_(seed) {}

    /// Commands of one life.
    static constexpr std::size_t steps = 16;
    /// The step's command of the case with that number, 1, 2, 3 ...
    [[nodiscard]] Command command(std::uint32_t number, std::size_t step) const;

private:
    std::uint64_t seed_;
};

}  // namespace anjie
