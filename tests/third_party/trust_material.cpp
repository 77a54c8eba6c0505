#include <cstdio>
#include <filesystem>
#include <fstream>

#include "engine/trust/log_proof.hpp"
#include "engine/trust/tiles.hpp"
#include "engine/trust/witness.hpp"
#include "tests/engine/trust/sample_tree.hpp"

// Writes what Anjie gives to auditors, for verifiers that are not ours: trust_material DIRECTORY
// The leaves are "event-0", "event-1" ...; whoever reads this hashes them for himself.

namespace {

using namespace anjie;
using test::log_key;
using test::suite;

constexpr std::size_t leaf_count = 300;
constexpr std::size_t forked_at = 100;
const std::vector<std::size_t> sizes{1, 2, 3, 7, 8, 100, 200, 255, 256, 257, 299, 300};

std::filesystem::path root_folder;

void write(const std::filesystem::path& name, BytesView content) {
    const auto file = root_folder / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    if (!out.flush()) {
        std::fprintf(stderr, "cannot write %s\n", file.c_str());
        std::exit(1);
    }
}
void write(const std::filesystem::path& name, std::string_view content) { write(name, bytes_of(content)); }

std::string joined(const std::vector<Hash>& hashes) {
    std::string text;
    for (const auto& hash : hashes) text += " " + to_base64(hash.bytes);
    return text;
}

std::string note_of(std::span<const Hash> leaves, std::span<const SignerKey> keys) {
    const Checkpoint checkpoint{keys[0].verifier.name, leaves.size(), test::root_of(leaves)};
    return sign_note(suite(), checkpoint_text(checkpoint), keys).value();
}

/// What a log would ask a witness, for every pair of sizes.
void write_requests(std::string_view prefix, std::span<const Hash> leaves, const SignerKey& key) {
    const LeafHashes hashes(suite().hasher, leaves);
    auto all = sizes;
    all.insert(all.begin(), 0);
    for (const auto old_size : all)
        for (const auto size : sizes) {
            if (old_size > size) continue;
            auto proof = prove_consistency(suite().hasher, hashes, old_size, size).value();
            write(
                fmt::format("requests/{}{}-{}", prefix, old_size, size),
                to_string(WitnessRequest{old_size, std::move(proof), note_of(leaves.first(size), std::span(&key, 1))}));
        }
}

void write_proofs(std::span<const Hash> leaves, std::span<const SignerKey> keys) {
    const LeafHashes hashes(suite().hasher, leaves);
    std::string inclusion;
    std::string consistency;
    for (const auto size : sizes) {
        write(fmt::format("checkpoint-{}", size), note_of(leaves.first(size), keys));
        for (std::size_t index = 0; index < size; index += 1 + size / 40)
            inclusion += fmt::format("{} {}{}\n", index, size,
                                     joined(prove_inclusion(suite().hasher, hashes, index, size).value()));
        for (const auto old_size : sizes)
            if (old_size <= size)
                consistency += fmt::format("{} {}{}\n", old_size, size,
                                           joined(prove_consistency(suite().hasher, hashes, old_size, size).value()));
    }
    write("inclusion.txt", inclusion);
    write("consistency.txt", consistency);
    for (std::size_t index = 0; index < leaf_count; index += 37)
        write(
            fmt::format("event-{}.tlog-proof", index),
            to_string(LogProof{std::nullopt, index, prove_inclusion(suite().hasher, hashes, index, leaf_count).value(),
                               note_of(leaves, keys)}));
    for_each_tile(leaf_count, [&](const Tile& tile) { write(tile_path(tile), tile_bytes(hashes, tile).value()); });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "trust_material DIRECTORY\n");
        return 2;
    }
    root_folder = argv[1];
    auto leaves = test::sample_leaves(leaf_count);
    const std::vector<SignerKey> keys{log_key(),
                                      generate_signer_key(suite(), KeyType::sm2, log_key().verifier.name).value()};
    write("vkey", to_string(keys[0].verifier) + "\n");
    write("vkey-sm2", to_string(keys[1].verifier) + "\n");
    write("vkey-stranger", to_string(test::seeded_key(KeyType::ed25519, "mediation.example/log1", 9).verifier) + "\n");
    write_proofs(leaves, keys);
    write_requests("", leaves, keys[0]);
    write_requests("stranger-", leaves, test::seeded_key(KeyType::ed25519, "mediation.example/log1", 9));
    write_requests("unknown-", leaves, test::seeded_key(KeyType::ed25519, "mediation.example/log2", 1));
    for (auto i = forked_at; i < leaves.size(); ++i)
        leaves[i] = suite().hasher.leaf(bytes_of(fmt::format("other-{}", i)));
    write_requests("fork-", leaves, keys[0]);
}
