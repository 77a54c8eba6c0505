#include <openssl/x509.h>

#include <string_view>

#include "engine/assert.hpp"
#include "storage/crypto/detail/openssl.hpp"

namespace anjie::detail {
namespace {

/// The signer's id that GM/T 0009 names as the default. OpenSSL 3.0 signs with an empty id unless told.
constexpr std::string_view sm2_id = "1234567812345678";

std::unexpected<Error> not_a_key(std::string_view which) {
    return failure(ErrorCode::invalid, "this is not a " + std::string(which) + " key");
}

KeyHandle private_key_of(SignatureAlgorithm algorithm, BytesView bytes) {
    if (algorithm == SignatureAlgorithm::ed25519)
        return KeyHandle(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, data_of(bytes), bytes.size()));
    const auto* at = data_of(bytes);
    KeyHandle key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(bytes.size())));
    if (key && (EVP_PKEY_is_a(key.get(), "SM2") != 1 || at != data_of(bytes) + bytes.size())) key.reset();
    return key;
}

KeyHandle public_key_from(SignatureAlgorithm algorithm, BytesView bytes) {
    if (algorithm == SignatureAlgorithm::ed25519)
        return KeyHandle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data_of(bytes), bytes.size()));
    const auto* at = data_of(bytes);
    KeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(bytes.size())));
    if (key && (EVP_PKEY_is_a(key.get(), "SM2") != 1 || at != data_of(bytes) + bytes.size())) key.reset();
    return key;
}

Bytes public_bytes_of(SignatureAlgorithm algorithm, EVP_PKEY* key) {
    if (algorithm == SignatureAlgorithm::ed25519) {
        Bytes bytes(32);
        auto size = bytes.size();
        ANJIE_ASSERT(EVP_PKEY_get_raw_public_key(key, room_in(std::span(bytes)), &size) == 1 && size == 32);
        return bytes;
    }
    const auto size = i2d_PUBKEY(key, nullptr);
    ANJIE_ASSERT(size > 0);
    Bytes bytes(static_cast<std::size_t>(size));
    auto* at = room_in(std::span(bytes));
    ANJIE_ASSERT(i2d_PUBKEY(key, &at) == size);
    return bytes;
}

Bytes private_bytes_of(SignatureAlgorithm algorithm, EVP_PKEY* key) {
    if (algorithm == SignatureAlgorithm::ed25519) {
        Bytes bytes(32);
        auto size = bytes.size();
        ANJIE_ASSERT(EVP_PKEY_get_raw_private_key(key, room_in(std::span(bytes)), &size) == 1 && size == 32);
        return bytes;
    }
    std::unique_ptr<PKCS8_PRIV_KEY_INFO, Release<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key));
    ANJIE_ASSERT(info);
    const auto size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr);
    ANJIE_ASSERT(size > 0);
    Bytes bytes(static_cast<std::size_t>(size));
    auto* at = room_in(std::span(bytes));
    ANJIE_ASSERT(i2d_PKCS8_PRIV_KEY_INFO(info.get(), &at) == size);
    return bytes;
}

/// A digest context that carries the key's own context, where the signer's id of SM2 is set.
struct Signing {
    KeyContext key_context;
    DigestContext context;
    const EVP_MD* digest;

    Signing(SignatureAlgorithm algorithm, EVP_PKEY* key)
        : key_context(EVP_PKEY_CTX_new(key, nullptr)), context(EVP_MD_CTX_new()), digest(nullptr) {
        ANJIE_ASSERT(key_context && context);
        if (algorithm != SignatureAlgorithm::sm2) return;
        digest = EVP_sm3();
        ANJIE_ASSERT(EVP_PKEY_CTX_set1_id(key_context.get(), sm2_id.data(), static_cast<int>(sm2_id.size())) == 1);
        EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
    }
};

class OpensslSignatures final : public SignatureSuite {
public:
    Result<SigningKeyPair> generate(SignatureAlgorithm algorithm) const override {
        const char* name = algorithm == SignatureAlgorithm::sm2 ? "SM2" : "ED25519";
        const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, name, nullptr));
        EVP_PKEY* made = nullptr;
        if (!context || EVP_PKEY_keygen_init(context.get()) != 1 || EVP_PKEY_generate(context.get(), &made) != 1)
            return failure(ErrorCode::unavailable, std::string("OpenSSL makes no key of kind ") + name);
        const KeyHandle key(made);
        return SigningKeyPair{private_bytes_of(algorithm, made), public_bytes_of(algorithm, made)};
    }

    Result<Bytes> public_key_of(SignatureAlgorithm algorithm, BytesView private_key) const override {
        const auto key = private_key_of(algorithm, private_key);
        if (!key) return not_a_key("private");
        return public_bytes_of(algorithm, key.get());
    }

    Result<Bytes> sign(SignatureAlgorithm algorithm, BytesView private_key, BytesView message) const override {
        const auto key = private_key_of(algorithm, private_key);
        if (!key) return not_a_key("private");
        const Signing signing(algorithm, key.get());
        auto* context = signing.context.get();
        std::size_t size = 0;
        if (EVP_DigestSignInit(context, nullptr, signing.digest, nullptr, key.get()) != 1 ||
            EVP_DigestSign(context, nullptr, &size, data_of(message), message.size()) != 1)
            return failure(ErrorCode::invalid, "OpenSSL does not sign with this key");
        Bytes signature(size);
        if (EVP_DigestSign(context, room_in(std::span(signature)), &size, data_of(message), message.size()) != 1)
            return failure(ErrorCode::invalid, "OpenSSL does not sign with this key");
        signature.resize(size);
        return signature;
    }

    bool verify(SignatureAlgorithm algorithm, BytesView public_key, BytesView message,
                BytesView signature) const override {
        const auto key = public_key_from(algorithm, public_key);
        if (!key) return false;
        const Signing signing(algorithm, key.get());
        auto* context = signing.context.get();
        return EVP_DigestVerifyInit(context, nullptr, signing.digest, nullptr, key.get()) == 1 &&
               EVP_DigestVerify(context, data_of(signature), signature.size(), data_of(message), message.size()) == 1;
    }
};

}  // namespace

const SignatureSuite& openssl_signatures() {
    static const OpensslSignatures signatures;
    return signatures;
}

}  // namespace anjie::detail
