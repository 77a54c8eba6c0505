#include "engine/trust/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/assert.hpp"
#include "engine/trust/detail/text.hpp"

namespace anjie {

std::string checkpoint_text(const Checkpoint& checkpoint) {
    ANJIE_ASSERT(!checkpoint.origin.empty() && checkpoint.origin.find('\n') == std::string::npos &&
                 detail::is_note_text(checkpoint.origin));
    return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, to_base64(checkpoint.root.bytes));
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    const auto not_valid = [](std::string_view reason) { return failure(ErrorCode::invalid, std::string(reason)); };
    if (!detail::is_note_text(text)) return not_valid("a checkpoint is UTF-8 without control characters");
    detail::LineReader lines(text);
    const auto origin = lines.next();
    const auto size = lines.next();
    const auto root = lines.next();
    if (!origin || !size || !root) return not_valid("a checkpoint has three lines: origin, size and root");
    if (origin->empty()) return not_valid("a checkpoint's origin is empty");
    const auto leaves = detail::parse_decimal(*size);
    if (!leaves) return not_valid("a checkpoint's size is a decimal number without leading zeros, below 2^63");
    const auto hash = hash_from_base64(*root);
    if (!hash) return not_valid("a checkpoint's root is the base64 of 32 bytes");
    while (const auto extension = lines.next())
        if (extension->empty()) return not_valid("a checkpoint has an empty line");
    if (!lines.rest().empty()) return not_valid("a checkpoint's last line has no newline");
    return Checkpoint{std::string(*origin), *leaves, *hash};
}

Result<OpenedCheckpoint> open_checkpoint(const CryptoSuite& suite, std::string_view note,
                                         std::span<const VerifierKey> keys) {
    ANJIE_TRY(auto opened, open_note(suite, note, keys));
    ANJIE_TRY(auto checkpoint, parse_checkpoint(opened.text));
    // A key vouches for the log it is named after, or one trusted log could speak for another.
    const bool by_log = std::ranges::any_of(opened.verified, [&](const VerifiedSignature& signature) {
        const auto& key = keys[signature.key];
        return key.type != KeyType::cosignature && key.name == checkpoint.origin;
    });
    if (!by_log)
        return failure(ErrorCode::corrupt,
                       fmt::format("no trusted key of the log {} signed this checkpoint", checkpoint.origin));
    return OpenedCheckpoint{std::move(checkpoint), std::move(opened)};
}

}  // namespace anjie
