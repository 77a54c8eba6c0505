#include <cstdlib>
#include <cstring>

#include "engine/trust/tiles.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/fuzz/edited.hpp"

namespace {

using namespace anjie;
using test::suite;

const std::vector<Hash> leaves = test::sample_leaves(300);

}  // namespace

// A path names one tile in one way; tiles of any bytes give roots and proofs, or a reason, never more than they hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::FuzzBytes bytes(data, size);
    for (const auto* good : {"tile/1/x001/x234/067.p/44", "tile/0/000"}) {
        const auto path = test::raw_or_edited(good, bytes);
        if (const auto tile = parse_tile_path(path)) {
            if (tile_path(*tile) != path || tile->width == 0 || tile->width > Tile::width_max) std::abort();
            const auto hashes = parse_tile(*tile, std::as_bytes(bytes));
            if (hashes.has_value() != (bytes.size() == tile->width * 32)) std::abort();
        }
    }
    if (bytes.size() < 17) return 0;
    std::uint64_t tree_size = 0;
    std::uint64_t index = 0;
    std::memcpy(&tree_size, data, 8);
    std::memcpy(&index, data + 8, 8);
    // Of all magnitudes, below 2^63.
    tree_size = tree_size >> (1 + data[16] % 63);
    if (tree_size == 0) return 0;
    const auto rest = bytes.subspan(17);
    const TileHashes tiles(suite().hasher, tree_size, [&](const Tile& tile) -> Result<Bytes> {
        if (tile.width == 0 || tile.width > Tile::width_max) std::abort();
        if (rest.size() % 3 == 0) return failure(ErrorCode::not_found, tile_path(tile));
        Bytes content(tile.width * 32 - (rest.size() % 3 == 1 ? 0 : 1));
        for (std::size_t i = 0; i < content.size(); ++i) content[i] = std::byte{rest[i % rest.size()]};
        return content;
    });
    const auto root = tree_root(suite().hasher, tiles, tree_size);
    if (root.has_value() != (rest.size() % 3 == 1)) std::abort();
    const auto proof = prove_inclusion(suite().hasher, tiles, index % tree_size, tree_size);
    if (proof.has_value() != root.has_value() && tree_size > 1) std::abort();
    (void)prove_consistency(suite().hasher, tiles, index % tree_size, tree_size);
    return 0;
}
