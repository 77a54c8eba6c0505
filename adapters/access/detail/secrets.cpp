#include "adapters/access/detail/secrets.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "engine/assert.hpp"

namespace anjie::access::detail {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 52;
constexpr std::size_t check_characters = 6;

std::string base32(BytesView bytes) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
    std::string text;
    unsigned held = 0;
    unsigned bits = 0;
    for (const auto byte : bytes) {
        held = (held << 8U) | std::to_integer<unsigned>(byte);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text += letters[(held >> bits) & 31U];
        }
        held &= (1U << bits) - 1U;
    }
    if (bits > 0) text += letters[(held << (5 - bits)) & 31U];
    return text;
}

std::string check_of(std::string_view text) { return base32(view_of(sha256(text))).substr(0, check_characters); }

const unsigned char* raw(BytesView bytes) {
    static constexpr unsigned char none = 0;
    return bytes.empty() ? &none : reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Bytes random_bytes(std::size_t bytes) {
    Bytes random(bytes);
    const int filled = RAND_bytes(reinterpret_cast<unsigned char*>(random.data()), static_cast<int>(bytes));
    ANJIE_ASSERT(filled == 1);
    return random;
}

std::string random_text(std::size_t bytes) { return base32(random_bytes(bytes)); }

Hash sha256(std::string_view text) {
    Hash hash;
    const int done = EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(hash.bytes.data()), nullptr,
                                EVP_sha256(), nullptr);
    ANJIE_ASSERT(done == 1);
    return hash;
}

Hash hmac_sha256(BytesView key, std::string_view text) {
    Hash hash;
    unsigned length = 0;
    const auto* done = HMAC(EVP_sha256(), raw(key), static_cast<int>(key.size()), raw(bytes_of(text)), text.size(),
                            reinterpret_cast<unsigned char*>(hash.bytes.data()), &length);
    ANJIE_ASSERT(done != nullptr && length == hash.bytes.size());
    return hash;
}

bool equal_in_constant_time(BytesView a, BytesView b) {
    return a.size() == b.size() && CRYPTO_memcmp(raw(a), raw(b), a.size()) == 0;
}

std::string new_secret(std::string_view prefix) {
    auto text = std::string(prefix) + random_text(secret_bytes);
    return text + check_of(text);
}

bool is_secret(std::string_view text, std::string_view prefix) {
    if (text.size() != prefix.size() + secret_characters + check_characters || !text.starts_with(prefix)) return false;
    const auto check = text.substr(text.size() - check_characters);
    return equal_in_constant_time(bytes_of(check_of(text.substr(0, text.size() - check_characters))), bytes_of(check));
}

Wiped::~Wiped() { OPENSSL_cleanse(text_.data(), text_.size()); }

}  // namespace anjie::access::detail
