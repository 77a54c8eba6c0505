#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "engine/projection.hpp"

namespace anjie::cli {

/// A line on stderr with done, rate and time left, redrawn at most ten times a second; silent off a terminal and for
/// work shorter than half a second.
class ProgressLine {
public:
    ProgressLine(std::string label, bool enabled);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void update(std::uint64_t done, std::uint64_t total);
    /// To hand to long work. Lifetime: not longer than this.
    [[nodiscard]] Progress reporter();

private:
    std::string label_;
    bool enabled_;
    bool drawn_{};
    std::chrono::steady_clock::time_point started_;
    std::chrono::steady_clock::time_point drawn_at_;
};

}  // namespace anjie::cli
