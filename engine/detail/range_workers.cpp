#include "engine/detail/range_workers.hpp"

#include <algorithm>
#include <thread>

#include "engine/detail/guarded.hpp"

namespace anjie::detail {
namespace {

constexpr std::size_t ranges_per_thread = 8;
constexpr std::size_t threads_max = 64;

}  // namespace

Result<void> for_each_range(const std::vector<CaseRange>& ranges, std::size_t threads,
                            const std::function<Result<void>(const CaseRange&)>& work) {
    struct Shared {
        std::size_t next{};
        Result<void> outcome;
    };
    Guarded<Shared> shared;
    const auto run = [&] {
        for (;;) {
            const CaseRange* range = nullptr;
            {
                auto state = shared.lock();
                if (!state->outcome || state->next == ranges.size()) return;
                range = &ranges[state->next++];
            }
            auto done = work(*range);
            if (done) continue;
            auto state = shared.lock();
            if (state->outcome) state->outcome = std::move(done);
        }
    };

    std::vector<std::thread> helpers;
    const auto wanted = std::min({threads, ranges.size(), threads_max});
    for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back(run);
    run();
    for (auto& helper : helpers) helper.join();
    return std::move(shared.lock()->outcome);
}

Result<std::vector<CaseRange>> ranges_for(const EventStore& events, std::size_t threads) {
    return events.split(std::clamp<std::size_t>(threads, 1, threads_max) * ranges_per_thread);
}

}  // namespace anjie::detail
