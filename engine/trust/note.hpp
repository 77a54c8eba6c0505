#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/trust/crypto.hpp"

// Signed notes as c2sp.org/signed-note has them: a text, a blank line, and a line for each signature.

namespace anjie {

/// How a signature line was made; the number stands at the head of an encoded key.
enum class KeyType : std::uint8_t {
    ed25519 = 0x01,      ///< Over the text.
    cosignature = 0x04,  ///< Ed25519 of a witness, with the time (c2sp.org/tlog-cosignature, version 1).
    sm2 = 0xff,          ///< SM2 with SM3 over the text: a private type, named "GM-SM2-SM3" after the number.
};

/// Whose signatures are believed. Name and id together tell a key from others; the id alone proves nothing.
struct VerifierKey {
    std::string name;
    std::uint32_t id{};
    KeyType type{};
    Bytes public_key;  ///< As the signature suite has it.

    bool operator==(const VerifierKey&) const = default;
};

/// A key that signs. Whoever holds it is the log, or the witness.
struct SignerKey {
    VerifierKey verifier;
    Bytes private_key;  ///< As the signature suite has it.
};

/// The first four bytes of SHA-256 over name, newline, and the encoded key.
[[nodiscard]] std::uint32_t key_id_of(const Hasher& hasher, std::string_view name, KeyType type, BytesView public_key);

/// "<name>+<id in 8 hexadecimal digits>+<base64 of type and public key>".
[[nodiscard]] std::string to_string(const VerifierKey& key);
/// Errors: `invalid`: not of this form, a type we do not know, or an id that is not that of name and key.
[[nodiscard]] Result<VerifierKey> parse_verifier_key(const CryptoSuite& suite, std::string_view text);

/// "PRIVATE+KEY+<name>+<id>+<base64 of type and private key>". Secret.
[[nodiscard]] std::string to_string(const SignerKey& key);
/// Errors: as for the verifier's; no message ever holds a part of the key.
[[nodiscard]] Result<SignerKey> parse_signer_key(const CryptoSuite& suite, std::string_view text);
/// A new key. Errors: `invalid` for a name that cannot stand in a signature line; `unavailable` when the suite has
/// none.
[[nodiscard]] Result<SignerKey> generate_signer_key(const CryptoSuite& suite, KeyType type, std::string_view name);

struct NoteSignature {
    std::string name;
    std::uint32_t key_id{};
    Bytes signature;

    bool operator==(const NoteSignature&) const = default;
};

struct Note {
    std::string text;  ///< Ends with a newline, which is signed too.
    std::vector<NoteSignature> signatures;

    bool operator==(const Note&) const = default;
};

struct NoteLimits {
    static constexpr std::size_t note_bytes_max = 262'144;  ///< Room for 16 post-quantum signatures, as required.
    static constexpr std::size_t signatures_max = 64;
};

/// "— <name> <base64 of id and signature>" with its newline.
[[nodiscard]] std::string to_string(const NoteSignature& signature);
[[nodiscard]] std::string to_string(const Note& note);
/// Reads a note without believing it. Errors: `invalid` with the reason: too long, not UTF-8, control characters, no
/// signature, too many, a line that is not one.
[[nodiscard]] Result<Note> parse_note(std::string_view note);
/// Reads signature lines alone, as a witness answers them. Errors: as `parse_note`.
[[nodiscard]] Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);

/// A signature that was checked and is good.
struct VerifiedSignature {
    std::size_t key{};     ///< Index among the keys that were given.
    std::uint64_t time{};  ///< Of a cosignature: seconds since 1970 by the witness's clock; else 0.

    bool operator==(const VerifiedSignature&) const = default;
};

struct OpenedNote {
    std::string text;
    std::vector<VerifiedSignature> verified;  ///< In the order of the lines; never empty.
    std::size_t unknown{};                    ///< Signatures by keys that were not given: they say nothing.
};

/// Reads a note and believes it when a given key signed it. Signatures of other keys are passed over; a bad one of a
/// given key refuses the whole note. Errors: `invalid` when it is not a note, or two given keys have one name and id;
/// `corrupt` when a given key's signature is bad, or no given key signed.
[[nodiscard]] Result<OpenedNote> open_note(const CryptoSuite& suite, std::string_view note,
                                           std::span<const VerifierKey> keys);

/// Signs a text. Requires: the key is not a witness's (it signs a time with the text; see `sign_cosignature`).
/// Errors: `invalid` when the text cannot be that of a note, or the suite refuses the key.
[[nodiscard]] Result<NoteSignature> sign_text(const CryptoSuite& suite, const SignerKey& key, std::string_view text);
/// A note with a signature of each key. Errors: as `sign_text`. Requires: at least one key.
[[nodiscard]] Result<std::string> sign_note(const CryptoSuite& suite, std::string_view text,
                                            std::span<const SignerKey> keys);
/// The note with one more line; the signature is not checked. A line that is there already is not repeated.
/// Errors: `invalid` when it is not a note, or is full.
[[nodiscard]] Result<std::string> add_signature(std::string_view note, const NoteSignature& signature);

/// Whether `signature` is a good one of `key` over `text`: false for hostile bytes. The time, if any, is given back.
[[nodiscard]] Result<VerifiedSignature> verify_signature(const CryptoSuite& suite, const VerifierKey& key,
                                                         std::string_view text, BytesView signature);

}  // namespace anjie
