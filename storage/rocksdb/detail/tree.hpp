#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/trust/crypto.hpp"

namespace anjie::detail {

/// Hashes of one tile, as C2SP tlog-tiles has it: 256, so that a tile's root stands 8 levels higher.
inline constexpr unsigned tile_height = 8;
inline constexpr std::uint64_t tile_width = 1u << tile_height;
/// A log of 2^64 events has no more levels of tiles.
inline constexpr unsigned tile_levels = 8;

/// Key of hash `index` of tile level `level` > 0: the root over 256 hashes of the level below. Level 0 is in the feed.
[[nodiscard]] std::string tree_key(unsigned level, std::uint64_t index);
struct TreeKey {
    unsigned level{};
    std::uint64_t index{};

    bool operator==(const TreeKey&) const = default;
};
/// Errors: nullopt unless the key has the length of one.
[[nodiscard]] std::optional<TreeKey> parse_tree_key(std::string_view key);

/// The end of the tree: of each level of tiles the hashes that make no full tile yet. Threads: one at a time.
class TreeFrontier {
public:
    /// Told of each hash that completes a tile below it.
    using NewHash = std::function<void(TreeKey, const Hash&)>;

    explicit TreeFrontier(const Hasher& hasher) : hasher_(&hasher) {}

    [[nodiscard]] std::uint64_t size() const { return size_; }
    void add(const Hash& leaf, const NewHash& made);
    /// Sets what was stored. Requires: for each level l, the last (size / 256^l) mod 256 hashes of it.
    void restore(std::uint64_t size, std::array<std::vector<Hash>, tile_levels> levels);
    [[nodiscard]] Hash root() const;

private:
    const Hasher* hasher_;
    std::uint64_t size_{};
    std::array<std::vector<Hash>, tile_levels> levels_;
};

/// The root over at most 256 hashes of one level. Requires: not empty.
[[nodiscard]] Hash root_over(const Hasher& hasher, std::span<const Hash> hashes);

}  // namespace anjie::detail
