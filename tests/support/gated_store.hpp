#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "engine/event_store.hpp"

namespace anjie::test {

/// A store whose writes a test can hold up or let fail, and whose readings it can count, around a real one.
class GatedStore final : public EventStore {
public:
    explicit GatedStore(EventStore& inner) : inner_(inner) {}

    /// Appends wait from now on.
    void hold() {
        const std::lock_guard lock(mutex_);
        held_ = true;
    }
    void let_go() {
        const std::lock_guard lock(mutex_);
        held_ = false;
        changed_.notify_all();
    }
    /// Waits until an append stands at the gate.
    void wait_for_append() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return at_gate_; });
    }
    /// Every append fails from now on, as after a disk error.
    void break_disk() { broken_ = true; }
    void mend_disk() { broken_ = false; }
    [[nodiscard]] std::size_t appends() const { return appends_; }
    /// Events shown by `read_case` since this was asked last.
    [[nodiscard]] std::size_t case_events_read() const { return case_events_read_.exchange(0); }

    [[nodiscard]] Result<void> append(std::span<const AppendEvent> batch) override {
        {
            std::unique_lock lock(mutex_);
            at_gate_ = true;
            changed_.notify_all();
            changed_.wait(lock, [&] { return !held_; });
            at_gate_ = false;
        }
        if (broken_) return failure(ErrorCode::unavailable, "the test's disk is broken");
        ++appends_;
        return inner_.append(batch);
    }
    [[nodiscard]] Result<void> read_case(CaseId id, Version after, const EventVisitor& visit) const override {
        return inner_.read_case(id, after, [&](const EventView& event) {
            ++case_events_read_;
            return visit(event);
        });
    }
    [[nodiscard]] Result<void> read_feed(Position after, std::size_t limit, const EventVisitor& visit) const override {
        return inner_.read_feed(after, limit, visit);
    }
    [[nodiscard]] Result<void> scan(const CaseRange& range, const EventVisitor& visit) const override {
        return inner_.scan(range, visit);
    }
    [[nodiscard]] Result<std::vector<CaseRange>> split(std::size_t parts) const override { return inner_.split(parts); }
    [[nodiscard]] Position head() const override { return inner_.head(); }
    [[nodiscard]] Instant last_recorded_at() const override { return inner_.last_recorded_at(); }
    [[nodiscard]] Result<std::vector<SealedField>> unseal(const EventView& event) const override {
        return inner_.unseal(event);
    }

private:
    EventStore& inner_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool held_{};
    bool at_gate_{};
    std::atomic<bool> broken_{};
    std::atomic<std::size_t> appends_{};
    mutable std::atomic<std::size_t> case_events_read_{};
};

}  // namespace anjie::test
