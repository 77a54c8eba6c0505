#pragma once

#include <rocksdb/db.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "storage/rocksdb/detail/database_options.hpp"

namespace anjie::test {

/// A closed store opened behind Anjie's back with RocksDB's own means, as somebody would who wants to falsify it: every
/// checksum of RocksDB is right afterwards.
class Tampering {
public:
    /// Requires: a store that nobody has open.
    explicit Tampering(const std::filesystem::path& store);
    ~Tampering();
    Tampering(const Tampering&) = delete;
    Tampering& operator=(const Tampering&) = delete;

    [[nodiscard]] std::string record(const CaseId& id, Version version) const;
    void put_record(const CaseId& id, Version version, const std::string& bytes);
    void drop_record(const CaseId& id, Version version);
    /// Writes the leaf hash of what is stored into the feed, as a forger does who knows the format.
    void rewrite_leaf(Position position);
    /// Recomputes the whole stored tree from the feed.
    void rewrite_tree();

private:
    [[nodiscard]] rocksdb::ColumnFamilyHandle* family(detail::Family which) const {
        return handles_[static_cast<std::size_t>(which)];
    }

    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

}  // namespace anjie::test
