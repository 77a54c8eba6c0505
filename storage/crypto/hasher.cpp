#include "engine/assert.hpp"
#include "storage/crypto/detail/openssl.hpp"

namespace anjie::detail {
namespace {

/// One context per thread: making one costs more than hashing a record.
class Sha256Context {
public:
    Sha256Context() : context_(EVP_MD_CTX_new()) {
        ANJIE_ASSERT(context_ && EVP_DigestInit_ex2(context_.get(), EVP_sha256(), nullptr) == 1);
    }
    void start() { ANJIE_ASSERT(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1); }
    void add(BytesView bytes) { ANJIE_ASSERT(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1); }
    Hash finish() {
        Hash hash;
        unsigned size = 0;
        ANJIE_ASSERT(EVP_DigestFinal_ex(context_.get(), room_in(std::span(hash.bytes)), &size) == 1);
        ANJIE_ASSERT(size == hash.bytes.size());
        return hash;
    }

private:
    DigestContext context_;
};

class Sha256Hasher final : public Hasher {
public:
    Hash digest(BytesView bytes) const override {
        auto& context = of_this_thread();
        context.add(bytes);
        return context.finish();
    }
    Hash leaf(BytesView entry) const override {
        static constexpr std::byte prefix[]{std::byte{0x00}};
        auto& context = of_this_thread();
        context.add(prefix);
        context.add(entry);
        return context.finish();
    }
    Hash node(const Hash& left, const Hash& right) const override {
        std::array<std::byte, 65> bytes;
        bytes[0] = std::byte{0x01};
        std::memcpy(bytes.data() + 1, left.bytes.data(), left.bytes.size());
        std::memcpy(bytes.data() + 33, right.bytes.data(), right.bytes.size());
        return digest(bytes);
    }

private:
    static Sha256Context& of_this_thread() {
        thread_local Sha256Context context;
        context.start();
        return context;
    }
};

}  // namespace

const Hasher& sha256_hasher() {
    static const Sha256Hasher hasher;
    return hasher;
}

}  // namespace anjie::detail
