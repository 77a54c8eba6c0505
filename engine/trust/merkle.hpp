#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/trust/crypto.hpp"

// The Merkle tree of RFC 6962 section 2.1 over the log. Leaf i is the event at position i + 1.

namespace anjie {

/// Gives hashes of complete subtrees. Threads: one at a time.
class HashReader {
public:
    virtual ~HashReader() = default;
    /// The root over the leaves [index * 2^level, (index + 1) * 2^level).
    /// Requires: all of them are in the log. Errors: `corrupt`, `unavailable`.
    [[nodiscard]] virtual Result<Hash> subtree(unsigned level, std::uint64_t index) const = 0;
};

/// Gives the hashes of leaves held in memory. Cost: each subtree is computed anew.
class LeafHashes final : public HashReader {
public:
    /// Lifetime: of both arguments, this object's.
    LeafHashes(const Hasher& hasher, std::span<const Hash> leaves) : hasher_(hasher), leaves_(leaves) {}
    [[nodiscard]] Result<Hash> subtree(unsigned level, std::uint64_t index) const override;

private:
    const Hasher& hasher_;
    std::span<const Hash> leaves_;
};

/// Builds a root from leaves in order, keeping one hash per level.
class TreeBuilder {
public:
    explicit TreeBuilder(const Hasher& hasher) : hasher_(hasher) {}
    void add(const Hash& leaf);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Of nothing: the digest of no bytes.
    [[nodiscard]] Hash root() const;

private:
    const Hasher& hasher_;
    std::uint64_t size_{};
    std::vector<Hash> complete_;  ///< Roots of the complete subtrees, largest first.
};

/// The root over the leaves [begin, end). Requires: begin is a multiple of the largest power of two below the length,
/// as every range is that RFC 6962 splits off.
[[nodiscard]] Result<Hash> range_root(const Hasher& hasher, const HashReader& hashes, std::uint64_t begin,
                                      std::uint64_t end);
[[nodiscard]] inline Result<Hash> tree_root(const Hasher& hasher, const HashReader& hashes, std::uint64_t size) {
    return range_root(hasher, hashes, 0, size);
}

/// Proves that a leaf is in the tree of `size` leaves; the leaf's sibling comes first. Requires: index < size.
[[nodiscard]] Result<std::vector<Hash>> prove_inclusion(const Hasher& hasher, const HashReader& hashes,
                                                        std::uint64_t index, std::uint64_t size);
/// Proves that the tree of `size` leaves begins with the tree of `old_size`. Requires: old_size <= size.
[[nodiscard]] Result<std::vector<Hash>> prove_consistency(const Hasher& hasher, const HashReader& hashes,
                                                          std::uint64_t old_size, std::uint64_t size);

/// Errors: `corrupt` with the reason when the proof does not show it. Any bytes may be passed.
[[nodiscard]] Result<void> verify_inclusion(const Hasher& hasher, const Hash& leaf, std::uint64_t index,
                                            std::uint64_t size, std::span<const Hash> proof, const Hash& root);
/// Errors: as `verify_inclusion`.
[[nodiscard]] Result<void> verify_consistency(const Hasher& hasher, std::uint64_t old_size, const Hash& old_root,
                                              std::uint64_t size, const Hash& root, std::span<const Hash> proof);

/// A leaf shown by a proof of many.
struct ShownLeaf {
    std::uint64_t index{};
    Hash hash;

    bool operator==(const ShownLeaf&) const = default;
};

/// Proves many leaves at once: the roots of the largest subtrees that hold none of them, left to right. It grows with
/// the leaves shown, not with leaves times depth; when all are shown it is empty.
/// Requires: `indices` ascending without repeats, each < size.
[[nodiscard]] Result<std::vector<Hash>> prove_many(const Hasher& hasher, const HashReader& hashes,
                                                   std::span<const std::uint64_t> indices, std::uint64_t size);
/// Errors: `corrupt` with the reason: leaves out of order or outside, hashes missing or left over, another root.
[[nodiscard]] Result<void> verify_many(const Hasher& hasher, std::span<const ShownLeaf> leaves, std::uint64_t size,
                                       std::span<const Hash> proof, const Hash& root);

}  // namespace anjie
