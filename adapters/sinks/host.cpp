#include "adapters/sinks/host.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace anjie::sinks {
namespace {

using namespace std::chrono_literals;

/// How soon new events are noticed by themselves; `notify` is sooner.
constexpr auto look_again = 20ms;
constexpr auto look_again_stopped = 200ms;
constexpr auto look_again_broken = 1s;

}  // namespace

Result<std::unique_ptr<SinkHost>> SinkHost::open(const EventStore& events, DerivedStore& derived, const Clock& clock,
                                                 std::vector<ConfiguredSink> sinks, DisclosureJournal journal) {
    std::unique_ptr<SinkHost> host(new SinkHost);
    host->clock_ = &clock;
    for (auto& configured : sinks) {
        auto hosted = std::make_unique<Hosted>();
        hosted->name = configured.settings.name;
        hosted->sink = std::move(configured.sink);
        hosted->runner =
            std::make_unique<Runner>(events, derived, clock, *hosted->sink, std::move(configured.settings), journal);
        ANJIE_CHECK(hosted->runner->open());
        host->hosted_.push_back(std::move(hosted));
    }
    return host;
}

SinkHost::~SinkHost() { stop(); }

void SinkHost::start() {
    for (auto& hosted : hosted_)
        if (!hosted->thread.joinable())
            hosted->thread = std::jthread([this, &each = *hosted](const std::stop_token& stop) { follow(each, stop); });
}

void SinkHost::stop() {
    for (auto& hosted : hosted_) hosted->thread.request_stop();
    for (auto& hosted : hosted_)
        if (hosted->thread.joinable()) hosted->thread.join();
}

void SinkHost::notify() {
    {
        const std::lock_guard lock(mutex_);
        ++notices_;
    }
    news_.notify_all();
}

void SinkHost::follow(Hosted& hosted, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::uint64_t noticed{};
        {
            const std::lock_guard lock(mutex_);
            noticed = notices_;
        }
        const auto step = hosted.runner->step(stop);
        std::unique_lock lock(mutex_);
        hosted.store_error = step ? std::string{} : step.error().detail;
        if (step && step->kind == Runner::Step::Kind::worked) continue;
        std::chrono::microseconds wait = look_again;
        if (!step) {
            wait = look_again_broken;
        } else if (step->kind == Runner::Step::Kind::stopped) {
            wait = look_again_stopped;
        } else if (step->wake_at) {
            const std::chrono::microseconds until{step->wake_at->microseconds - clock_->now().microseconds};
            wait = std::clamp<std::chrono::microseconds>(until, 1ms, look_again_stopped);
        }
        news_.wait_for(lock, stop, wait, [&] { return notices_ != noticed; });
    }
}

Result<void> SinkHost::run_once(std::string_view name, const std::stop_token& stop) {
    if (!name.empty())
        if (const auto found = find(name); !found) return std::unexpected(found.error());
    for (auto& hosted : hosted_) {
        if (!name.empty() && hosted->name != name) continue;
        while (!stop.stop_requested()) {
            ANJIE_TRY(const auto step, hosted->runner->step(stop));
            if (step.kind != Runner::Step::Kind::worked) break;
        }
    }
    return {};
}

Result<Runner*> SinkHost::find(std::string_view name) const {
    for (const auto& hosted : hosted_)
        if (hosted->name == name) return hosted->runner.get();
    std::string known;
    for (const auto& hosted : hosted_) known += (known.empty() ? "" : ", ") + hosted->name;
    return failure(ErrorCode::not_found, fmt::format("there is no sink \"{}\"; there are: {} / 没有这个出口", name,
                                                     known.empty() ? "-" : known));
}

Result<std::vector<SinkStatus>> SinkHost::status() const {
    std::vector<SinkStatus> all;
    for (const auto& hosted : hosted_) {
        ANJIE_TRY(auto status, hosted->runner->status());
        const std::lock_guard lock(mutex_);
        if (!hosted->store_error.empty()) status.trouble = hosted->store_error;
        all.push_back(std::move(status));
    }
    return all;
}

Result<std::vector<HeldCase>> SinkHost::held(std::string_view name, std::size_t limit) const {
    ANJIE_TRY(const auto* runner, find(name));
    return runner->held(limit);
}

Result<std::vector<Disclosure>> SinkHost::disclosures(std::string_view name) const {
    ANJIE_TRY(const auto* runner, find(name));
    return runner->disclosures();
}

Result<void> SinkHost::pause(std::string_view name) {
    ANJIE_TRY(auto* runner, find(name));
    return runner->pause();
}

Result<void> SinkHost::resume(std::string_view name) {
    ANJIE_TRY(auto* runner, find(name));
    return runner->resume();
}

Result<void> SinkHost::resend(std::string_view name, Position from) {
    ANJIE_TRY(auto* runner, find(name));
    return runner->resend(from);
}

Result<std::size_t> SinkHost::retry(std::string_view name, std::optional<CaseId> id) {
    ANJIE_TRY(auto* runner, find(name));
    return runner->retry(id);
}

Result<void> SinkHost::drop(std::string_view name, CaseId id) {
    ANJIE_TRY(auto* runner, find(name));
    return runner->drop(id);
}

}  // namespace anjie::sinks
