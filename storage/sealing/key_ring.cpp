#include "storage/sealing/key_ring.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/event_store.hpp"
#include "storage/sealing/detail/bytes.hpp"
#include "storage/sealing/detail/key_ring_impl.hpp"

namespace anjie {
namespace {

constexpr std::uint8_t epoch_row_format = 1;
constexpr std::string_view check_label = "anjie kek check 1";
constexpr std::size_t fields_max = 4'096;

std::vector<std::uint16_t> subjects_of(std::span<const SealedField> fields) {
    std::vector<std::uint16_t> subjects;
    for (const auto& field : fields)
        if (std::ranges::find(subjects, field.subject) == subjects.end()) subjects.push_back(field.subject);
    return subjects;
}

Result<void> check_lengths(std::span<const SealedField> fields) {
    if (fields.size() > fields_max)
        return failure(ErrorCode::invalid, fmt::format("an event with {} sealed texts is too long; {} are the most",
                                                       fields.size(), fields_max));
    for (const auto& field : fields)
        if (field.text.size() > EventStore::record_bytes_max)
            return failure(ErrorCode::invalid, fmt::format("a sealed text of {} bytes is too long; {} is the most",
                                                           field.text.size(), EventStore::record_bytes_max));
    return {};
}

}  // namespace

std::string detail::epoch_row(const EpochRow& row) {
    Bytes bytes;
    append_number(bytes, epoch_row_format);
    append_number(bytes, row.epoch);
    append_bytes(bytes, row.check.bytes);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Result<detail::EpochRow> detail::read_epoch_row(std::string_view row) {
    ByteReader reader(std::as_bytes(std::span(row)));
    EpochRow read;
    const auto format = reader.number<std::uint8_t>();
    const auto epoch = reader.number<KeyEpoch>();
    if (format != epoch_row_format || !epoch || *epoch == 0 || !reader.fill(read.check.bytes) || !reader.at_end())
        return failure(ErrorCode::corrupt, "the row that names the epoch of the keys is broken");
    read.epoch = *epoch;
    return read;
}

Hash detail::check_of(const Hasher& hasher, const MasterKey& key) {
    Bytes text;
    append_bytes(text, std::as_bytes(std::span(check_label)));
    append_number(text, key.epoch);
    append_bytes(text, key.key);
    return hasher.digest(text);
}

KeyRing::KeyRing(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
KeyRing::~KeyRing() = default;

Result<std::unique_ptr<KeyRing>> KeyRing::open(const CryptoSuite& suite, MasterKeys& master, KeyRows& rows,
                                               bool read_only) {
    auto impl = std::make_unique<Impl>(suite, master, rows);
    ANJIE_TRY(const auto row, rows.get(detail::epoch_row_key));
    if (row) {
        if (auto loaded = impl->load_current(*row); !loaded) {
            if (!read_only) return std::unexpected(loaded.error());
            impl->why_no_current = loaded.error();
        }
    } else if (!read_only) {
        ANJIE_CHECK(impl->make_first());
    }
    auto ring = std::unique_ptr<KeyRing>(new KeyRing(std::move(impl)));
    if (!read_only) ANJIE_CHECK(ring->finish_rotation());
    return ring;
}

Result<void> KeyRing::Impl::load_current(std::string_view row) {
    ANJIE_TRY(const auto named, detail::read_epoch_row(row));
    ANJIE_TRY(const auto key, master.read(named.epoch));
    const MasterKey found{named.epoch, key};
    if (detail::check_of(suite.hasher, found) != named.check)
        return failure(ErrorCode::invalid, fmt::format("{} is not the key that this log was sealed with; put the right "
                                                       "one back from where keys are kept",
                                                       master.place_of(named.epoch)));
    current = found;
    return {};
}

Result<void> KeyRing::Impl::make_first() {
    MasterKey first{1, {}};
    // A key without an epoch row: a process that died while it made the store. Nothing was sealed with it.
    suite.random.fill(first.key);
    ANJIE_CHECK(master.create(first.epoch, first.key));
    const auto row = detail::epoch_row({first.epoch, detail::check_of(suite.hasher, first)});
    ANJIE_CHECK(rows.write({{std::string(detail::epoch_row_key), row}}));
    current = first;
    return {};
}

Result<MasterKey> KeyRing::Impl::current_master() const {
    const std::lock_guard lock(mutex);
    if (current) return *current;
    return failure(ErrorCode::unavailable,
                   why_no_current ? why_no_current->detail : "the store has no key-encryption key yet");
}

Result<MasterKey> KeyRing::Impl::master_key(KeyEpoch epoch) const {
    ANJIE_TRY(const auto newest, current_master());
    if (newest.epoch == epoch) return newest;
    const std::lock_guard lock(mutex);
    if (const auto known = older.find(epoch); known != older.end()) return known->second;
    auto key = master.read(epoch);
    if (!key) return failure(ErrorCode::unavailable, key.error().detail);
    return older[epoch] = MasterKey{epoch, *key};
}

Result<KeyRing::Impl::Keys> KeyRing::Impl::read_keys(const CaseId& id) const {
    ANJIE_TRY(const auto row, rows.get(detail::row_key(id)));
    if (!row) return nullptr;
    ANJIE_TRY(const auto epoch, epoch_of_row(*row));
    ANJIE_TRY(const auto key, master_key(epoch));
    ANJIE_TRY(auto keys, unwrap_keys(suite.cipher, key, id, *row));
    return std::make_shared<const CaseKeys>(std::move(keys));
}

Result<KeyRing::Impl::Keys> KeyRing::Impl::keys_to_read(const CaseId& id) const {
    std::uint64_t before = 0;
    {
        const std::lock_guard lock(mutex);
        if (auto keys = for_reading.find(id)) return keys;
        before = changes;
    }
    ANJIE_TRY(auto keys, read_keys(id));
    const std::lock_guard lock(mutex);
    if (keys && before == changes) for_reading.put(id, keys);
    return keys;
}

Result<KeyRing::Impl::Keys> KeyRing::Impl::keys_to_seal(const AppendEvent& event) {
    const auto& id = event.header.case_id;
    auto& known = unwritten[id];
    if (!known.keys) {
        const std::lock_guard lock(mutex);
        known.keys = for_sealing.find(id);
    }
    if (!known.keys && event.header.version > 1) {
        ANJIE_TRY(known.keys, read_keys(id));
    }
    if (!known.keys) known.keys = std::make_shared<const CaseKeys>();
    std::optional<CaseKeys> more;
    for (const auto subject : subjects_of(event.body.sealed)) {
        if (const auto* key = known.keys->newest(subject)) {
            if (key->state == KeyState::restricted)
                return failure(ErrorCode::invalid, fmt::format("texts of subject {} of case {} may only be stored: "
                                                               "nothing new is sealed until that is lifted",
                                                               subject, to_string(id)));
            continue;
        }
        if (!more) more = *known.keys;
        DataKey key{{}, random.take<sizeof(SecretKey)>()};
        key.commitment = commitment_of(suite.hasher, id, subject, key.key);
        more->keys.push_back({subject, KeyState::usable, key});
    }
    if (more) known = {std::make_shared<const CaseKeys>(std::move(*more)), true};
    return known.keys;
}

std::unique_lock<std::mutex> KeyRing::exclusive() { return std::unique_lock(impl_->exclusive); }

Result<BytesView> KeyRing::seal(const AppendEvent& event) {
    auto& part = impl_->part;
    part.clear();
    const auto& fields = event.body.sealed;
    if (fields.empty()) return BytesView{};
    ANJIE_CHECK(check_lengths(fields));
    ANJIE_TRY(const auto keys, impl_->keys_to_seal(event));
    begin_sealed_part(part);
    std::vector<std::uint16_t> places;
    for (const auto subject : subjects_of(fields)) {
        places.clear();
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (fields[i].subject == subject) places.push_back(static_cast<std::uint16_t>(i));
        append_group(part, impl_->suite, {event.header.case_id, event.header.version}, keys->newest(subject)->key,
                     impl_->random.take<sizeof(Nonce)>(), subject, fields, places);
    }
    return BytesView(part);
}

Result<std::vector<KeyRows::Row>> KeyRing::rows_to_write() {
    std::vector<KeyRows::Row> rows;
    if (std::ranges::none_of(impl_->unwritten, [](const auto& one) { return one.second.changed; })) return rows;
    ANJIE_TRY(const auto master, impl_->current_master());
    for (const auto& [id, keys] : impl_->unwritten)
        if (keys.changed)
            rows.emplace_back(detail::row_key(id), wrap_keys(impl_->suite.cipher, master,
                                                             impl_->random.take<sizeof(Nonce)>(), id, *keys.keys));
    return rows;
}

void KeyRing::written() {
    const std::lock_guard lock(impl_->mutex);
    for (auto& [id, keys] : impl_->unwritten) {
        if (keys.changed) {
            impl_->for_reading.forget(id);
            ++impl_->changes;
        }
        impl_->for_sealing.put(id, std::move(keys.keys));
    }
    impl_->unwritten.clear();
}

void KeyRing::forget_unwritten() { impl_->unwritten.clear(); }

void KeyRing::forget_opened() {
    const std::lock_guard lock(impl_->mutex);
    impl_->for_sealing.clear();
    impl_->for_reading.clear();
    ++impl_->changes;
}

Result<std::vector<SealedField>> KeyRing::unseal(const EventView& event) const {
    ANJIE_TRY(const auto groups, read_groups(event.sealed));
    if (groups.empty()) return std::vector<SealedField>{};
    const auto& header = event.header;
    const auto broken = [&](std::string_view what) {
        return failure(ErrorCode::corrupt,
                       fmt::format("version {} of case {}: {}", header.version, to_string(header.case_id), what));
    };
    ANJIE_TRY(const auto keys, impl_->keys_to_read(header.case_id));
    if (!keys) return broken("the row of the case's keys is missing");
    std::vector<std::pair<std::uint16_t, SealedField>> placed;
    for (const auto& group : groups) {
        const auto* key = keys->find(group.subject, group.commitment);
        if (key == nullptr)
            return broken(fmt::format("the key of subject {} is neither there nor erased", group.subject));
        std::vector<std::string> texts(group.fields.size());
        if (key->state == KeyState::usable) {
            auto opened = open_group(impl_->suite.cipher, {header.case_id, header.version}, group, key->key.key);
            if (!opened) return broken(opened.error().detail);
            texts = std::move(*opened);
        }
        const auto readability = key->state == KeyState::usable       ? Readability::readable
                                 : key->state == KeyState::restricted ? Readability::restricted
                                                                      : Readability::erased;
        for (std::size_t i = 0; i < texts.size(); ++i)
            placed.emplace_back(group.fields[i].place,
                                SealedField{group.subject, group.fields[i].field, std::move(texts[i]), readability});
    }
    std::ranges::stable_sort(placed, {}, [](const auto& one) { return one.first; });
    std::vector<SealedField> fields;
    fields.reserve(placed.size());
    for (auto& [place, field] : placed) fields.push_back(std::move(field));
    return fields;
}

}  // namespace anjie
