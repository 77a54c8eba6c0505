#include "storage/rocksdb/detail/key_family.hpp"

#include <memory>

#include "storage/rocksdb/detail/database_options.hpp"
#include "storage/rocksdb/detail/status.hpp"

namespace anjie::detail {
namespace {

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Result<std::optional<std::string>> KeyFamily::get(std::string_view key) const {
    std::string row;
    const auto status = database_.Get({}, family_, slice(key), &row);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return read_failure_of(status, "cannot read a row of keys");
    return row;
}

Result<void> KeyFamily::write(const std::vector<Row>& rows) {
    auto batch = protected_batch();
    for (const auto& [key, row] : rows)
        if (const auto status = batch.Put(family_, key, row); !status.ok())
            return failure_of(status, "cannot put keys into a batch");
    rocksdb::WriteOptions options;
    options.sync = synchronous_;
    if (const auto status = database_.Write(options, &batch); !status.ok())
        return failure(ErrorCode::unavailable, "cannot write keys: " + status.ToString());
    return {};
}

Result<std::vector<KeyRows::Row>> KeyFamily::after(std::string_view after, std::size_t limit) const {
    const std::unique_ptr<rocksdb::Iterator> found(database_.NewIterator({}, family_));
    std::vector<Row> rows;
    for (found->Seek(slice(after)); found->Valid() && rows.size() < limit; found->Next())
        if (found->key() != slice(after)) rows.emplace_back(found->key().ToString(), found->value().ToString());
    if (!found->status().ok()) return read_failure_of(found->status(), "cannot read the rows of keys");
    return rows;
}

}  // namespace anjie::detail
