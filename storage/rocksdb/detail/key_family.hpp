#pragma once

#include <rocksdb/db.h>

#include "storage/sealing/key_ring.hpp"

namespace anjie::detail {

/// Rows of wrapped keys in the family `keys`. Lifetime: not longer than the database.
class KeyFamily final : public KeyRows {
public:
    KeyFamily(rocksdb::DB& database, rocksdb::ColumnFamilyHandle* family, bool synchronous)
        : database_(database), family_(family), synchronous_(synchronous) {}

    [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const override;
    [[nodiscard]] Result<void> write(const std::vector<Row>& rows) override;
    [[nodiscard]] Result<std::vector<Row>> after(std::string_view after, std::size_t limit) const override;

private:
    rocksdb::DB& database_;
    rocksdb::ColumnFamilyHandle* family_;
    bool synchronous_;
};

}  // namespace anjie::detail
