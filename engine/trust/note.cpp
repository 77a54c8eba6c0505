#include "engine/trust/note.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/assert.hpp"
#include "engine/trust/cosignature.hpp"
#include "engine/trust/detail/text.hpp"

namespace anjie {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::string_view sm2_name = "GM-SM2-SM3";
constexpr std::string_view private_prefix = "PRIVATE+KEY+";

std::unexpected<Error> not_valid(std::string reason) { return failure(ErrorCode::invalid, std::move(reason)); }

SignatureAlgorithm algorithm_of(KeyType type) {
    return type == KeyType::sm2 ? SignatureAlgorithm::sm2 : SignatureAlgorithm::ed25519;
}

void append(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

/// The type's number, its name where the number is private, and the key.
Bytes encoded_key(KeyType type, BytesView key) {
    Bytes bytes{static_cast<std::byte>(type)};
    if (type == KeyType::sm2) append(bytes, bytes_of(sm2_name));
    append(bytes, key);
    return bytes;
}

struct DecodedKey {
    KeyType type{};
    Bytes key;
};

Result<DecodedKey> decode_key(std::string_view base64) {
    // The reader of base64 says nothing of its input, so a private key does not leak through a message.
    const auto bytes = from_base64(base64);
    if (!bytes || bytes->empty()) return not_valid("the last part of the key is not base64 of a key");
    const auto type = static_cast<KeyType>((*bytes)[0]);
    auto rest = BytesView(*bytes).subspan(1);
    switch (type) {
        case KeyType::ed25519:
        case KeyType::cosignature:
            if (rest.size() != 32) return not_valid("an Ed25519 key has 32 bytes");
            break;
        case KeyType::sm2:
            if (rest.size() <= sm2_name.size() || !std::ranges::equal(rest.first(sm2_name.size()), bytes_of(sm2_name)))
                return not_valid("a key of a private type that is not GM-SM2-SM3");
            rest = rest.subspan(sm2_name.size());
            break;
        default:
            return not_valid(fmt::format("a key of type {:#04x}, which is not known here", (*bytes)[0]));
    }
    return DecodedKey{type, Bytes(rest.begin(), rest.end())};
}

struct KeyText {
    std::string_view name;
    std::uint32_t id{};
    DecodedKey key;
};

/// Splits "<name>+<id>+<base64>"; a name has no `+`, base64 may.
Result<KeyText> split_key(std::string_view text) {
    const auto first = text.find('+');
    const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return not_valid("a key is written <name>+<8 hexadecimal digits>+<base64>");
    const auto name = text.substr(0, first);
    if (!detail::is_key_name(name))
        return not_valid("the name of a key is empty, or has a space or a control character");
    const auto id = from_hex(text.substr(first + 1, second - first - 1));
    if (!id || id->size() != 4) return not_valid("the id of a key has 8 lower-case hexadecimal digits");
    ANJIE_TRY(auto key, decode_key(text.substr(second + 1)));
    std::uint32_t number = 0;
    for (const auto byte : *id) number = number << 8 | std::to_integer<std::uint32_t>(byte);
    return KeyText{name, number, std::move(key)};
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
    const auto malformed = [] { return not_valid("a signature line is not \"\u2014 <name> <base64>\""); };
    if (!line.starts_with(dash)) return malformed();
    line.remove_prefix(dash.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return malformed();
    const auto name = line.substr(0, space);
    const auto bytes = from_base64(line.substr(space + 1));
    if (!detail::is_key_name(name) || !bytes || bytes->size() < 5) return malformed();
    NoteSignature signature{std::string(name), 0, Bytes(bytes->begin() + 4, bytes->end())};
    for (std::size_t i = 0; i < 4; ++i)
        signature.key_id = signature.key_id << 8 | std::to_integer<std::uint32_t>((*bytes)[i]);
    return signature;
}

bool signed_by(const NoteSignature& signature, const VerifierKey& key) {
    return signature.key_id == key.id && signature.name == key.name;
}

}  // namespace

std::uint32_t key_id_of(const Hasher& hasher, std::string_view name, KeyType type, BytesView public_key) {
    Bytes bytes;
    append(bytes, bytes_of(name));
    bytes.push_back(std::byte{'\n'});
    append(bytes, encoded_key(type, public_key));
    const auto hash = hasher.digest(bytes);
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < 4; ++i) id = id << 8 | std::to_integer<std::uint32_t>(hash.bytes[i]);
    return id;
}

std::string to_string(const VerifierKey& key) {
    return fmt::format("{}+{:08x}+{}", key.name, key.id, to_base64(encoded_key(key.type, key.public_key)));
}

Result<VerifierKey> parse_verifier_key(const CryptoSuite& suite, std::string_view text) {
    if (text.starts_with(private_prefix)) return not_valid("this is a private key where the public one is due");
    ANJIE_TRY(auto parts, split_key(text));
    VerifierKey key{std::string(parts.name), parts.id, parts.key.type, std::move(parts.key.key)};
    if (key_id_of(suite.hasher, key.name, key.type, key.public_key) != key.id)
        return not_valid(fmt::format("the key of {} does not have the id {:08x}", key.name, key.id));
    return key;
}

std::string to_string(const SignerKey& key) {
    return fmt::format("{}{}+{:08x}+{}", private_prefix, key.verifier.name, key.verifier.id,
                       to_base64(encoded_key(key.verifier.type, key.private_key)));
}

Result<SignerKey> parse_signer_key(const CryptoSuite& suite, std::string_view text) {
    if (!text.starts_with(private_prefix)) return not_valid("a private key begins with PRIVATE+KEY+");
    ANJIE_TRY(auto parts, split_key(text.substr(private_prefix.size())));
    ANJIE_TRY(auto public_key, suite.signatures.public_key_of(algorithm_of(parts.key.type), parts.key.key));
    SignerKey key{{std::string(parts.name), parts.id, parts.key.type, std::move(public_key)}, std::move(parts.key.key)};
    const auto& verifier = key.verifier;
    if (key_id_of(suite.hasher, verifier.name, verifier.type, verifier.public_key) != verifier.id)
        return not_valid(fmt::format("the private key of {} does not have the id {:08x}", verifier.name, verifier.id));
    return key;
}

Result<SignerKey> generate_signer_key(const CryptoSuite& suite, KeyType type, std::string_view name) {
    if (!detail::is_key_name(name))
        return not_valid("the name of a key must not be empty, and must have no space and no \"+\"");
    ANJIE_TRY(auto pair, suite.signatures.generate(algorithm_of(type)));
    const auto id = key_id_of(suite.hasher, name, type, pair.public_key);
    return SignerKey{{std::string(name), id, type, std::move(pair.public_key)}, std::move(pair.private_key)};
}

std::string to_string(const NoteSignature& signature) {
    Bytes bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::byte>(signature.key_id >> shift & 0xff));
    append(bytes, signature.signature);
    return fmt::format("{}{} {}\n", dash, signature.name, to_base64(bytes));
}

std::string to_string(const Note& note) {
    auto text = note.text + "\n";
    for (const auto& signature : note.signatures) text += to_string(signature);
    return text;
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
    if (lines.size() > NoteLimits::note_bytes_max) return not_valid("more signature lines than are read here");
    std::vector<NoteSignature> signatures;
    detail::LineReader reader(lines);
    while (const auto line = reader.next()) {
        if (signatures.size() == NoteLimits::signatures_max)
            return not_valid(fmt::format("more than {} signatures", NoteLimits::signatures_max));
        ANJIE_TRY(auto signature, parse_signature_line(*line));
        signatures.push_back(std::move(signature));
    }
    if (!reader.rest().empty()) return not_valid("the last signature line has no newline");
    if (signatures.empty()) return not_valid("there is no signature");
    return signatures;
}

Result<Note> parse_note(std::string_view note) {
    if (note.size() > NoteLimits::note_bytes_max)
        return not_valid(fmt::format("a note of {} bytes, more than {}", note.size(), NoteLimits::note_bytes_max));
    if (!detail::is_note_text(note)) return not_valid("a note has bytes that are not UTF-8, or control characters");
    const auto split = note.rfind("\n\n");
    if (split == std::string_view::npos) return not_valid("a note has a blank line before its signatures");
    ANJIE_TRY(auto signatures, parse_signature_lines(note.substr(split + 2)));
    return Note{std::string(note.substr(0, split + 1)), std::move(signatures)};
}

Result<VerifiedSignature> verify_signature(const CryptoSuite& suite, const VerifierKey& key, std::string_view text,
                                           BytesView signature) {
    if (key.type == KeyType::cosignature) {
        ANJIE_TRY(const auto time, verify_cosignature(suite, key, text, signature));
        return VerifiedSignature{0, time};
    }
    if (!suite.signatures.verify(algorithm_of(key.type), key.public_key, bytes_of(text), signature))
        return failure(ErrorCode::corrupt,
                       fmt::format("the signature of {} ({:08x}) is not over this text", key.name, key.id));
    return VerifiedSignature{};
}

Result<OpenedNote> open_note(const CryptoSuite& suite, std::string_view note, std::span<const VerifierKey> keys) {
    for (std::size_t i = 0; i < keys.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (keys[i].id == keys[k].id && keys[i].name == keys[k].name)
                return not_valid(fmt::format("two keys have the name {} and the id {:08x}", keys[i].name, keys[i].id));
    ANJIE_TRY(auto parsed, parse_note(note));
    OpenedNote opened{std::move(parsed.text), {}, 0};
    for (const auto& signature : parsed.signatures) {
        const auto key = std::ranges::find_if(keys, [&](const auto& known) { return signed_by(signature, known); });
        if (key == keys.end()) {
            ++opened.unknown;
            continue;
        }
        ANJIE_TRY(auto verified, verify_signature(suite, *key, opened.text, signature.signature));
        verified.key = static_cast<std::size_t>(key - keys.begin());
        opened.verified.push_back(verified);
    }
    if (opened.verified.empty()) return failure(ErrorCode::corrupt, "no key that is trusted here signed this note");
    return opened;
}

Result<NoteSignature> sign_text(const CryptoSuite& suite, const SignerKey& key, std::string_view text) {
    ANJIE_ASSERT(key.verifier.type != KeyType::cosignature);
    if (!text.ends_with('\n') || !detail::is_note_text(text))
        return not_valid("the text of a note ends with a newline, is UTF-8, and has no control characters");
    ANJIE_TRY(auto signature, suite.signatures.sign(algorithm_of(key.verifier.type), key.private_key, bytes_of(text)));
    return NoteSignature{key.verifier.name, key.verifier.id, std::move(signature)};
}

Result<std::string> sign_note(const CryptoSuite& suite, std::string_view text, std::span<const SignerKey> keys) {
    ANJIE_ASSERT(!keys.empty());
    Note note{std::string(text), {}};
    for (const auto& key : keys) {
        ANJIE_TRY(auto signature, sign_text(suite, key, text));
        note.signatures.push_back(std::move(signature));
    }
    auto written = to_string(note);
    ANJIE_CHECK(parse_note(written));
    return written;
}

Result<std::string> add_signature(std::string_view note, const NoteSignature& signature) {
    ANJIE_TRY(auto parsed, parse_note(note));
    if (std::ranges::find(parsed.signatures, signature) != parsed.signatures.end()) return std::string(note);
    parsed.signatures.push_back(signature);
    auto written = to_string(parsed);
    ANJIE_CHECK(parse_note(written));
    return written;
}

}  // namespace anjie
