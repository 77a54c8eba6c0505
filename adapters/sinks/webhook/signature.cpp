#include "adapters/sinks/webhook/signature.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "engine/assert.hpp"
#include "engine/trust/hash.hpp"

namespace anjie::sinks {
namespace {

constexpr std::size_t secret_bytes_min = 24;
constexpr std::size_t secret_bytes_max = 64;

std::string short_digest(std::string_view text) {
    std::array<std::byte, 32> digest{};
    unsigned size = 0;
    const int done = EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                                EVP_sha256(), nullptr);
    ANJIE_ASSERT(done == 1 && size == digest.size());
    return to_hex(BytesView(digest).first(8));
}

}  // namespace

Result<Bytes> parse_webhook_secret(std::string_view text) {
    constexpr std::string_view prefix = "whsec_";
    const auto wrong = failure(ErrorCode::invalid, "a webhook's secret is whsec_ and the base64 of 24 to 64 bytes");
    if (!text.starts_with(prefix)) return wrong;
    auto bytes = from_base64(text.substr(prefix.size()));
    if (!bytes || bytes->size() < secret_bytes_min || bytes->size() > secret_bytes_max) return wrong;
    return bytes;
}

std::string webhook_signature(const std::vector<Bytes>& secrets, std::string_view id, std::int64_t seconds,
                              std::string_view body) {
    const auto content = fmt::format("{}.{}.{}", id, seconds, body);
    std::string value;
    for (const auto& secret : secrets) {
        std::array<std::byte, 32> digest{};
        unsigned size = 0;
        const auto* done = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                                reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                                reinterpret_cast<unsigned char*>(digest.data()), &size);
        ANJIE_ASSERT(done != nullptr && size == digest.size());
        value += fmt::format("{}v1,{}", value.empty() ? "" : " ", to_base64(digest));
    }
    return value;
}

std::string webhook_id(std::string_view source, const std::vector<std::string_view>& ids) {
    if (ids.size() == 1) return fmt::format("{}-{}", short_digest(source), ids.front());
    return fmt::format("{}-b{}", short_digest(source), short_digest(fmt::format("{}", fmt::join(ids, " "))));
}

}  // namespace anjie::sinks
