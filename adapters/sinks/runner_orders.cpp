#include <fmt/format.h>

#include <algorithm>

#include "adapters/sinks/runner.hpp"

namespace anjie::sinks {

std::string_view code_of(SinkStatus::State state) {
    switch (state) {
        case SinkStatus::State::up_to_date:
            return "up_to_date";
        case SinkStatus::State::working:
            return "working";
        case SinkStatus::State::backing_off:
            return "backing_off";
        case SinkStatus::State::paused:
            return "paused";
        case SinkStatus::State::gone:
            return "gone";
    }
    return "unknown";
}

std::size_t Runner::waiting_count() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(state_.holds, [](const auto& entry) { return !entry.second.parked; }));
}

Result<void> Runner::pause() {
    const std::lock_guard lock(mutex_);
    auto next = state_;
    next.paused = true;
    ANJIE_CHECK(store_.save(next, {}, true));
    state_ = std::move(next);
    return {};
}

Result<void> Runner::resume() {
    const std::lock_guard lock(mutex_);
    auto next = state_;
    next.paused = false;
    next.gone = false;
    next.gone_reason.clear();
    ANJIE_CHECK(store_.save(next, {}, true));
    state_ = std::move(next);
    not_before_ = {};
    failures_ = 0;
    return {};
}

Result<void> Runner::resend(Position from) {
    const std::lock_guard lock(mutex_);
    if (from == 0 || from > events_.head() + 1)
        return failure(ErrorCode::invalid,
                       fmt::format("there is no position {}; the log ends at {} / 没有这个位置", from, events_.head()));
    auto next = state_;
    // Past what a batch under way could leave behind in the sink.
    next.serial += 2;
    next.cursor = std::min(next.cursor, from - 1);
    std::vector<CaseId> changed;
    // These are met again on the way.
    for (const auto& [id, hold] : state_.holds)
        if (hold.from_position > next.cursor) changed.push_back(id);
    for (const auto& id : changed) next.holds.erase(id);
    ANJIE_CHECK(store_.save(next, changed, true));
    state_ = std::move(next);
    ++epoch_;
    return {};
}

Result<std::size_t> Runner::retry(std::optional<CaseId> id) {
    const std::lock_guard lock(mutex_);
    auto next = state_;
    std::vector<CaseId> changed;
    for (auto& [held, hold] : next.holds) {
        if (id ? held != *id : !hold.parked) continue;
        hold.parked = false;
        hold.attempts = 0;
        hold.retry_at = clock_.now();
        changed.push_back(held);
    }
    if (id && changed.empty()) return failure(ErrorCode::not_found, "this case is not held / 该案未被搁置");
    ANJIE_CHECK(store_.save(next, changed, true));
    state_ = std::move(next);
    ++epoch_;
    reconciled_ = false;  // The sink may have kept a batch that was under way.
    return changed.size();
}

Result<void> Runner::drop(CaseId id) {
    const std::lock_guard lock(mutex_);
    auto next = state_;
    const auto hold = next.holds.find(id);
    if (hold == next.holds.end()) return failure(ErrorCode::not_found, "this case is not held / 该案未被搁置");
    ANJIE_CHECK(store_.save_dropped(hold->second.from_position, {{"case", anjie::to_string(id)},
                                                                 {"version", hold->second.from_version},
                                                                 {"reason", hold->second.reason},
                                                                 {"at_us", clock_.now().microseconds}}));
    ++hold->second.from_version;
    hold->second.parked = false;
    hold->second.attempts = 0;
    hold->second.retry_at = clock_.now();
    ++next.dropped;
    next.serial += 2;
    ANJIE_CHECK(store_.save(next, {id}, true));
    state_ = std::move(next);
    ++epoch_;
    return {};
}

Result<SinkStatus> Runner::status() const {
    const std::lock_guard lock(mutex_);
    const auto head = events_.head();
    const auto now = clock_.now();
    SinkStatus status{.name = settings_.name,
                      .kind = settings_.kind,
                      .destination = sink_.destination(),
                      .cursor = state_.cursor,
                      .lag_positions = head - std::min(head, state_.cursor),
                      .waiting = waiting_count(),
                      .dropped = state_.dropped,
                      .trouble = state_.gone ? state_.gone_reason : trouble_};
    status.parked = state_.holds.size() - status.waiting;
    const bool late = now < not_before_;
    if (late) status.next_try = not_before_;
    status.state = state_.gone                ? SinkStatus::State::gone
                   : state_.paused            ? SinkStatus::State::paused
                   : late                     ? SinkStatus::State::backing_off
                   : status.lag_positions > 0 ? SinkStatus::State::working
                   : status.waiting > 0       ? SinkStatus::State::backing_off
                                              : SinkStatus::State::up_to_date;
    if (status.lag_positions > 0)
        ANJIE_CHECK(events_.read_feed(state_.cursor, 1, [&](const EventView& event) {
            status.lag_seconds =
                std::max<std::int64_t>(0, (now.microseconds - event.header.recorded_at.microseconds) / 1'000'000);
            return false;
        }));
    return status;
}

std::vector<HeldCase> Runner::held(std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    std::vector<HeldCase> cases;
    for (const auto& [id, hold] : state_.holds) {
        if (cases.size() >= limit) break;
        cases.push_back({id, hold});
    }
    return cases;
}

Result<std::vector<Disclosure>> Runner::disclosures() const {
    const std::lock_guard lock(mutex_);
    return store_.disclosures();
}

}  // namespace anjie::sinks
