#include "engine/assert.hpp"
#include "storage/crypto/detail/openssl.hpp"

namespace anjie::detail {
namespace {

class AesGcm final : public Cipher {
public:
    void seal(const SecretKey& key, const Nonce& nonce, BytesView associated, BytesView plain,
              std::span<std::byte> sealed) const override {
        ANJIE_ASSERT(sealed.size() == plain.size() + tag_bytes);
        auto* context = of_this_thread();
        auto* out = room_in(sealed);
        int size = 0;
        ANJIE_ASSERT(EVP_EncryptInit_ex2(context, EVP_aes_256_gcm(), data_of(BytesView(key)), data_of(BytesView(nonce)),
                                         nullptr) == 1);
        ANJIE_ASSERT(EVP_EncryptUpdate(context, nullptr, &size, data_of(associated),
                                       static_cast<int>(associated.size())) == 1);
        ANJIE_ASSERT(EVP_EncryptUpdate(context, out, &size, data_of(plain), static_cast<int>(plain.size())) == 1);
        ANJIE_ASSERT(size == static_cast<int>(plain.size()));
        ANJIE_ASSERT(EVP_EncryptFinal_ex(context, out + size, &size) == 1);
        ANJIE_ASSERT(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_bytes, out + plain.size()) == 1);
    }

    Result<Bytes> open(const SecretKey& key, const Nonce& nonce, BytesView associated,
                       BytesView sealed) const override {
        if (sealed.size() < tag_bytes) return failure(ErrorCode::corrupt, "a sealed text is too short");
        const auto cipher_text = sealed.first(sealed.size() - tag_bytes);
        std::array<std::byte, tag_bytes> tag;
        std::memcpy(tag.data(), sealed.data() + cipher_text.size(), tag_bytes);
        Bytes plain(cipher_text.size() + 1);  // Never without an address, also for no bytes.
        auto* context = of_this_thread();
        int size = 0;
        ANJIE_ASSERT(EVP_DecryptInit_ex2(context, EVP_aes_256_gcm(), data_of(BytesView(key)), data_of(BytesView(nonce)),
                                         nullptr) == 1);
        ANJIE_ASSERT(EVP_DecryptUpdate(context, nullptr, &size, data_of(associated),
                                       static_cast<int>(associated.size())) == 1);
        ANJIE_ASSERT(EVP_DecryptUpdate(context, room_in(std::span(plain)), &size, data_of(cipher_text),
                                       static_cast<int>(cipher_text.size())) == 1);
        ANJIE_ASSERT(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1);
        if (EVP_DecryptFinal_ex(context, room_in(std::span(plain)) + size, &size) != 1)
            return failure(ErrorCode::corrupt, "a sealed text is not what was sealed, or the key is another");
        plain.resize(cipher_text.size());
        return plain;
    }

private:
    static EVP_CIPHER_CTX* of_this_thread() {
        thread_local const CipherContext context(EVP_CIPHER_CTX_new());
        ANJIE_ASSERT(context);
        return context.get();
    }
};

}  // namespace

const Cipher& aes_gcm_cipher() {
    static const AesGcm cipher;
    return cipher;
}

}  // namespace anjie::detail
