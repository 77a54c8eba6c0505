#include "storage/memory/memory_store.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "engine/assert.hpp"
#include "storage/crypto/openssl_suite.hpp"
#include "storage/memory/detail/memory_store_impl.hpp"
#include "storage/record/append_check.hpp"
#include "storage/record/record_reader.hpp"

namespace anjie {
namespace {

constexpr std::size_t feed_slice = 256;

BytesView bytes_of(const std::vector<std::uint64_t>& words) { return std::as_bytes(std::span(words)); }

/// Visits records until the visitor has had enough; answers false then.
template <class Records, class Keep>
Result<bool> visit_records(const Records& records, const EventVisitor& visit, Keep keep) {
    for (const auto& record : records) {
        ANJIE_TRY(const auto event, read_record(bytes_of(*record)));
        if (keep(event.header) && !visit(event)) return false;
    }
    return true;
}

}  // namespace

MemoryStore::Impl::Impl() {
    auto opened = KeyRing::open(openssl_suite(), master_keys, key_map, false);
    ANJIE_ASSERT(opened.has_value());
    keys = std::move(*opened);
}

MemoryStore::MemoryStore() : impl_(std::make_unique<Impl>()) {}
MemoryStore::~MemoryStore() = default;

void MemoryStore::fail_append_after(std::size_t events, FailedAppend outcome) {
    const std::unique_lock lock(impl_->mutex);
    impl_->fault = {events, outcome};
}

void MemoryStore::reopen() {
    const std::unique_lock lock(impl_->mutex);
    impl_->failed = false;
    impl_->keep(std::exchange(impl_->kept, {}));
    const auto keys_held = impl_->keys->exclusive();
    impl_->keys->forget_opened();
}

void MemoryStore::power_cut() {
    {
        const std::unique_lock lock(impl_->mutex);
        while (!impl_->undo.empty()) {
            impl_->undo.back()();
            impl_->undo.pop_back();
        }
    }
    reopen();
}

Result<void> MemoryStore::Impl::refuse_after_failure() const {
    if (failed) return failure(ErrorCode::unavailable, "a write has failed; the store must be opened again");
    return {};
}

Result<MemoryStore::Impl::Batch> MemoryStore::Impl::encode(std::span<const AppendEvent> events) {
    Batch batch;
    batch.entries.reserve(events.size());
    for (const auto& event : events) {
        ANJIE_TRY(const auto sealed, keys->seal(event));
        ANJIE_TRY(const auto bytes, writer.write(event, sealed));
        std::vector<std::uint64_t> words(bytes.size() / sizeof(std::uint64_t));
        std::memcpy(words.data(), bytes.data(), bytes.size());
        batch.entries.push_back({std::make_shared<const std::vector<std::uint64_t>>(std::move(words)),
                                 event.header.case_id, event.header.recorded_at});
    }
    ANJIE_TRY(batch.key_rows, keys->rows_to_write());
    return batch;
}

void MemoryStore::Impl::keep(Batch batch) {
    key_map.put(batch.key_rows);
    for (auto& entry : batch.entries) {
        history[entry.case_id].push_back(entry.record);
        log.push_back(std::move(entry));
    }
}

Result<void> MemoryStore::append(std::span<const AppendEvent> batch) {
    const std::unique_lock lock(impl_->mutex);
    auto& impl = *impl_;
    ANJIE_CHECK(impl.refuse_after_failure());
    if (batch.empty()) return {};
    const auto is_next = [&](CaseId id, Version version) -> Result<bool> {
        const auto found = impl.history.find(id);
        return version == (found == impl.history.end() ? 1 : found->second.size() + 1);
    };
    const auto last_time = impl.log.empty() ? batch.front().header.recorded_at : impl.log.back().recorded_at;
    ANJIE_CHECK(check_follows(batch, impl.log.size(), last_time, is_next));
    const auto keys_held = impl.keys->exclusive();
    auto encoded = impl.encode(batch);
    const bool fails = encoded && impl.fault && batch.size() > impl.fault->events_before;
    if (!encoded || fails) impl.keys->forget_unwritten();
    ANJIE_CHECK(encoded);
    if (fails) {
        if (impl.fault->outcome == FailedAppend::kept) impl.kept = std::move(*encoded);
        impl.fault.reset();
        impl.failed = true;
        return failure(ErrorCode::unavailable, "the disk refused a write");
    }
    if (impl.fault) impl.fault->events_before -= batch.size();
    impl.keep(std::move(*encoded));
    impl.keys->written();
    impl.became_durable();
    return {};
}

Result<void> MemoryStore::read_case(CaseId id, Version after, const EventVisitor& visit) const {
    std::vector<Impl::Record> records;
    {
        const std::shared_lock lock(impl_->mutex);
        const auto found = impl_->history.find(id);
        if (found == impl_->history.end() || found->second.size() <= after) return {};
        records.assign(found->second.begin() + after, found->second.end());
    }
    ANJIE_TRY([[maybe_unused]] const auto all, visit_records(records, visit, [](const auto&) { return true; }));
    return {};
}

Result<void> MemoryStore::read_feed(Position after, std::size_t limit, const EventVisitor& visit) const {
    while (limit > 0) {
        std::vector<Impl::Record> records;
        {
            const std::shared_lock lock(impl_->mutex);
            if (after >= impl_->log.size()) return {};
            const auto count = std::min({limit, feed_slice, impl_->log.size() - static_cast<std::size_t>(after)});
            for (std::size_t i = 0; i < count; ++i) records.push_back(impl_->log[after + i].record);
        }
        ANJIE_TRY(const auto all, visit_records(records, visit, [](const auto&) { return true; }));
        if (!all) return {};
        after += records.size();
        limit -= records.size();
    }
    return {};
}

Result<void> MemoryStore::scan(const CaseRange& range, const EventVisitor& visit) const {
    const auto moment = head();
    auto from = range.from;
    for (bool first = true;; first = false) {
        std::vector<Impl::Record> records;
        {
            const std::shared_lock lock(impl_->mutex);
            const auto next = first ? impl_->history.lower_bound(from) : impl_->history.upper_bound(from);
            if (next == impl_->history.end() || (range.to && next->first >= *range.to)) return {};
            from = next->first;
            records = next->second;
        }
        ANJIE_TRY(const auto all,
                  visit_records(records, visit, [&](const auto& header) { return header.position <= moment; }));
        if (!all) return {};
    }
}

Result<std::vector<CaseRange>> MemoryStore::split(std::size_t parts) const {
    const std::shared_lock lock(impl_->mutex);
    parts = std::max<std::size_t>(parts, 1);
    const auto events_per_part = impl_->log.size() / parts + 1;
    std::vector<CaseRange> ranges{{CaseId{}, std::nullopt}};
    std::size_t events = 0;
    for (const auto& [id, records] : impl_->history) {
        if (events >= events_per_part && ranges.size() < parts) {
            ranges.back().to = id;
            ranges.push_back({id, std::nullopt});
            events = 0;
        }
        events += records.size();
    }
    return ranges;
}

Position MemoryStore::head() const {
    const std::shared_lock lock(impl_->mutex);
    return impl_->log.size();
}

Instant MemoryStore::last_recorded_at() const {
    const std::shared_lock lock(impl_->mutex);
    return impl_->log.empty() ? Instant{} : impl_->log.back().recorded_at;
}

Result<std::vector<SealedField>> MemoryStore::unseal(const EventView& event) const {
    return impl_->keys->unseal(event);
}

}  // namespace anjie
