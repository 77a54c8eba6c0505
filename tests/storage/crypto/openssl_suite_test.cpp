#include "storage/crypto/openssl_suite.hpp"

#include <catch2/catch.hpp>

namespace anjie {
namespace {

SecretKey key_of(std::uint8_t fill) {
    SecretKey key;
    key.fill(std::byte{fill});
    return key;
}

Bytes sealed(const SecretKey& key, const Nonce& nonce, std::string_view associated, std::string_view plain) {
    Bytes out(plain.size() + Cipher::tag_bytes);
    openssl_suite().cipher.seal(key, nonce, bytes_of(associated), bytes_of(plain), out);
    return out;
}

}  // namespace

TEST_CASE("AES-256-GCM gives the published answers") {
    // Test cases 13 and 14 of the GCM specification (McGrew and Viega).
    const Nonce nonce{};
    CHECK(to_hex(sealed(key_of(0), nonce, "", "")) == "530f8afbc74536b9a963b4f1c4cb738b");
    CHECK(to_hex(sealed(key_of(0), nonce, "", std::string(16, '\0'))) ==
          "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
}

TEST_CASE("a sealed text opens only whole, with its key, nonce and associated text") {
    const auto& cipher = openssl_suite().cipher;
    const auto key = key_of(7);
    Nonce nonce{};
    nonce[0] = std::byte{9};
    const auto text = sealed(key, nonce, "case 1", "张三 13800000000");
    const auto opened = cipher.open(key, nonce, bytes_of("case 1"), text).value();
    CHECK(std::string(reinterpret_cast<const char*>(opened.data()), opened.size()) == "张三 13800000000");
    CHECK(cipher.open(key, nonce, bytes_of("case 2"), text).error().code == ErrorCode::corrupt);
    CHECK_FALSE(cipher.open(key_of(8), nonce, bytes_of("case 1"), text));
    CHECK_FALSE(cipher.open(key, Nonce{}, bytes_of("case 1"), text));
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto flipped = text;
        flipped[i] ^= std::byte{1};
        CHECK_FALSE(cipher.open(key, nonce, bytes_of("case 1"), flipped));
        CHECK_FALSE(cipher.open(key, nonce, bytes_of("case 1"), BytesView(text).first(i)));
    }
}

TEST_CASE("Ed25519 gives the answers of RFC 8032") {
    const auto& signatures = openssl_suite().signatures;
    const auto seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").value();
    const auto public_key = signatures.public_key_of(SignatureAlgorithm::ed25519, seed).value();
    CHECK(to_hex(public_key) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const auto signature = signatures.sign(SignatureAlgorithm::ed25519, seed, {}).value();
    CHECK(to_hex(signature) ==
          "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
          "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    CHECK(signatures.verify(SignatureAlgorithm::ed25519, public_key, {}, signature));
}

TEST_CASE("a signature of either kind holds for its message and key alone") {
    const auto& signatures = openssl_suite().signatures;
    for (const auto algorithm : {SignatureAlgorithm::ed25519, SignatureAlgorithm::sm2}) {
        const auto pair = signatures.generate(algorithm).value();
        const auto other = signatures.generate(algorithm).value();
        CHECK(signatures.public_key_of(algorithm, pair.private_key).value() == pair.public_key);
        const auto message = bytes_of("调解协议");
        const auto signature = signatures.sign(algorithm, pair.private_key, message).value();
        CHECK(signatures.verify(algorithm, pair.public_key, message, signature));
        CHECK_FALSE(signatures.verify(algorithm, other.public_key, message, signature));
        CHECK_FALSE(signatures.verify(algorithm, pair.public_key, bytes_of("调解笔录"), signature));
        auto flipped = signature;
        flipped[signature.size() / 2] ^= std::byte{1};
        CHECK_FALSE(signatures.verify(algorithm, pair.public_key, message, flipped));
        CHECK_FALSE(signatures.verify(algorithm, pair.public_key, message, BytesView(signature).first(10)));
        CHECK_FALSE(signatures.verify(algorithm, {}, message, signature));
        auto longer = pair.public_key;
        longer.push_back(std::byte{});
        CHECK_FALSE(signatures.verify(algorithm, longer, message, signature));
        CHECK(signatures.sign(algorithm, bytes_of("not a key"), message).error().code == ErrorCode::invalid);
    }
    const auto sm2 = signatures.generate(SignatureAlgorithm::sm2).value();
    const auto ed25519 = signatures.generate(SignatureAlgorithm::ed25519).value();
    CHECK_FALSE(signatures.sign(SignatureAlgorithm::sm2, ed25519.private_key, {}));
    CHECK_FALSE(signatures.sign(SignatureAlgorithm::ed25519, sm2.private_key, {}));
}

}  // namespace anjie
