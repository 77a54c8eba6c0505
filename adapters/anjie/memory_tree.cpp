#include "adapters/anjie/memory_tree.hpp"

#include <fmt/format.h>

namespace anjie {

void MemoryTree::add(const Hash& leaf) {
    auto hash = leaf;
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        auto& hashes = levels_[level];
        hashes.push_back(hash);
        if (hashes.size() % 2 != 0) return;
        hash = hasher_.node(hashes[hashes.size() - 2], hashes.back());
    }
}

Result<Hash> MemoryTree::subtree(unsigned level, std::uint64_t index) const {
    if (level >= levels_.size() || index >= levels_[level].size())
        return failure(ErrorCode::corrupt, fmt::format("there is no complete subtree {} at level {}", index, level));
    return levels_[level][index];
}

}  // namespace anjie
