#include "engine/trust/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "engine/trust/log_proof.hpp"
#include "engine/trust/tiles.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/support/random.hpp"

namespace anjie {
namespace {

using test::log_key;
using test::suite;

Result<Bytes> no_tile(const Tile& tile) { return failure(ErrorCode::not_found, tile_path(tile)); }

LogProof proof_of(std::span<const Hash> leaves, std::uint64_t index) {
    const LeafHashes hashes(suite().hasher, leaves);
    const Checkpoint checkpoint{"mediation.example/log1", leaves.size(), test::root_of(leaves)};
    return {std::nullopt, index, prove_inclusion(suite().hasher, hashes, index, leaves.size()).value(),
            test::signed_checkpoint(checkpoint, log_key())};
}

}  // namespace

TEST_CASE("a checkpoint is read as strictly as it is written") {
    const auto checkpoint = test::sample_checkpoint(3);
    const auto text = checkpoint_text(checkpoint);
    CHECK(text == "mediation.example/log1\n3\n2y7/5k02NSvNTCYL3g4RODEMn3e4nUxXV4ZS+bGFtjA=\n");
    CHECK(parse_checkpoint(text).value() == checkpoint);
    CHECK(parse_checkpoint(text + "an extension\nand another\n").value() == checkpoint);
    const std::string root = "2y7/5k02NSvNTCYL3g4RODEMn3e4nUxXV4ZS+bGFtjA=\n";
    const std::vector<std::string> malformed{std::string{},
                                             std::string("o\n"),
                                             "o\n3\n",
                                             "\n3\n" + root,
                                             "o\n\n" + root,
                                             "o\n03\n" + root,
                                             "o\n+3\n" + root,
                                             "o\n-3\n" + root,
                                             "o\n3 \n" + root,
                                             "o\n0x3\n" + root,
                                             "o\n3.0\n" + root,
                                             "o\n9223372036854775808\n" + root,
                                             "o\n99999999999999999999999\n" + root,
                                             std::string("o\n3\nAAAA\n"),
                                             "o\n3\n" + root.substr(1),
                                             "o\n3\n" + root.substr(0, root.size() - 1),
                                             "o\n3\n" + root + "\n",
                                             "o\n3\n" + root + "x\n\ny\n",
                                             "o\n3\n" + root + "unended",
                                             "o\r\n3\n" + root};
    for (const auto& bad : malformed) {
        INFO(bad);
        CHECK(parse_checkpoint(bad).error().code == ErrorCode::invalid);
    }
    CHECK(parse_checkpoint("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").value().size == 0);
    CHECK(parse_checkpoint("o\n9223372036854775807\n" + root));
}

TEST_CASE("a proof in one file shows its entry, in the form that is written") {
    const auto leaves = test::sample_leaves(300);
    auto proof = proof_of(leaves, 257);
    const auto key = log_key().verifier;
    const std::span keys(&key, 1);
    const auto file = to_string(proof);
    CHECK(file.starts_with("c2sp.org/tlog-proof@v1\nindex 257\nC93xLfYiZ4uH/wO/n+sjuW0Q9uxkfv3GbIcWaNlk2a4=\n"));
    CHECK(file.ends_with("\n\n" + proof.checkpoint));
    CHECK(parse_log_proof(file).value() == proof);
    CHECK(verify_log_proof(suite(), proof, leaves[257], keys).value().checkpoint.size == 300);
    CHECK(verify_log_proof(suite(), proof, leaves[256], keys).error().code == ErrorCode::corrupt);
    proof.extra = Bytes{std::byte{7}};
    CHECK(to_string(proof).starts_with("c2sp.org/tlog-proof@v1\nextra Bw==\nindex 257\n"));
    CHECK(parse_log_proof(to_string(proof)).value() == proof);

    for (std::size_t index = 0; index < 300; index += 13) {
        const auto other = proof_of(leaves, index);
        CHECK(verify_log_proof(suite(), other, leaves[index], keys));
        CHECK_FALSE(verify_log_proof(suite(), other, leaves[(index + 1) % 300], keys));
    }
}

TEST_CASE("a damaged proof file is refused") {
    const auto leaves = test::sample_leaves(7);
    const auto proof = proof_of(leaves, 4);
    const auto file = to_string(proof);
    const auto key = log_key().verifier;
    const std::span keys(&key, 1);
    const auto believed = [&](const std::string& text) {
        const auto parsed = parse_log_proof(text);
        return parsed && verify_log_proof(suite(), *parsed, leaves[4], keys);
    };
    REQUIRE(believed(file));
    for (std::size_t cut = 0; cut < file.size(); ++cut) CHECK_FALSE(believed(file.substr(0, cut)));
    for (std::size_t i = 0; i < file.size(); ++i)
        for (const int bit : {0, 1, 5, 7}) {
            auto changed = file;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            INFO(i << " " << changed);
            CHECK_FALSE(believed(changed));
        }
    const auto replaced = [&](std::string_view what, std::string_view by) {
        auto text = file;
        return text.replace(text.find(what), what.size(), by);
    };
    CHECK_FALSE(believed(replaced("index 4", "index 04")));
    CHECK_FALSE(believed(replaced("index 4", "extra \nindex 4")));
    CHECK_FALSE(believed(replaced("index 4", "index 4\nindex 4")));
    CHECK_FALSE(believed(replaced("index 4\n", "index 4\n\n")));
    CHECK_FALSE(believed(replaced("proof@v1", "proof@v2")));
    std::string long_one = "c2sp.org/tlog-proof@v1\nindex 0\n";
    for (int i = 0; i < 64; ++i) long_one += to_base64(leaves[0].bytes) + "\n";
    CHECK_FALSE(parse_log_proof(long_one + "\n" + proof.checkpoint));
    CHECK_FALSE(parse_log_proof(file + std::string(LogProofLimits::file_bytes_max, 'x')));
}

TEST_CASE("tile paths are the published ones, and only those are read") {
    CHECK(tile_path({0, 0, 256}) == "tile/0/000");
    CHECK(tile_path({1, 1234067, 44}) == "tile/1/x001/x234/067.p/44");
    CHECK(tile_path({0, 1000, 256}) == "tile/0/x001/000");
    CHECK(entries_path({0, 999, 1}) == "tile/entries/999.p/1");
    test::Random random(8192);
    for (int round = 0; round < 500; ++round) {
        const Tile tile{static_cast<unsigned>(random.below(8)), random.next() >> (1 + random.below(63)),
                        static_cast<unsigned>(1 + random.below(256))};
        REQUIRE(parse_tile_path(tile_path(tile)).value() == tile);
    }
    for (const auto* bad : {"",
                            "tile",
                            "tile/",
                            "tile/0",
                            "tile/0/",
                            "tile/0/0",
                            "tile/0/0000",
                            "tile/00/000",
                            "tile/8/000",
                            "tile/0/x000/001",
                            "tile/0/001/000",
                            "tile/0/x001/x000",
                            "tile/0/x01/000",
                            "tile/0/000.p/0",
                            "tile/0/000.p/256",
                            "tile/0/000.p/01",
                            "tile/0/000.p/",
                            "tile/0/000/",
                            "/tile/0/000",
                            "tile/0/../000",
                            "tile/0/x001000",
                            "tile/8/0/000",
                            "tile/entries/000",
                            "tile/0/-01",
                            "tile/0/x999/x999/x999/x999/x999/x999/999",
                            "tile/0/000.p/1.p/1",
                            "tile/0/000 "}) {
        INFO(bad);
        CHECK_FALSE(parse_tile_path(bad));
    }
}

TEST_CASE("a tree of 70 000 leaves has the tiles that the specification counts") {
    std::size_t full[3]{};
    std::vector<Tile> partial;
    for_each_tile(70'000, [&](const Tile& tile) {
        REQUIRE(tile.level < 3);
        if (tile.width == Tile::width_max)
            ++full[tile.level];
        else
            partial.push_back(tile);
    });
    CHECK(full[0] == 273);
    CHECK(full[1] == 1);
    CHECK(full[2] == 0);
    CHECK(partial == std::vector<Tile>{{0, 273, 112}, {1, 1, 17}, {2, 0, 1}});
    std::vector<std::string> paths;
    for_each_tile(256, [&](const Tile& tile) { paths.push_back(tile_path(tile)); });
    CHECK(paths == std::vector<std::string>{"tile/0/000", "tile/1/000.p/1"});
    for_each_tile(0, [](const Tile&) { FAIL("a tree of nothing has no tile"); });
}

TEST_CASE("tiles have the published bytes, and every root and proof follows from them") {
    const auto leaves = test::sample_leaves(300);
    const LeafHashes hashes(suite().hasher, leaves);
    const auto digest = [&](const Tile& tile) {
        return to_hex(suite().hasher.digest(tile_bytes(hashes, tile).value()).bytes);
    };
    CHECK(digest({0, 0, 256}) == "ed9ce093d17c8fd1939bc079d84be4d682e1027f469eb4fd0bf37db4355d7522");
    CHECK(digest({0, 1, 44}) == "5be7ac53cae5894afef57104932a8102376eed435d00252862e87c29ebce6932");
    CHECK(digest({1, 0, 1}) == "6b41d990175706a6f2b2a42e85e46a76480ce4a4efe36f60cccd85531952865b");

    std::vector<std::pair<Tile, Bytes>> files;
    for_each_tile(300, [&](const Tile& tile) { files.emplace_back(tile, tile_bytes(hashes, tile).value()); });
    const TileHashes tiles(suite().hasher, 300, [&](const Tile& tile) -> Result<Bytes> {
        for (const auto& [name, bytes] : files)
            if (name == tile) return bytes;
        return failure(ErrorCode::not_found, tile_path(tile));
    });
    for (const std::uint64_t size : {1, 2, 3, 255, 256, 257, 299, 300})
        CHECK(tree_root(suite().hasher, tiles, size).value() == test::root_of(std::span(leaves).first(size)));
    for (std::uint64_t index = 0; index < 300; ++index)
        REQUIRE(prove_inclusion(suite().hasher, tiles, index, 300).value() ==
                prove_inclusion(suite().hasher, hashes, index, 300).value());
    CHECK(tiles.subtree(0, 300).error().code == ErrorCode::corrupt);
    CHECK(tiles.subtree(9, 0).error().code == ErrorCode::corrupt);
    CHECK(TileHashes(suite().hasher, 300, no_tile).subtree(0, 0).error().code == ErrorCode::not_found);
    CHECK(parse_tile({0, 1, 44}, BytesView(files[0].second)).error().code == ErrorCode::corrupt);
    files[0].second[17] ^= std::byte{1};
    CHECK(tree_root(suite().hasher, tiles, 255).value() != test::root_of(std::span(leaves).first(255)));
    // The root of 300 comes from the tile above, but no proof with the damaged hash leads to it.
    CHECK_FALSE(verify_inclusion(suite().hasher, leaves[16], 16, 300,
                                 prove_inclusion(suite().hasher, tiles, 16, 300).value(), test::root_of(leaves)));
}

}  // namespace anjie
