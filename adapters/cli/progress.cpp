#include "adapters/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace anjie::cli {
using namespace std::chrono_literals;

ProgressLine::ProgressLine(std::string label, bool enabled)
    : label_(std::move(label)),
      enabled_(enabled && isatty(STDERR_FILENO) == 1),
      started_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() {
    if (drawn_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::update(std::uint64_t done, std::uint64_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (!enabled_ || now - started_ < 500ms || (drawn_ && now - drawn_at_ < 100ms)) return;
    drawn_ = true;
    drawn_at_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double rate = static_cast<double>(done) / seconds;
    std::string left;
    if (total >= done && rate > 0 && total > 0)
        left = fmt::format("  {:.0f} %  {:.0f} s left", 100.0 * static_cast<double>(done) / static_cast<double>(total),
                           static_cast<double>(total - done) / rate);
    fmt::print(stderr, "\r\033[K{}: {}  {:.0f}/s{}", label_, done, rate, left);
    std::fflush(stderr);
}

Progress ProgressLine::reporter() {
    return [this](std::uint64_t done, std::uint64_t total) {
        update(done, total);
        return true;
    };
}

}  // namespace anjie::cli
