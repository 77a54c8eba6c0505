#include "engine/trust/cosignature.hpp"

#include <fmt/format.h>

#include <limits>

#include "engine/assert.hpp"
#include "engine/trust/checkpoint.hpp"

namespace anjie {
namespace {

constexpr std::size_t time_bytes = 8;
constexpr std::size_t signature_bytes = 64;
constexpr auto time_max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

}  // namespace

std::string cosigned_message(std::string_view checkpoint_text, std::uint64_t time) {
    return fmt::format("cosignature/v1\ntime {}\n{}", time, checkpoint_text);
}

Result<NoteSignature> sign_cosignature(const CryptoSuite& suite, const SignerKey& key, std::string_view checkpoint_text,
                                       std::uint64_t time) {
    ANJIE_ASSERT(key.verifier.type == KeyType::cosignature);
    ANJIE_CHECK(parse_checkpoint(checkpoint_text));
    if (time > time_max) return failure(ErrorCode::invalid, "a cosignature's time is below 2^63");
    const auto message = cosigned_message(checkpoint_text, time);
    ANJIE_TRY(const auto signature,
              suite.signatures.sign(SignatureAlgorithm::ed25519, key.private_key, bytes_of(message)));
    Bytes stamped;
    for (int shift = 56; shift >= 0; shift -= 8) stamped.push_back(static_cast<std::byte>(time >> shift & 0xff));
    stamped.insert(stamped.end(), signature.begin(), signature.end());
    return NoteSignature{key.verifier.name, key.verifier.id, std::move(stamped)};
}

Result<std::uint64_t> verify_cosignature(const CryptoSuite& suite, const VerifierKey& key,
                                         std::string_view checkpoint_text, BytesView signature) {
    ANJIE_ASSERT(key.type == KeyType::cosignature);
    const auto bad = [&](std::string_view why) {
        return failure(ErrorCode::corrupt, fmt::format("the cosignature of {} ({:08x}) {}", key.name, key.id, why));
    };
    if (signature.size() != time_bytes + signature_bytes) return bad("does not have 72 bytes");
    std::uint64_t time = 0;
    for (const auto byte : signature.first(time_bytes)) time = time << 8 | std::to_integer<std::uint64_t>(byte);
    if (time > time_max) return bad("states a time beyond 2^63");
    if (!parse_checkpoint(checkpoint_text)) return bad("is on a text that is no checkpoint");
    const auto message = cosigned_message(checkpoint_text, time);
    if (!suite.signatures.verify(SignatureAlgorithm::ed25519, key.public_key, bytes_of(message),
                                 signature.subspan(time_bytes)))
        return bad("is not over this text and time");
    return time;
}

Result<std::string> add_cosignatures(const CryptoSuite& suite, std::string_view note, std::string_view lines,
                                     std::span<const VerifierKey> witnesses) {
    ANJIE_TRY(const auto parsed, parse_note(note));
    ANJIE_TRY(const auto signatures, parse_signature_lines(lines));
    std::string cosigned(note);
    bool any = false;
    for (const auto& signature : signatures)
        for (const auto& key : witnesses) {
            if (key.type != KeyType::cosignature || key.id != signature.key_id || key.name != signature.name) continue;
            ANJIE_CHECK(verify_cosignature(suite, key, parsed.text, signature.signature));
            ANJIE_TRY(cosigned, add_signature(cosigned, signature));
            any = true;
        }
    if (!any) return failure(ErrorCode::corrupt, "no witness that is trusted here cosigned this checkpoint");
    return cosigned;
}

}  // namespace anjie
