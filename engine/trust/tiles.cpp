#include "engine/trust/tiles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/assert.hpp"
#include "engine/trust/detail/text.hpp"

namespace anjie {
namespace {

constexpr unsigned bits_per_level = 8;

/// 1234067 as "x001/x234/067": no folder holds more than a thousand files, and no file has a folder's name.
std::string index_path(std::uint64_t index) {
    auto path = fmt::format("{:03}", index % 1000);
    while (index >= 1000) {
        index /= 1000;
        path = fmt::format("x{:03}/{}", index % 1000, path);
    }
    return path;
}

std::string width_path(unsigned width) {
    return width == Tile::width_max ? std::string{} : fmt::format(".p/{}", width);
}

}  // namespace

std::string tile_path(const Tile& tile) {
    return fmt::format("tile/{}/{}{}", tile.level, index_path(tile.index), width_path(tile.width));
}

std::string entries_path(const Tile& tile) {
    ANJIE_ASSERT(tile.level == 0);
    return fmt::format("tile/entries/{}{}", index_path(tile.index), width_path(tile.width));
}

Result<Tile> parse_tile_path(std::string_view path) {
    const auto not_a_path = [] { return failure(ErrorCode::invalid, "this is not the path of a tile"); };
    constexpr std::size_t path_bytes_max = 64;
    constexpr std::string_view start = "tile/";
    constexpr std::string_view partial = ".p/";
    const auto whole = path;
    if (path.size() > path_bytes_max || !path.starts_with(start)) return not_a_path();
    path.remove_prefix(start.size());
    Tile tile;
    if (const auto at = path.find(partial); at != std::string_view::npos) {
        const auto width = detail::parse_decimal(path.substr(at + partial.size()));
        if (!width || *width == 0 || *width >= Tile::width_max) return not_a_path();
        tile.width = static_cast<unsigned>(*width);
        path = path.substr(0, at);
    }
    const auto slash = path.find('/');
    const auto level = detail::parse_decimal(path.substr(0, slash));
    if (slash == std::string_view::npos || !level || *level > Tile::level_max) return not_a_path();
    tile.level = static_cast<unsigned>(*level);
    std::string digits;
    for (const char letter : path.substr(slash + 1))
        if (letter != 'x' && letter != '/') digits += letter;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - (digits.empty() ? 0 : 1)));
    const auto index = detail::parse_decimal(digits);
    if (!index) return not_a_path();
    tile.index = *index;
    // Written again it must be the same: that alone knows where an x, a slash and a zero belong.
    if (tile_path(tile) != whole) return not_a_path();
    return tile;
}

Tile tile_of(unsigned level, std::uint64_t index, std::uint64_t size) {
    ANJIE_ASSERT(level <= Tile::level_max);
    const auto subtrees = size >> (bits_per_level * level);
    const auto full = subtrees / Tile::width_max;
    Tile tile{level, index, 0};
    if (index < full) tile.width = Tile::width_max;
    if (index == full) tile.width = static_cast<unsigned>(subtrees % Tile::width_max);
    return tile;
}

void for_each_tile(std::uint64_t size, const std::function<void(const Tile&)>& visit) {
    for (unsigned level = 0; level <= Tile::level_max; ++level)
        for (std::uint64_t index = 0;; ++index) {
            const auto tile = tile_of(level, index, size);
            if (tile.width == 0) break;
            visit(tile);
        }
}

Result<Bytes> tile_bytes(const HashReader& hashes, const Tile& tile) {
    ANJIE_ASSERT(tile.width > 0 && tile.width <= Tile::width_max);
    Bytes bytes;
    bytes.reserve(tile.width * sizeof(Hash::bytes));
    for (std::uint64_t i = 0; i < tile.width; ++i) {
        ANJIE_TRY(const auto hash, hashes.subtree(bits_per_level * tile.level, tile.index * Tile::width_max + i));
        bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
    }
    return bytes;
}

Result<std::vector<Hash>> parse_tile(const Tile& tile, BytesView bytes) {
    if (bytes.size() != tile.width * sizeof(Hash::bytes))
        return failure(ErrorCode::corrupt, fmt::format("{} has {} bytes where {} are due", tile_path(tile),
                                                       bytes.size(), tile.width * sizeof(Hash::bytes)));
    std::vector<Hash> hashes(tile.width);
    for (std::size_t i = 0; i < hashes.size(); ++i)
        std::ranges::copy(bytes.subspan(i * sizeof(Hash::bytes), sizeof(Hash::bytes)), hashes[i].bytes.begin());
    return hashes;
}

Result<Hash> TileHashes::subtree(unsigned level, std::uint64_t index) const {
    const auto within = level % bits_per_level;
    const auto first = index << within;
    const auto tile = tile_of(level / bits_per_level, first / Tile::width_max, size_);
    const auto begin = static_cast<std::size_t>(first % Tile::width_max);
    const auto count = std::size_t{1} << within;
    if (begin + count > tile.width)
        return failure(ErrorCode::corrupt,
                       fmt::format("a tree of {} leaves has no complete subtree {} at level {}", size_, index, level));
    ANJIE_TRY(const auto bytes, read_(tile));
    ANJIE_TRY(const auto hashes, parse_tile(tile, bytes));
    TreeBuilder tree(hasher_);
    for (const auto& hash : std::span(hashes).subspan(begin, count)) tree.add(hash);
    return tree.root();
}

}  // namespace anjie
