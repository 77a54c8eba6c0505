#include <algorithm>

#include "storage/sealing/detail/key_ring_impl.hpp"

// What changes keys that are there already: erasing, restricting, and the new epoch that makes erasing final.

namespace anjie {
namespace {

constexpr std::size_t rows_at_once = 1'024;

}  // namespace

Result<std::vector<SubjectState>> KeyRing::states(const CaseId& id) const {
    std::vector<SubjectState> states;
    ANJIE_TRY(const auto keys, impl_->keys_to_read(id));
    if (!keys) return states;
    for (const auto& key : keys->keys) states.push_back({key.subject, key.state});
    return states;
}

Result<std::size_t> KeyRing::set_state(const CaseId& id, std::optional<std::uint16_t> subject, KeyState state) {
    ANJIE_TRY(const auto stored, impl_->read_keys(id));
    if (!stored) return 0;
    auto keys = *stored;
    std::size_t changed = 0;
    for (auto& key : keys.keys) {
        // What is erased stays so: there is nothing left to give back.
        if ((subject && key.subject != *subject) || key.state == state || key.state == KeyState::erased) continue;
        key.state = state;
        if (state == KeyState::erased) key.key.key = {};
        ++changed;
    }
    if (changed == 0) return 0;
    ANJIE_TRY(const auto master, impl_->current_master());
    ANJIE_CHECK(
        impl_->rows.write({{std::string(detail::row_key(id)),
                            wrap_keys(impl_->suite.cipher, master, impl_->random.take<sizeof(Nonce)>(), id, keys)}}));
    forget_opened();
    return changed;
}

Result<void> KeyRing::rotate(const Progress& progress) {
    ANJIE_TRY(const auto old, impl_->current_master());
    ANJIE_TRY(const auto epochs, impl_->master.epochs());
    MasterKey next{std::max(old.epoch + 1, epochs.empty() ? KeyEpoch{} : epochs.back()), {}};
    if (std::ranges::find(epochs, next.epoch) != epochs.end()) {
        ANJIE_TRY(next.key, impl_->master.read(next.epoch));  // A rotation that was cut short is taken up again.
    } else {
        impl_->suite.random.fill(next.key);
        ANJIE_CHECK(impl_->master.create(next.epoch, next.key));
    }
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->older[old.epoch] = old;
        impl_->current = next;
    }
    ANJIE_CHECK(impl_->wrap_all(next, progress));
    ANJIE_CHECK(impl_->rows.write({{std::string(detail::epoch_row_key),
                                    detail::epoch_row({next.epoch, detail::check_of(impl_->suite.hasher, next)})}}));
    return destroy_old_epochs();
}

Result<void> KeyRing::Impl::wrap_all(const MasterKey& next, const Progress& progress) {
    std::string cursor;
    std::uint64_t done = 0;
    for (;;) {
        ANJIE_TRY(const auto found, rows.after(cursor, rows_at_once));
        if (found.empty()) return {};
        std::vector<KeyRows::Row> wrapped;
        for (const auto& [key, row] : found) {
            if (key == detail::epoch_row_key) continue;
            CaseId id;
            if (key.size() != id.bytes.size())
                return failure(ErrorCode::corrupt, "a row of keys does not say whose it is");
            std::memcpy(id.bytes.data(), key.data(), key.size());
            ANJIE_TRY(const auto epoch, epoch_of_row(row));
            if (epoch == next.epoch) continue;
            ANJIE_TRY(const auto master_then, master_key(epoch));
            ANJIE_TRY(const auto keys, unwrap_keys(suite.cipher, master_then, id, row));
            wrapped.emplace_back(key, wrap_keys(suite.cipher, next, random.take<sizeof(Nonce)>(), id, keys));
        }
        if (!wrapped.empty()) ANJIE_CHECK(rows.write(wrapped));
        cursor = found.back().first;
        done += found.size();
        if (progress) (void)progress(done, done);  // How many there are is not known; stopping here would help nobody.
    }
}

Result<void> KeyRing::destroy_old_epochs() {
    ANJIE_TRY(const auto current, impl_->current_master());
    ANJIE_TRY(const auto epochs, impl_->master.epochs());
    for (const auto epoch : epochs)
        if (epoch < current.epoch) ANJIE_CHECK(impl_->master.destroy(epoch));
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->older.clear();
    }
    forget_opened();
    return {};
}

Result<void> KeyRing::finish_rotation() {
    ANJIE_TRY(const auto current, impl_->current_master());
    ANJIE_TRY(const auto epochs, impl_->master.epochs());
    if (!epochs.empty() && epochs.back() > current.epoch) return rotate({});
    if (!epochs.empty() && epochs.front() < current.epoch) return destroy_old_epochs();
    return {};
}

}  // namespace anjie
