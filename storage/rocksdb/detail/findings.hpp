#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "engine/projection.hpp"

namespace anjie::detail {

/// What is found wrong. Threads: any.
class Findings {
public:
    explicit Findings(std::size_t most) : most_(most) {}

    void add(std::string sentence) {
        const std::lock_guard lock(mutex_);
        ++count_;
        if (sentences_.size() < most_) sentences_.push_back(std::move(sentence));
    }
    [[nodiscard]] std::vector<std::string> take() {
        const std::lock_guard lock(mutex_);
        if (count_ > sentences_.size())
            sentences_.push_back(fmt::format("... and {} more findings", count_ - sentences_.size()));
        return std::move(sentences_);
    }

private:
    std::mutex mutex_;
    std::size_t most_;
    std::size_t count_{};
    std::vector<std::string> sentences_;
};

/// Tells progress now and then. Threads: any; the callback is called by one at a time.
class ProgressMeter {
public:
    ProgressMeter(const Progress& progress, std::uint64_t total) : progress_(progress), total_(total) {}

    /// False when the work is to stop.
    bool advance(std::uint64_t steps) {
        const auto done = done_.fetch_add(steps) + steps;
        if (!progress_) return true;
        const std::lock_guard lock(mutex_);
        if (!stopped_ && !progress_(std::min(done, total_), total_)) stopped_ = true;
        return !stopped_;
    }
    [[nodiscard]] bool stopped() const { return stopped_; }

private:
    const Progress& progress_;
    std::uint64_t total_;
    std::atomic<std::uint64_t> done_{};
    std::atomic<bool> stopped_{};
    std::mutex mutex_;
};

}  // namespace anjie::detail
