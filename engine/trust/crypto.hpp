#pragma once

#include <array>
#include <optional>
#include <span>

#include "engine/event.hpp"
#include "engine/result.hpp"
#include "engine/trust/hash.hpp"

namespace anjie {

/// Hashes as RFC 6962 section 2.1 does. Threads: any, at once.
class Hasher {
public:
    virtual ~Hasher() = default;
    [[nodiscard]] virtual Hash digest(BytesView bytes) const = 0;
    /// Of 0x00 and an entry of the log: its stored bytes as a whole, ciphertext included.
    [[nodiscard]] virtual Hash leaf(BytesView entry) const = 0;
    /// Of 0x01 and two hashes.
    [[nodiscard]] virtual Hash node(const Hash& left, const Hash& right) const = 0;
};

/// A key for sealing (数据密钥 or 密钥加密密钥).
using SecretKey = std::array<std::byte, 32>;
using Nonce = std::array<std::byte, 12>;

/// Encrypts with authentication. Threads: any, at once.
class Cipher {
public:
    static constexpr std::size_t tag_bytes = 16;

    virtual ~Cipher() = default;
    /// Writes as many bytes as `plain` has, then the tag.
    /// Requires: `sealed` has room for both; a nonce is used once with a key.
    virtual void seal(const SecretKey& key, const Nonce& nonce, BytesView associated, BytesView plain,
                      std::span<std::byte> sealed) const = 0;
    /// Errors: `corrupt` when anything of it is not what was sealed with this key, nonce and associated text.
    [[nodiscard]] virtual Result<Bytes> open(const SecretKey& key, const Nonce& nonce, BytesView associated,
                                             BytesView sealed) const = 0;
};

/// How a signature is made. The numbers are those of C2SP signed notes.
enum class SignatureAlgorithm : std::uint8_t {
    ed25519 = 0x01,  ///< RFC 8032; private key: the seed of 32 bytes; public key: 32 bytes.
    sm2 = 0xff,      ///< GM/T 0003 with SM3 and the default id 1234567812345678; keys in DER (PKCS#8, SPKI).
};

struct SigningKeyPair {
    Bytes private_key;
    Bytes public_key;
};

/// Signs and checks signatures. Threads: any, at once.
class SignatureSuite {
public:
    virtual ~SignatureSuite() = default;
    [[nodiscard]] virtual Result<SigningKeyPair> generate(SignatureAlgorithm algorithm) const = 0;
    /// Errors: `invalid` when it is not a private key of this algorithm.
    [[nodiscard]] virtual Result<Bytes> public_key_of(SignatureAlgorithm algorithm, BytesView private_key) const = 0;
    /// Errors: `invalid` when it is not a private key of this algorithm.
    [[nodiscard]] virtual Result<Bytes> sign(SignatureAlgorithm algorithm, BytesView private_key,
                                             BytesView message) const = 0;
    /// False for anything but a good signature: a wrong key, a wrong length, hostile bytes.
    [[nodiscard]] virtual bool verify(SignatureAlgorithm algorithm, BytesView public_key, BytesView message,
                                      BytesView signature) const = 0;
};

/// Unpredictable bytes. Threads: any, at once.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::byte> bytes) const = 0;
};

/// Everything cryptographic that Anjie asks of the outside: one suite per log (算法套件). An HSM can stand behind it.
struct CryptoSuite {
    const Hasher& hasher;
    const Cipher& cipher;
    const SignatureSuite& signatures;
    const RandomSource& random;
};

}  // namespace anjie
