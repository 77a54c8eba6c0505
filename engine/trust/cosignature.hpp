#pragma once

#include "engine/trust/note.hpp"

// What a witness signs, as c2sp.org/tlog-cosignature (version 1, Ed25519) has it: that at a time this checkpoint was
// the largest consistent one it had seen of the log.

namespace anjie {

/// The bytes a witness signs: a header, the time, and the checkpoint's text.
[[nodiscard]] std::string cosigned_message(std::string_view checkpoint_text, std::uint64_t time);

/// Requires: `key` is a witness's. Errors: `invalid` when the text is no checkpoint, the time is 2^63 or later, or the
/// suite refuses the key.
[[nodiscard]] Result<NoteSignature> sign_cosignature(const CryptoSuite& suite, const SignerKey& key,
                                                     std::string_view checkpoint_text, std::uint64_t time);

/// The time that a good cosignature states. Errors: `corrupt` when it is not a good one of this key.
[[nodiscard]] Result<std::uint64_t> verify_cosignature(const CryptoSuite& suite, const VerifierKey& key,
                                                       std::string_view checkpoint_text, BytesView signature);

/// The checkpoint with those of a witness's signature lines that are good ones of `witnesses`; others are passed over.
/// Errors: `invalid` when either text is malformed; `corrupt` when a line of a known witness is bad, or none is known.
[[nodiscard]] Result<std::string> add_cosignatures(const CryptoSuite& suite, std::string_view note,
                                                   std::string_view lines, std::span<const VerifierKey> witnesses);

}  // namespace anjie
