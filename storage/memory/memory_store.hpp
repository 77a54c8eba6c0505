#pragma once

#include <memory>
#include <string>

#include "engine/derived_store.hpp"
#include "engine/event_store.hpp"

namespace anjie {

/// What a failed append has left behind for whoever opens the store again.
enum class FailedAppend {
    lost,  ///< Nothing of the batch.
    kept,  ///< All of it, though nobody was told so: the disk took it and then reported an error.
};

/// Log and derived rows in memory, behaving as the store on disk does, with a disk that fails on demand. For tests
/// and simulation; it keeps stored bytes, so the record's encoding is at work here too.
/// Threads: as the ports say; the fault switches may be called from any thread.
class MemoryStore final : public EventStore, public DerivedStore {
public:
    MemoryStore();
    ~MemoryStore() override;

    /// The append that would carry the log more than `events` events beyond its head fails as `unavailable`; from then
    /// on every append and every derived write is refused until `reopen`. 0: the next one.
    void fail_append_after(std::size_t events, FailedAppend outcome = FailedAppend::lost);
    /// What opening the store again does: appends are accepted, and a batch that was `kept` shows.
    void reopen();
    /// A power cut, then `reopen`: derived rows and heads go back to what was durable.
    void power_cut();

    [[nodiscard]] Result<void> append(std::span<const AppendEvent> batch) override;
    [[nodiscard]] Result<void> read_case(CaseId id, Version after, const EventVisitor& visit) const override;
    [[nodiscard]] Result<void> read_feed(Position after, std::size_t limit, const EventVisitor& visit) const override;
    [[nodiscard]] Result<void> scan(const CaseRange& range, const EventVisitor& visit) const override;
    [[nodiscard]] Result<std::vector<CaseRange>> split(std::size_t parts) const override;
    [[nodiscard]] Position head() const override;
    [[nodiscard]] Instant last_recorded_at() const override;
    [[nodiscard]] Result<std::vector<SealedField>> unseal(const EventView& event) const override;

    [[nodiscard]] Result<std::optional<std::string>> get(const DerivedName& name, std::string_view key) const override;
    [[nodiscard]] Result<std::vector<std::optional<std::string>>> get_many(
        const DerivedName& name, const std::vector<std::string>& keys) const override;
    [[nodiscard]] Result<void> scan(const DerivedName& name, std::string_view from, std::string_view to,
                                    const RowVisitor& visit) const override;
    [[nodiscard]] Result<std::optional<DerivedHead>> head(std::string_view name) const override;
    [[nodiscard]] Result<std::vector<std::string>> names() const override;
    [[nodiscard]] Result<void> write(const DerivedName& name, const std::vector<DerivedWrite>& rows,
                                     const std::optional<DerivedHead>& head) override;
    [[nodiscard]] Result<void> load(const DerivedName& name, const std::vector<DerivedWrite>& rows) override;
    [[nodiscard]] Result<void> make_durable() override;
    [[nodiscard]] Result<void> drop(const DerivedName& name) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anjie
