#include "engine/trust/merkle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "engine/assert.hpp"

namespace anjie {
namespace {

/// Where RFC 6962 splits a range of more than one leaf: the largest power of two below its length.
std::uint64_t split_of(std::uint64_t length) { return std::bit_floor(length - 1); }

std::unexpected<Error> not_shown(std::string reason) { return failure(ErrorCode::corrupt, std::move(reason)); }

}  // namespace

Result<Hash> LeafHashes::subtree(unsigned level, std::uint64_t index) const {
    const auto begin = index << level;
    if (level >= 64 || leaves_.size() < begin + (1ull << level))
        return failure(ErrorCode::corrupt, fmt::format("there is no complete subtree {} at level {}", index, level));
    TreeBuilder tree(hasher_);
    for (const auto& leaf : leaves_.subspan(begin, 1ull << level)) tree.add(leaf);
    return tree.root();
}

void TreeBuilder::add(const Hash& leaf) {
    auto hash = leaf;
    for (auto full = std::countr_one(size_); full > 0; --full) {
        hash = hasher_.node(complete_.back(), hash);
        complete_.pop_back();
    }
    complete_.push_back(hash);
    ++size_;
}

Hash TreeBuilder::root() const {
    if (complete_.empty()) return hasher_.digest({});
    auto root = complete_.back();
    for (auto i = complete_.size() - 1; i-- > 0;) root = hasher_.node(complete_[i], root);
    return root;
}

Result<Hash> range_root(const Hasher& hasher, const HashReader& hashes, std::uint64_t begin, std::uint64_t end) {
    ANJIE_ASSERT(begin <= end);
    if (begin == end) return hasher.digest({});
    if (std::has_single_bit(end - begin)) {
        const auto level = static_cast<unsigned>(std::countr_zero(end - begin));
        return hashes.subtree(level, begin >> level);
    }
    const auto middle = begin + split_of(end - begin);
    ANJIE_TRY(const auto left, range_root(hasher, hashes, begin, middle));
    ANJIE_TRY(const auto right, range_root(hasher, hashes, middle, end));
    return hasher.node(left, right);
}

Result<std::vector<Hash>> prove_inclusion(const Hasher& hasher, const HashReader& hashes, std::uint64_t index,
                                          std::uint64_t size) {
    ANJIE_ASSERT(index < size);
    std::vector<Hash> proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const auto middle = begin + split_of(end - begin);
        const bool left = index < middle;
        ANJIE_TRY(auto sibling, range_root(hasher, hashes, left ? middle : begin, left ? end : middle));
        proof.push_back(sibling);
        (left ? end : begin) = middle;
    }
    std::ranges::reverse(proof);
    return proof;
}

Result<std::vector<Hash>> prove_consistency(const Hasher& hasher, const HashReader& hashes, std::uint64_t old_size,
                                            std::uint64_t size) {
    ANJIE_ASSERT(old_size <= size);
    std::vector<Hash> proof;
    if (old_size == 0 || old_size == size) return proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (old_size != end) {  // The old tree ends within [begin, end).
        const auto middle = begin + split_of(end - begin);
        const bool left = old_size <= middle;
        ANJIE_TRY(auto sibling, range_root(hasher, hashes, left ? middle : begin, left ? end : middle));
        proof.push_back(sibling);
        (left ? end : begin) = middle;
    }
    // The verifier has the old root itself when the old tree is a complete subtree of the new.
    if (begin != 0) {
        ANJIE_TRY(auto seed, range_root(hasher, hashes, begin, end));
        proof.push_back(seed);
    }
    std::ranges::reverse(proof);
    return proof;
}

Result<void> verify_inclusion(const Hasher& hasher, const Hash& leaf, std::uint64_t index, std::uint64_t size,
                              std::span<const Hash> proof, const Hash& root) {
    if (index >= size) return not_shown(fmt::format("leaf {} is outside a tree of {}", index, size));
    const auto inner = static_cast<std::size_t>(std::bit_width(index ^ (size - 1)));
    const auto border = static_cast<std::size_t>(inner < 64 ? std::popcount(index >> inner) : 0);
    if (proof.size() != inner + border)
        return not_shown(fmt::format("the proof has {} hashes where {} are due", proof.size(), inner + border));
    auto hash = leaf;
    for (std::size_t k = 0; k < proof.size(); ++k)
        hash = k >= inner || (index >> k & 1) != 0 ? hasher.node(proof[k], hash) : hasher.node(hash, proof[k]);
    if (hash != root) return not_shown("the proof leads to another root");
    return {};
}

Result<void> verify_consistency(const Hasher& hasher, std::uint64_t old_size, const Hash& old_root, std::uint64_t size,
                                const Hash& root, std::span<const Hash> proof) {
    if (old_size > size) return not_shown(fmt::format("a tree of {} cannot begin with one of {}", size, old_size));
    if (old_size == size || old_size == 0) {
        if (!proof.empty()) return not_shown("the proof has hashes where none are due");
        if (old_size == size && old_root != root) return not_shown("two trees of one size have different roots");
        if (old_size == 0 && old_root != hasher.digest({})) return not_shown("the old root is not that of no leaves");
        return {};
    }
    const auto index = old_size - 1;
    const auto shift = static_cast<std::size_t>(std::countr_zero(old_size));
    const auto width = static_cast<std::size_t>(std::bit_width(index ^ (size - 1)));
    const auto border = static_cast<std::size_t>(width < 64 ? std::popcount(index >> width) : 0);
    const auto inner = width - shift;
    const bool seeded = !std::has_single_bit(old_size);
    if (proof.size() != inner + border + (seeded ? 1 : 0))
        return not_shown(fmt::format("the proof has {} hashes where {} are due", proof.size(),
                                     inner + border + (seeded ? 1 : 0)));
    auto old_hash = seeded ? proof[0] : old_root;
    auto new_hash = old_hash;
    const auto path = proof.subspan(seeded ? 1 : 0);
    for (std::size_t k = 0; k < path.size(); ++k) {
        if (k >= inner || (index >> shift >> k & 1) != 0) {
            old_hash = hasher.node(path[k], old_hash);
            new_hash = hasher.node(path[k], new_hash);
        } else {
            new_hash = hasher.node(new_hash, path[k]);
        }
    }
    if (old_hash != old_root) return not_shown("the proof does not lead to the old root");
    if (new_hash != root) return not_shown("the proof does not lead to the new root");
    return {};
}

namespace {

/// Walks a proof of many, consuming leaves and hashes left to right.
class ManyVerifier {
public:
    ManyVerifier(const Hasher& hasher, std::span<const ShownLeaf> leaves, std::span<const Hash> proof)
        : hasher_(hasher), leaves_(leaves), proof_(proof) {}

    Result<Hash> root(std::uint64_t begin, std::uint64_t end) {
        if (leaves_.empty() || leaves_.front().index >= end) {
            if (proof_.empty()) return not_shown("the proof has too few hashes");
            const auto hash = proof_.front();
            proof_ = proof_.subspan(1);
            return hash;
        }
        if (end - begin == 1) {
            const auto hash = leaves_.front().hash;
            leaves_ = leaves_.subspan(1);
            return hash;
        }
        const auto middle = begin + split_of(end - begin);
        ANJIE_TRY(const auto left, root(begin, middle));
        ANJIE_TRY(const auto right, root(middle, end));
        return hasher_.node(left, right);
    }
    [[nodiscard]] bool used_up() const { return leaves_.empty() && proof_.empty(); }

private:
    const Hasher& hasher_;
    std::span<const ShownLeaf> leaves_;
    std::span<const Hash> proof_;
};

Result<void> collect_rest(const Hasher& hasher, const HashReader& hashes, std::span<const std::uint64_t>& indices,
                          std::uint64_t begin, std::uint64_t end, std::vector<Hash>& proof) {
    if (indices.empty() || indices.front() >= end) {
        ANJIE_TRY(auto hash, range_root(hasher, hashes, begin, end));
        proof.push_back(hash);
        return {};
    }
    if (end - begin == 1) {
        indices = indices.subspan(1);
        return {};
    }
    const auto middle = begin + split_of(end - begin);
    ANJIE_CHECK(collect_rest(hasher, hashes, indices, begin, middle, proof));
    return collect_rest(hasher, hashes, indices, middle, end, proof);
}

}  // namespace

Result<std::vector<Hash>> prove_many(const Hasher& hasher, const HashReader& hashes,
                                     std::span<const std::uint64_t> indices, std::uint64_t size) {
    std::vector<Hash> proof;
    if (size == 0) return proof;
    ANJIE_CHECK(collect_rest(hasher, hashes, indices, 0, size, proof));
    ANJIE_ASSERT(indices.empty());
    return proof;
}

Result<void> verify_many(const Hasher& hasher, std::span<const ShownLeaf> leaves, std::uint64_t size,
                         std::span<const Hash> proof, const Hash& root) {
    for (std::size_t i = 1; i < leaves.size(); ++i)
        if (leaves[i].index <= leaves[i - 1].index) return not_shown("the leaves shown are not in ascending order");
    if (!leaves.empty() && leaves.back().index >= size)
        return not_shown(fmt::format("leaf {} is outside a tree of {}", leaves.back().index, size));
    if (size == 0) {
        if (!proof.empty() || root != hasher.digest({})) return not_shown("not the root of no leaves");
        return {};
    }
    ManyVerifier verifier(hasher, leaves, proof);
    ANJIE_TRY(const auto computed, verifier.root(0, size));
    if (!verifier.used_up()) return not_shown("the proof has hashes left over");
    if (computed != root) return not_shown("the leaves shown lead to another root");
    return {};
}

}  // namespace anjie
