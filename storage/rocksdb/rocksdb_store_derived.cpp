#include <fmt/format.h>

#include "storage/rocksdb/detail/status.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"

namespace anjie {
namespace {

using detail::Family;

constexpr std::string_view timers_name = "timers";
/// Names of rows are never empty and have no zero byte, so no row's key begins like a head's.
constexpr std::string_view head_prefix{"\0head\0", 6};
constexpr char head_format = 1;
constexpr std::size_t head_bytes = 1 + 4 + 8 + 4;

/// Where the rows of one generation stand.
struct Place {
    Family family;
    std::string prefix;

    [[nodiscard]] std::string key(std::string_view row) const {
        auto key = prefix;
        key += row;
        return key;
    }
};

Result<Place> place_of(const DerivedName& name) {
    if (name.name.empty() || name.name.find('\0') != std::string::npos)
        return failure(ErrorCode::invalid, "the name of derived rows is empty or has a zero byte");
    Place place{Family::projections, {}};
    if (name.name == timers_name)
        place.family = Family::timers;
    else
        place.prefix = name.name + '\0';
    detail::append_big_endian(place.prefix, name.generation);
    return place;
}

/// The first key after all keys with that prefix; empty when there is none.
std::string after_prefix(std::string prefix) {
    while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
    if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

std::string head_key(std::string_view name) { return std::string(head_prefix).append(name); }

std::string write_head(const DerivedHead& head) {
    std::string bytes(1, head_format);
    detail::append_big_endian(bytes, head.generation);
    detail::append_big_endian(bytes, head.cursor);
    detail::append_big_endian(bytes, head.code_version);
    return bytes;
}

Result<DerivedHead> read_head(std::string_view name, std::string_view bytes) {
    if (bytes.size() != head_bytes || bytes[0] != head_format)
        return failure(ErrorCode::corrupt, fmt::format("the head of {} is broken", name));
    return DerivedHead{detail::read_big_endian<std::uint32_t>(bytes.data() + 1),
                       detail::read_big_endian<Position>(bytes.data() + 5),
                       detail::read_big_endian<std::uint32_t>(bytes.data() + 13)};
}

rocksdb::Status put_rows(rocksdb::WriteBatch& batch, rocksdb::ColumnFamilyHandle* family, const Place& place,
                         const std::vector<DerivedWrite>& rows) {
    for (const auto& row : rows) {
        const auto key = place.key(row.key);
        const auto status = row.value ? batch.Put(family, key, *row.value) : batch.Delete(family, key);
        if (!status.ok()) return status;
    }
    return rocksdb::Status::OK();
}

}  // namespace

Result<std::optional<std::string>> RocksDbStore::get(const DerivedName& name, std::string_view key) const {
    ANJIE_TRY(auto values, get_many(name, {std::string(key)}));
    return std::move(values.front());
}

Result<std::vector<std::optional<std::string>>> RocksDbStore::get_many(const DerivedName& name,
                                                                       const std::vector<std::string>& keys) const {
    ANJIE_TRY(const auto place, place_of(name));
    std::vector<std::string> full;
    full.reserve(keys.size());
    for (const auto& key : keys) full.push_back(place.key(key));
    const std::vector<rocksdb::Slice> slices(full.begin(), full.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    impl_->db->MultiGet({}, impl_->family(place.family), slices.size(), slices.data(), found.data(), statuses.data());
    std::vector<std::optional<std::string>> values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (statuses[i].IsNotFound()) continue;
        if (!statuses[i].ok())
            return detail::read_failure_of(statuses[i], fmt::format("cannot read a row of {}", name.name));
        values[i] = found[i].ToString();
    }
    return values;
}

Result<void> RocksDbStore::scan(const DerivedName& name, std::string_view from, std::string_view to,
                                const RowVisitor& visit) const {
    if (!to.empty() && to <= from) return {};
    ANJIE_TRY(const auto place, place_of(name));
    const auto end = to.empty() ? after_prefix(place.prefix) : place.key(to);
    const rocksdb::Slice upper(end);
    rocksdb::ReadOptions options;
    options.total_order_seek = true;
    if (!end.empty()) options.iterate_upper_bound = &upper;
    const auto rows = impl_->iterate(options, place.family);
    for (rows->Seek(place.key(from)); rows->Valid(); rows->Next()) {
        const auto key = detail::view_of(rows->key());
        if (!visit(key.substr(place.prefix.size()), detail::view_of(rows->value()))) return {};
    }
    if (!rows->status().ok())
        return detail::read_failure_of(rows->status(), fmt::format("cannot read the rows of {}", name.name));
    return {};
}

Result<std::optional<DerivedHead>> RocksDbStore::head(std::string_view name) const {
    rocksdb::PinnableSlice value;
    const auto status = impl_->db->Get({}, impl_->family(Family::projections), head_key(name), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return detail::read_failure_of(status, fmt::format("cannot read the head of {}", name));
    ANJIE_TRY(const auto head, read_head(name, detail::view_of(value)));
    return head;
}

Result<std::vector<std::string>> RocksDbStore::names() const {
    const auto end = after_prefix(std::string(head_prefix));
    const rocksdb::Slice upper(end);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &upper;
    const auto heads = impl_->iterate(options, Family::projections);
    std::vector<std::string> names;
    for (heads->Seek(detail::slice_of(head_prefix)); heads->Valid(); heads->Next())
        names.emplace_back(detail::view_of(heads->key()).substr(head_prefix.size()));
    if (!heads->status().ok()) return detail::read_failure_of(heads->status(), "cannot read the names of derived rows");
    return names;
}

Result<void> RocksDbStore::write(const DerivedName& name, const std::vector<DerivedWrite>& rows,
                                 const std::optional<DerivedHead>& head) {
    ANJIE_CHECK(impl_->refuse_if_not_writable());
    ANJIE_TRY(const auto place, place_of(name));
    auto batch = detail::protected_batch();
    auto status = put_rows(batch, impl_->family(place.family), place, rows);
    if (status.ok() && head)
        status = batch.Put(impl_->family(Family::projections), head_key(name.name), write_head(*head));
    if (!status.ok()) return detail::failure_of(status, "cannot put a row into a batch");
    return impl_->commit({}, batch, fmt::format("cannot write the rows of {}", name.name));
}

Result<void> RocksDbStore::load(const DerivedName& name, const std::vector<DerivedWrite>& rows) {
    ANJIE_CHECK(impl_->refuse_if_not_writable());
    ANJIE_TRY(const auto place, place_of(name));
    rocksdb::WriteBatch batch;
    if (const auto status = put_rows(batch, impl_->family(place.family), place, rows); !status.ok())
        return detail::failure_of(status, "cannot put a row into a batch");
    rocksdb::WriteOptions options;
    options.disableWAL = true;
    return impl_->commit(options, batch, fmt::format("cannot load the rows of {}", name.name));
}

Result<void> RocksDbStore::make_durable() {
    ANJIE_CHECK(impl_->refuse_if_not_writable());
    // Loaded rows are only in memory: they go to table files. Everything else is in the write-ahead log.
    for (const auto family : {Family::timers, Family::projections})
        if (const auto status = impl_->db->Flush({}, impl_->family(family)); !status.ok())
            return detail::failure_of(status, "cannot make derived rows durable");
    if (const auto status = impl_->db->SyncWAL(); !status.ok())
        return detail::failure_of(status, "cannot make the write-ahead log durable");
    return {};
}

Result<void> RocksDbStore::drop(const DerivedName& name) {
    ANJIE_CHECK(impl_->refuse_if_not_writable());
    ANJIE_TRY(const auto place, place_of(name));
    auto* family = impl_->family(place.family);
    const auto end = after_prefix(place.prefix);
    auto batch = detail::protected_batch();
    // Generation 0xffffffff of the timers has no key after it; nobody gets that far.
    if (end.empty()) return failure(ErrorCode::invalid, "the last possible generation cannot be dropped");
    if (const auto status = batch.DeleteRange(family, place.prefix, end); !status.ok())
        return detail::failure_of(status, "cannot put a deletion into a batch");
    return impl_->commit({}, batch, fmt::format("cannot drop the rows of {}", name.name));
}

}  // namespace anjie
