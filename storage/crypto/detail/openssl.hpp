#pragma once

#include <openssl/evp.h>

#include <memory>

#include "engine/event.hpp"
#include "engine/trust/crypto.hpp"

namespace anjie::detail {

template <auto release>
struct Release {
    template <class Object>
    void operator()(Object* object) const {
        release(object);
    }
};

using KeyHandle = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Release<EVP_CIPHER_CTX_free>>;

[[nodiscard]] inline const unsigned char* data_of(BytesView bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
[[nodiscard]] inline unsigned char* room_in(std::span<std::byte> bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

[[nodiscard]] const Hasher& sha256_hasher();
[[nodiscard]] const Cipher& aes_gcm_cipher();
[[nodiscard]] const SignatureSuite& openssl_signatures();

}  // namespace anjie::detail
