#include "adapters/views/audit_run.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

namespace anjie::views {
namespace {

using dispute::audit::Auditor;

constexpr std::size_t ranges_per_thread = 4;
constexpr std::uint64_t events_between_reports = 16'384;

/// The ranges, an auditor for each, and how far the threads have come.
struct Work {
    std::vector<CaseRange> ranges;
    std::vector<std::unique_ptr<Auditor>> auditors;
    std::vector<Result<void>> outcomes;
    std::atomic<std::size_t> next{0};
    std::atomic<std::uint64_t> done{0};
    std::atomic<bool> stopped{false};
};

Result<void> audit_range(const EventStore& events, const CaseRange& range, Auditor& auditor, Work& work,
                         const std::function<void()>& report) {
    Result<void> taken;
    std::uint64_t unreported = 0;
    ANJIE_CHECK(events.scan(range, [&](const EventView& event) {
        taken = auditor.take(event);
        if (++unreported == events_between_reports) {
            work.done += std::exchange(unreported, 0);
            report();
        }
        return taken.has_value() && !work.stopped;
    }));
    work.done += unreported;
    return taken;
}

}  // namespace

Result<AuditResult> run_audit(const EventStore& events, const dispute::audit::Setting& setting,
                              const dispute::audit::Scope& scope, const std::vector<std::string>& kinds,
                              std::size_t threads, const Progress& progress) {
    threads = std::max<std::size_t>(threads, 1);
    Work work;
    ANJIE_TRY(work.ranges, events.split(threads * ranges_per_thread));
    const auto head = events.head();
    // Texts are compared by their hashes and shown to nobody.
    const auto unseal = [&](const EventView& event) { return events.unseal(event); };
    for (std::size_t i = 0; i < work.ranges.size(); ++i)
        work.auditors.push_back(std::make_unique<Auditor>(setting, scope, kinds, unseal));
    work.outcomes.resize(work.ranges.size());

    const auto run = [&](const std::function<void()>& report) {
        for (std::size_t i = work.next++; i < work.ranges.size() && !work.stopped; i = work.next++) {
            work.outcomes[i] = audit_range(events, work.ranges[i], *work.auditors[i], work, report);
            if (!work.outcomes[i]) work.stopped = true;
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back([&] { run([] {}); });
        run([&] {
            if (progress && !progress(work.done, head)) work.stopped = true;
        });
    }
    for (auto& outcome : work.outcomes) ANJIE_CHECK(std::move(outcome));
    if (work.stopped) return failure(ErrorCode::unavailable, "stopped on request / 已按要求停止");

    Auditor all(setting, scope, kinds, unseal);
    for (auto& auditor : work.auditors) {
        all.absorb(std::move(*auditor));
        auditor.reset();
    }
    AuditResult result{.findings = all.finish(), .cases = 0, .events = 0, .position = head};
    result.cases = all.cases();
    result.events = all.events();
    return result;
}

}  // namespace anjie::views
