#include "engine/trust/merkle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>

#include "storage/crypto/openssl_suite.hpp"
#include "tests/support/random.hpp"

namespace anjie {
namespace {

const Hasher& hasher() { return openssl_suite().hasher; }

std::vector<Hash> leaves_of(const std::vector<std::string>& entries) {
    std::vector<Hash> leaves;
    for (const auto& entry : entries) leaves.push_back(hasher().leaf(bytes_of(entry)));
    return leaves;
}

std::vector<Hash> numbered(std::size_t count) {
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back(fmt::format("event-{}", i));
    return leaves_of(entries);
}

using Leaves = std::span<const Hash>;

// RFC 6962 section 2.1 as it is written there, without any cleverness.

Hash rfc_root(Leaves leaves) {
    if (leaves.empty()) return hasher().digest({});
    if (leaves.size() == 1) return leaves[0];
    const auto k = std::bit_floor(leaves.size() - 1);
    return hasher().node(rfc_root(leaves.first(k)), rfc_root(leaves.subspan(k)));
}

std::vector<Hash> rfc_path(std::size_t m, Leaves leaves) {
    if (leaves.size() == 1) return {};
    const auto k = std::bit_floor(leaves.size() - 1);
    auto path = m < k ? rfc_path(m, leaves.first(k)) : rfc_path(m - k, leaves.subspan(k));
    path.push_back(rfc_root(m < k ? leaves.subspan(k) : leaves.first(k)));
    return path;
}

std::vector<Hash> rfc_subproof(std::size_t m, Leaves leaves, bool complete) {
    if (m == leaves.size()) return complete ? std::vector<Hash>{} : std::vector<Hash>{rfc_root(leaves)};
    const auto k = std::bit_floor(leaves.size() - 1);
    auto proof = m <= k ? rfc_subproof(m, leaves.first(k), complete) : rfc_subproof(m - k, leaves.subspan(k), false);
    proof.push_back(rfc_root(m <= k ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

Hash built_root(Leaves leaves) {
    TreeBuilder tree(hasher());
    for (const auto& leaf : leaves) tree.add(leaf);
    return tree.root();
}

std::string joined(const std::vector<Hash>& hashes) {
    std::string text;
    for (const auto& hash : hashes) text += to_base64(hash.bytes) + " ";
    return text;
}

}  // namespace

TEST_CASE("the tree has the roots that Certificate Transparency publishes") {
    const std::vector<std::string> hex_entries{
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const std::vector<std::string> roots{
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    std::vector<Hash> leaves;
    CHECK(to_hex(built_root({}).bytes) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (std::size_t i = 0; i < hex_entries.size(); ++i) {
        leaves.push_back(hasher().leaf(from_hex(hex_entries[i]).value()));
        CHECK(to_hex(built_root(leaves).bytes) == roots[i]);
    }
}

TEST_CASE("roots and proofs are those that Debian's golang.org/x/mod makes") {
    const auto leaves = numbered(300);
    const Leaves all(leaves);
    const auto root = [&](std::size_t n) { return to_base64(built_root(all.first(n)).bytes); };
    CHECK(root(1) == "ZzTbOxm2Tcg3A/mh9K7naX37KS+04IJ8xj+KNRsbNgk=");
    CHECK(root(2) == "P9HVoFmrFxo0X5kSyDwt2LeTO06VDmdJvIPbsfQ8y94=");
    CHECK(root(3) == "2y7/5k02NSvNTCYL3g4RODEMn3e4nUxXV4ZS+bGFtjA=");
    CHECK(root(255) == "+JfNHKaEEa3PfJbW/48qOCD7j4dTJregzNXnzSQB+Mo=");
    CHECK(root(256) == "Y8VrZGVg3gZKiDIXIpNoRVIPLIZj49wB5id/5ggxFnk=");
    CHECK(root(257) == "yoRwt/7lWzpAg70/uK+wp0sMNlotrvPZaQEiEdpFSIw=");
    CHECK(root(300) == "xjG65k7alGDy52MOsmQmoQ8rG/qzfMK2yiLe0qj8tO8=");
    const LeafHashes hashes(hasher(), leaves);
    CHECK(joined(prove_inclusion(hasher(), hashes, 257, 300).value()) ==
          "C93xLfYiZ4uH/wO/n+sjuW0Q9uxkfv3GbIcWaNlk2a4= 0LH6vrAJ7TLHI9qbZDiiaEnJldOBlL3BN1FIpB4sZkA= "
          "sqIfy/oM+YbdJ49BRo9jjK9EHgqAl8mQP4ekP8liu4k= PJM50sLQmtVZSPSFpn+xxfb0MNz7LlJ6tg5lFQh3m1w= "
          "+YmGFtW9F58o67RhMATxRosHdvhX0mQ+I7ZU+Uu0CRk= KES8wqRVUCySRXxDTj5b0CToTqjz5m4A5Vja6fA48Kk= "
          "Y8VrZGVg3gZKiDIXIpNoRVIPLIZj49wB5id/5ggxFnk= ");
    CHECK(joined(prove_consistency(hasher(), hashes, 256, 300).value()) ==
          "jYYzK9+9bBZ6dqRAHa3wrW2dua07t0LUP/VlwChrGYg= ");
}

TEST_CASE("every proof of every tree up to 256 leaves is the RFC's and is accepted") {
    const auto leaves = numbered(256);
    const LeafHashes hashes(hasher(), leaves);
    test::Random random(6962);
    for (std::size_t n = 1; n <= leaves.size(); ++n) {
        const auto tree = Leaves(leaves).first(n);
        const auto root = rfc_root(tree);
        REQUIRE(built_root(tree) == root);
        REQUIRE(tree_root(hasher(), hashes, n).value() == root);
        for (std::size_t i = 0; i < n; ++i) {
            const auto proof = prove_inclusion(hasher(), hashes, i, n).value();
            REQUIRE(proof == rfc_path(i, tree));
            REQUIRE(verify_inclusion(hasher(), leaves[i], i, n, proof, root));
        }
        for (int round = 0; round < 8; ++round) {
            const auto m = 1 + random.below(n);
            const auto proof = prove_consistency(hasher(), hashes, m, n).value();
            REQUIRE(proof == rfc_subproof(m, tree, true));
            REQUIRE(verify_consistency(hasher(), m, rfc_root(tree.first(m)), n, root, proof));
        }
    }
}

TEST_CASE("a proof that is touched anywhere is refused") {
    const auto leaves = numbered(77);
    const LeafHashes hashes(hasher(), leaves);
    const auto root = rfc_root(leaves);
    test::Random random(1);
    const auto broken = [&](std::vector<Hash> proof) {
        std::vector<std::vector<Hash>> all;
        for (std::size_t k = 0; k < proof.size(); ++k) {
            auto flipped = proof;
            flipped[k].bytes[random.below(32)] ^= std::byte{1};
            all.push_back(flipped);
            auto shorter = proof;
            shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(k));
            all.push_back(shorter);
            auto doubled = proof;
            doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(k), proof[k]);
            all.push_back(doubled);
            if (k > 0) {
                auto swapped = proof;
                std::swap(swapped[k], swapped[k - 1]);
                all.push_back(swapped);
            }
        }
        all.push_back(proof);
        all.back().push_back(root);
        return all;
    };
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const auto proof = prove_inclusion(hasher(), hashes, i, 77).value();
        for (const auto& bad : broken(proof)) CHECK_FALSE(verify_inclusion(hasher(), leaves[i], i, 77, bad, root));
        CHECK_FALSE(verify_inclusion(hasher(), leaves[(i + 1) % 77], i, 77, proof, root));
        CHECK_FALSE(verify_inclusion(hasher(), leaves[i], (i + 1) % 77, 77, proof, root));
        CHECK_FALSE(verify_inclusion(hasher(), leaves[i], 77 + i, 77, proof, root));
        const auto old_root = rfc_root(Leaves(leaves).first(i));
        const auto consistency = prove_consistency(hasher(), hashes, i, 77).value();
        for (const auto& bad : broken(consistency))
            CHECK_FALSE(verify_consistency(hasher(), i, old_root, 77, root, bad));
        if (i > 0) CHECK_FALSE(verify_consistency(hasher(), i, root, 77, root, consistency));
        CHECK_FALSE(verify_consistency(hasher(), i + 1, old_root, 77, root, consistency));
    }
    const auto biggest = ~std::uint64_t{};
    CHECK_FALSE(verify_inclusion(hasher(), root, biggest - 1, biggest, {}, root));
    CHECK_FALSE(verify_consistency(hasher(), biggest - 1, root, biggest, root, {}));
}

TEST_CASE("a proof of many leaves shows exactly those, in fewer hashes than one by one") {
    const auto leaves = numbered(200);
    const LeafHashes hashes(hasher(), leaves);
    test::Random random(7);
    for (int round = 0; round < 300; ++round) {
        const auto size = 1 + random.below(200);
        const auto root = rfc_root(Leaves(leaves).first(size));
        std::vector<std::uint64_t> indices;
        std::vector<ShownLeaf> shown;
        const auto chance = 1 + random.below(20);
        for (std::uint64_t i = 0; i < size; ++i)
            if (random.below(chance) == 0) {
                indices.push_back(i);
                shown.push_back({i, leaves[i]});
            }
        const auto proof = prove_many(hasher(), hashes, indices, size).value();
        REQUIRE(verify_many(hasher(), shown, size, proof, root));
        if (indices.size() == size) CHECK(proof.empty());
        std::size_t one_by_one = 0;
        for (const auto i : indices) one_by_one += prove_inclusion(hasher(), hashes, i, size).value().size();
        if (!indices.empty()) CHECK(proof.size() <= one_by_one);
        if (!shown.empty()) {
            const auto which = random.below(shown.size());
            auto wrong = shown;
            wrong[which].hash.bytes[3] ^= std::byte{4};
            CHECK_FALSE(verify_many(hasher(), wrong, size, proof, root));
            wrong = shown;
            wrong.erase(wrong.begin() + static_cast<std::ptrdiff_t>(which));
            CHECK_FALSE(verify_many(hasher(), wrong, size, proof, root));
            wrong = shown;
            wrong.push_back(shown[which]);
            CHECK_FALSE(verify_many(hasher(), wrong, size, proof, root));
        }
        auto longer = proof;
        longer.push_back(root);
        CHECK_FALSE(verify_many(hasher(), shown, size, longer, root));
        if (!proof.empty()) {
            auto shorter = proof;
            shorter.pop_back();
            CHECK_FALSE(verify_many(hasher(), shown, size, shorter, root));
        }
    }
}

TEST_CASE("base64 has one spelling for one value") {
    for (const std::string text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"})
        CHECK(from_base64(to_base64(bytes_of(text))).value() == Bytes(bytes_of(text).begin(), bytes_of(text).end()));
    CHECK(to_base64(bytes_of("fooba")) == "Zm9vYmE=");
    for (const auto* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "Zm9v=", "====", "=", "Zm 9v", "Zm9v\n", "Zg==Zg=="})
        CHECK_FALSE(from_base64(bad));
    for (const auto* bad : {"a", "AB", "0g"}) CHECK_FALSE(from_hex(bad));
}

}  // namespace anjie
