#include "storage/rocksdb/detail/tree.hpp"

#include "engine/assert.hpp"
#include "engine/trust/merkle.hpp"
#include "storage/rocksdb/detail/big_endian.hpp"

namespace anjie::detail {

std::string tree_key(unsigned level, std::uint64_t index) {
    std::string key(1, static_cast<char>(level));
    append_big_endian(key, index);
    return key;
}

std::optional<TreeKey> parse_tree_key(std::string_view key) {
    if (key.size() != 1 + sizeof(std::uint64_t)) return std::nullopt;
    return TreeKey{static_cast<unsigned char>(key[0]), read_big_endian<std::uint64_t>(key.data() + 1)};
}

Hash root_over(const Hasher& hasher, std::span<const Hash> hashes) {
    TreeBuilder tree(hasher);
    for (const auto& hash : hashes) tree.add(hash);
    return tree.root();
}

void TreeFrontier::add(const Hash& leaf, const NewHash& made) {
    auto hash = leaf;
    auto index = size_++;
    for (unsigned level = 0;; ++level) {
        ANJIE_ASSERT(level < tile_levels);
        auto& hashes = levels_[level];
        hashes.push_back(hash);
        if (hashes.size() < tile_width) return;
        hash = root_over(*hasher_, hashes);
        hashes.clear();
        index /= tile_width;
        made({level + 1, index}, hash);
    }
}

void TreeFrontier::restore(std::uint64_t size, std::array<std::vector<Hash>, tile_levels> levels) {
    size_ = size;
    levels_ = std::move(levels);
}

Hash TreeFrontier::root() const {
    if (size_ == 0) return hasher_->digest({});
    // A level's hashes stand right of all that is full above; the binary digits of their number are its complete
    // subtrees, largest first, and what stands right of them joins from the right.
    std::optional<Hash> root;
    for (const auto& hashes : levels_)
        for (auto end = hashes.size(); end > 0;) {
            const auto width = end & (~end + 1);
            const auto piece = root_over(*hasher_, std::span(hashes).subspan(end - width, width));
            root = root ? hasher_->node(piece, *root) : piece;
            end -= width;
        }
    return *root;
}

}  // namespace anjie::detail
