#pragma once

#include <fmt/format.h>

#include <vector>

#include "engine/trust/checkpoint.hpp"
#include "engine/trust/merkle.hpp"
#include "storage/crypto/openssl_suite.hpp"

// The log of the published vectors: leaves "event-0" to "event-299", keys with known seeds.

namespace anjie::test {

inline const CryptoSuite& suite() { return openssl_suite(); }

inline std::vector<Hash> sample_leaves(std::size_t count) {
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back(suite().hasher.leaf(bytes_of(fmt::format("event-{}", i))));
    return leaves;
}

inline Hash root_of(std::span<const Hash> leaves) {
    TreeBuilder tree(suite().hasher);
    for (const auto& leaf : leaves) tree.add(leaf);
    return tree.root();
}

inline SignerKey seeded_key(KeyType type, std::string_view name, std::uint8_t fill) {
    Bytes seed(32, std::byte{fill});
    auto public_key = suite().signatures.public_key_of(SignatureAlgorithm::ed25519, seed).value();
    const auto id = key_id_of(suite().hasher, name, type, public_key);
    return {{std::string(name), id, type, std::move(public_key)}, std::move(seed)};
}

inline SignerKey log_key() { return seeded_key(KeyType::ed25519, "mediation.example/log1", 1); }
inline SignerKey witness_key() { return seeded_key(KeyType::cosignature, "witness.example/w1", 2); }

inline Checkpoint sample_checkpoint(std::size_t size) {
    const auto leaves = sample_leaves(size);
    return {"mediation.example/log1", size, root_of(leaves)};
}

inline std::string signed_checkpoint(const Checkpoint& checkpoint, const SignerKey& key) {
    return sign_note(suite(), checkpoint_text(checkpoint), std::span(&key, 1)).value();
}

}  // namespace anjie::test
