#include "storage/rocksdb/rocksdb_tree.hpp"

#include <fmt/format.h>

#include "engine/assert.hpp"
#include "storage/rocksdb/detail/status.hpp"
#include "storage/rocksdb/detail/store_impl.hpp"

namespace anjie {
namespace {

constexpr std::size_t tiles_kept = 2048;

using detail::Family;

}  // namespace

Result<std::vector<Hash>> RocksDbStore::Impl::read_leaf_hashes(Position first, std::uint64_t count) const {
    std::vector<Hash> hashes;
    hashes.reserve(count);
    const auto rows = iterate({}, Family::feed);
    auto next = first;
    for (rows->SeekForPrev(detail::feed_key(first)); rows->Valid() && hashes.size() < count; rows->Next()) {
        ANJIE_TRY(const auto entries,
                  detail::FeedChunk::read(detail::view_of(rows->key()), detail::view_of(rows->value())));
        if (next < entries.first() || next > entries.last()) break;
        for (; next <= entries.last() && hashes.size() < count; ++next)
            hashes.push_back(entries.entry(static_cast<std::uint32_t>(next - entries.first())).leaf);
    }
    if (!rows->status().ok()) return detail::read_failure_of(rows->status(), "cannot read the feed");
    if (hashes.size() < count) return failure(ErrorCode::corrupt, fmt::format("the feed has no position {}", next));
    return hashes;
}

Result<std::vector<Hash>> RocksDbStore::Impl::read_tree_hashes(unsigned level, std::uint64_t first,
                                                               std::uint64_t count) const {
    std::vector<Hash> hashes;
    if (count == 0) return hashes;
    if (level == 0) return read_leaf_hashes(first + 1, count);
    const auto rows = iterate({}, Family::tree);
    for (rows->Seek(detail::tree_key(level, first)); rows->Valid() && hashes.size() < count; rows->Next()) {
        const auto key = detail::parse_tree_key(detail::view_of(rows->key()));
        Hash hash;
        if (key != detail::TreeKey{level, first + hashes.size()} || rows->value().size() != hash.bytes.size()) break;
        std::memcpy(hash.bytes.data(), rows->value().data(), hash.bytes.size());
        hashes.push_back(hash);
    }
    if (!rows->status().ok()) return detail::read_failure_of(rows->status(), "cannot read the tree");
    if (hashes.size() < count)
        return failure(ErrorCode::corrupt,
                       fmt::format("the tree has no hash {} at level {}", first + hashes.size(), level));
    return hashes;
}

Result<void> RocksDbStore::Impl::restore_frontier() {
    const auto size = head.load();
    std::array<std::vector<Hash>, detail::tile_levels> levels;
    auto hashes = size;
    for (unsigned level = 0; level < detail::tile_levels; ++level, hashes /= detail::tile_width) {
        const auto left = hashes % detail::tile_width;
        ANJIE_TRY(levels[level], read_tree_hashes(level, hashes - left, left));
    }
    frontier.emplace(crypto.hasher).restore(size, std::move(levels));
    return {};
}

RocksDbTree::RocksDbTree(const RocksDbStore& store, std::uint64_t size) : store_(store), size_(size) {
    ANJIE_ASSERT(size <= store.head());
}

Result<std::span<const Hash>> RocksDbTree::tile(unsigned level, std::uint64_t number) const {
    if (const auto found = tiles_.find({level, number}); found != tiles_.end())
        return std::span<const Hash>(found->second);
    auto hashes = size_;
    for (unsigned below = 0; below < level; ++below) hashes /= detail::tile_width;
    if (level >= detail::tile_levels || number > hashes / detail::tile_width || number * detail::tile_width == hashes)
        return failure(ErrorCode::not_found,
                       fmt::format("a tree of {} has no tile {} at level {}", size_, number, level));
    const auto first = number * detail::tile_width;
    ANJIE_TRY(auto read, store_.impl().read_tree_hashes(level, first, std::min(detail::tile_width, hashes - first)));
    if (tiles_.size() >= tiles_kept) tiles_.clear();
    return std::span<const Hash>(tiles_.insert_or_assign({level, number}, std::move(read)).first->second);
}

Result<Hash> RocksDbTree::subtree(unsigned level, std::uint64_t index) const {
    const auto within = level % detail::tile_height;
    const auto first = index << within;
    ANJIE_TRY(const auto hashes, tile(level / detail::tile_height, first / detail::tile_width));
    const auto from = first % detail::tile_width;
    const auto count = std::uint64_t{1} << within;
    if (hashes.size() < from + count)
        return failure(ErrorCode::invalid,
                       fmt::format("a tree of {} has no subtree {} at level {}", size_, index, level));
    return detail::root_over(store_.impl().crypto.hasher, hashes.subspan(from, count));
}

Result<Hash> RocksDbTree::root() const { return tree_root(store_.impl().crypto.hasher, *this, size_); }

}  // namespace anjie
