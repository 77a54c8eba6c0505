#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "engine/trust/merkle.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"

namespace anjie {

/// The Merkle tree over the first `size` events of a store. Hashes read once are kept, up to 16 MiB.
/// Threads: one at a time; several readers may be at work, also while the store appends.
class RocksDbTree final : public HashReader {
public:
    /// Requires: size <= the store's head. Lifetime: of the store, this object's.
    RocksDbTree(const RocksDbStore& store, std::uint64_t size);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] Result<Hash> subtree(unsigned level, std::uint64_t index) const override;
    /// Tile `number` of a level of tiles as C2SP tlog-tiles names it: 256 hashes, or fewer at the tree's end.
    /// Errors: `not_found` when the tree has none of it, `corrupt`, `unavailable`. Lifetime: until the next call.
    [[nodiscard]] Result<std::span<const Hash>> tile(unsigned level, std::uint64_t number) const;
    [[nodiscard]] Result<Hash> root() const;

private:
    const RocksDbStore& store_;
    std::uint64_t size_;
    mutable std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> tiles_;
};

}  // namespace anjie
