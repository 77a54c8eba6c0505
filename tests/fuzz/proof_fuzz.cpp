#include <cstdlib>
#include <cstring>

#include "engine/trust/log_proof.hpp"
#include "tests/engine/trust/sample_tree.hpp"
#include "tests/fuzz/edited.hpp"

namespace {

using namespace anjie;
using test::suite;

constexpr std::uint64_t proved = 257;
const std::vector<Hash> leaves = test::sample_leaves(300);
const VerifierKey key = test::log_key().verifier;
const LogProof good{Bytes{std::byte{1}, std::byte{2}}, proved,
                    prove_inclusion(suite().hasher, LeafHashes(suite().hasher, leaves), proved, 300).value(),
                    test::signed_checkpoint(test::sample_checkpoint(300), test::log_key())};
const std::string good_file = to_string(good);

/// Numbers and hashes out of the fuzzer's bytes, for the verifiers of bare proofs.
struct Taker {
    test::FuzzBytes bytes;

    std::uint64_t number() {
        std::uint64_t value = 0;
        const auto count = std::min<std::size_t>(bytes.size(), 8);
        if (count != 0) std::memcpy(&value, bytes.data(), count);
        bytes = bytes.subspan(count);
        return value;
    }
    Hash hash() {
        // Few values, so that equal ones meet.
        return leaves[number() % leaves.size()];
    }
    std::vector<Hash> hashes() {
        std::vector<Hash> list;
        while (!bytes.empty() && list.size() < 80) list.push_back(hash());
        return list;
    }
};

}  // namespace

// A proof file is written as it was read, or refused with a reason; it shows no other entry than the one proved.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const test::FuzzBytes bytes(data, size);
    const auto file = test::raw_or_edited(good_file, bytes);
    const auto proof = parse_log_proof(file);
    if (proof ? to_string(*proof) != file : proof.error().code != ErrorCode::invalid || proof.error().detail.empty())
        std::abort();
    if (proof && verify_log_proof(suite(), *proof, leaves[proved], std::span(&key, 1)) &&
        (proof->index != proved || proof->hashes != good.hashes))
        std::abort();
    if (proof && verify_log_proof(suite(), *proof, leaves[proved - 1], std::span(&key, 1))) std::abort();

    Taker taker{bytes};
    const auto first = taker.number();
    const auto second = taker.number();
    const auto root = taker.hash();
    const auto other = taker.hash();
    const auto hashes = taker.hashes();
    if (verify_inclusion(suite().hasher, other, first, second, hashes, root) &&
        !(second == 1 && first == 0 && other == root))
        std::abort();
    (void)verify_consistency(suite().hasher, first, root, second, other, hashes);
    std::vector<ShownLeaf> shown;
    for (std::size_t i = 0; i < hashes.size(); ++i) shown.push_back({first + i * (second % 7), hashes[i]});
    (void)verify_many(suite().hasher, shown, second, hashes, root);
    (void)verify_many(suite().hasher, shown, second % 100, {}, root);
    return 0;
}
