#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/trust/merkle.hpp"

// The tree cut into files of 256 hashes, as c2sp.org/tlog-tiles has it. Whoever holds the tiles of a size can make
// every root and every proof up to that size.

namespace anjie {

/// Names a tile: the subtrees of 256^level leaves from number index * 256 on, `width` of them.
struct Tile {
    static constexpr unsigned width_max = 256;
    static constexpr unsigned level_max = 7;  ///< No tree of fewer than 2^63 leaves has a higher one.

    unsigned level{};
    std::uint64_t index{};
    unsigned width{width_max};

    bool operator==(const Tile&) const = default;
};

/// "tile/1/x001/x234/067", and ".p/44" after it when the tile is not full.
[[nodiscard]] std::string tile_path(const Tile& tile);
/// "tile/entries/000.p/44": where the entries of the leaves of a tile of level 0 lie. Requires: level 0.
[[nodiscard]] std::string entries_path(const Tile& tile);
/// Errors: `invalid` unless it is exactly what `tile_path` writes.
[[nodiscard]] Result<Tile> parse_tile_path(std::string_view path);

/// The tile that holds a subtree of `level` (in tiles, not in hashes) and `index` in a tree of `size` leaves, as wide
/// as that tree has it; width 0 when the tree has no such tile.
[[nodiscard]] Tile tile_of(unsigned level, std::uint64_t index, std::uint64_t size);
/// Calls `visit` for every tile of a tree, level by level; a tree of no leaves has none. Cost: size / 255 calls, so
/// bound a size that comes from outside.
void for_each_tile(std::uint64_t size, const std::function<void(const Tile&)>& visit);

/// The tile's bytes: its hashes one after another. Requires: the tree has them. Errors: those of `hashes`.
[[nodiscard]] Result<Bytes> tile_bytes(const HashReader& hashes, const Tile& tile);
/// Errors: `corrupt` unless there are 32 bytes for each hash of the tile.
[[nodiscard]] Result<std::vector<Hash>> parse_tile(const Tile& tile, BytesView bytes);

/// Reads the hashes of a tree of `size` leaves from its tiles. The hashes are as good as the tiles: check the root
/// against a checkpoint (`tree_root`), and every proof against that root.
class TileHashes final : public HashReader {
public:
    using Read = std::function<Result<Bytes>(const Tile&)>;

    /// Lifetime: of `hasher`, this object's.
    TileHashes(const Hasher& hasher, std::uint64_t size, Read read)
        : hasher_(hasher), size_(size), read_(std::move(read)) {}
    [[nodiscard]] Result<Hash> subtree(unsigned level, std::uint64_t index) const override;

private:
    const Hasher& hasher_;
    std::uint64_t size_;
    Read read_;
};

}  // namespace anjie
