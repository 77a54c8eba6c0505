#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/trust/checkpoint.hpp"
#include "engine/trust/merkle.hpp"
#include "storage/crypto/openssl_suite.hpp"
#include "storage/rocksdb/rocksdb_store.hpp"

// What the tests need to play both the office and a forger:
//
//   sign_head key NAME                        a new signing key, then its verifier key
//   sign_head sign KEY LOG-DIRECTORY [SIZE]   the signed checkpoint of a log, or of its first SIZE events
//   sign_head text KEY ORIGIN SIZE ROOT       a signed checkpoint of anything
namespace {

using namespace anjie;

int complain(const Error& error) {
    std::fprintf(stderr, "%s\n", error.detail.c_str());
    return 1;
}

int print_signed(const Checkpoint& checkpoint, const SignerKey& key) {
    const auto note = sign_note(openssl_suite(), checkpoint_text(checkpoint), std::span(&key, 1));
    if (!note) return complain(note.error());
    std::fputs(note->c_str(), stdout);
    return 0;
}

int sign_log(const SignerKey& key, const char* directory, std::uint64_t size) {
    const auto store = RocksDbStore::open(directory, {.read_only = true});
    if (!store) return complain(store.error());
    TreeBuilder tree(openssl_suite().hasher);
    const auto read = (*store)->read_feed(0, size, [&](const EventView& event) {
        tree.add(openssl_suite().hasher.leaf(event.record));
        return true;
    });
    if (!read) return complain(read.error());
    return print_signed({key.verifier.name, tree.size(), tree.root()}, key);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 2 && words[0] == "key") {
        const auto key = generate_signer_key(openssl_suite(), KeyType::ed25519, words[1]);
        if (!key) return complain(key.error());
        std::printf("%s\n%s\n", to_string(*key).c_str(), to_string(key->verifier).c_str());
        return 0;
    }
    if (words.size() < 3) return 2;
    const auto key = parse_signer_key(openssl_suite(), words[1]);
    if (!key) return complain(key.error());
    if (words[0] == "sign")
        return sign_log(*key, words[2].c_str(), words.size() > 3 ? std::stoull(words[3]) : SIZE_MAX);
    if (words[0] != "text" || words.size() != 5) return 2;
    const auto root = hash_from_base64(words[4]);
    if (!root) return complain(root.error());
    return print_signed({words[2], std::stoull(words[3]), *root}, *key);
}
