#include "storage/crypto/openssl_suite.hpp"

#include <openssl/rand.h>

#include "engine/assert.hpp"
#include "storage/crypto/detail/openssl.hpp"

namespace anjie {
namespace {

class OpensslRandom final : public RandomSource {
public:
    void fill(std::span<std::byte> bytes) const override {
        // Without unpredictable bytes no key is secret: there is nothing to go on with.
        ANJIE_ASSERT(RAND_bytes(detail::room_in(bytes), static_cast<int>(bytes.size())) == 1);
    }
};

}  // namespace

const CryptoSuite& openssl_suite() {
    static const OpensslRandom random;
    static const CryptoSuite suite{detail::sha256_hasher(), detail::aes_gcm_cipher(), detail::openssl_signatures(),
                                   random};
    return suite;
}

}  // namespace anjie
