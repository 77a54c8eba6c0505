#include "storage/sealing/sealed_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/assert.hpp"
#include "engine/event_store.hpp"
#include "storage/sealing/detail/bytes.hpp"

namespace anjie {
namespace {

using detail::append_bytes;
using detail::append_number;
using detail::ByteReader;

constexpr std::byte format_aes_gcm{1};
constexpr std::string_view commitment_label = "anjie data key 1";
/// Texts are padded, so that a cipher text does not tell a name of two characters from one of three.
constexpr std::size_t padding = 16;

Bytes associated_text(const SealedPlace& at, BytesView head) {
    Bytes text;
    text.reserve(1 + at.case_id.bytes.size() + sizeof at.version + head.size());
    text.push_back(format_aes_gcm);
    append_bytes(text, std::as_bytes(std::span(at.case_id.bytes)));
    append_number(text, at.version);
    append_bytes(text, head);
    return text;
}

std::unexpected<Error> broken(std::string_view what) {
    return failure(ErrorCode::corrupt, fmt::format("the sealed part of an event {}", what));
}

Result<SealedGroup> read_group(ByteReader& reader) {
    SealedGroup group;
    const auto* begin = reader.rest().data();
    const auto subject = reader.number<std::uint16_t>();
    const bool has_key = subject && reader.fill(group.commitment.bytes) && reader.fill(group.nonce);
    const auto count = has_key ? reader.number<std::uint16_t>() : std::nullopt;
    if (!count) return broken("ends in the middle of a group");
    if (*count == 0) return broken("has a group without fields");
    if (reader.rest().size() / 4 < *count) return broken("has fewer fields than it says");
    for (auto i = *count; i > 0; --i) {
        const auto place = reader.number<std::uint16_t>();
        const auto field = reader.number<std::uint16_t>();
        if (!place || !field) return broken("ends in the middle of a field");
        group.fields.push_back({*place, *field});
    }
    const auto size = reader.number<std::uint32_t>();
    if (!size) return broken("ends before a cipher text");
    group.head = {begin, reader.rest().data()};
    const auto sealed = reader.take(std::size_t{*size} + Cipher::tag_bytes);
    if (!sealed) return broken("ends in the middle of a cipher text");
    group.subject = *subject;
    group.sealed = *sealed;
    return group;
}

}  // namespace

Hash commitment_of(const Hasher& hasher, const CaseId& id, std::uint16_t subject, const SecretKey& key) {
    Bytes text;
    append_bytes(text, std::as_bytes(std::span(commitment_label)));
    append_bytes(text, std::as_bytes(std::span(id.bytes)));
    append_number(text, subject);
    append_bytes(text, key);
    return hasher.digest(text);
}

void begin_sealed_part(Bytes& out) { out.assign(1, format_aes_gcm); }

void append_group(Bytes& out, const CryptoSuite& suite, const SealedPlace& at, const DataKey& key, const Nonce& nonce,
                  std::uint16_t subject, std::span<const SealedField> fields, std::span<const std::uint16_t> places) {
    const auto begin = out.size();
    append_number(out, subject);
    append_bytes(out, key.commitment.bytes);
    append_bytes(out, nonce);
    append_number(out, static_cast<std::uint16_t>(places.size()));
    Bytes plain;
    for (const auto place : places) {
        const auto& field = fields[place];
        append_number(out, place);
        append_number(out, field.field);
        ANJIE_ASSERT(field.text.size() <= EventStore::record_bytes_max);
        append_number(plain, static_cast<std::uint16_t>(field.text.size()));
        append_bytes(plain, std::as_bytes(std::span(field.text)));
    }
    plain.resize((plain.size() + padding - 1) / padding * padding);
    append_number(out, static_cast<std::uint32_t>(plain.size()));
    const auto associated = associated_text(at, BytesView(out).subspan(begin));
    const auto head_end = out.size();
    out.resize(head_end + plain.size() + Cipher::tag_bytes);
    suite.cipher.seal(key.key, nonce, associated, plain, std::span(out).subspan(head_end));
}

Result<std::vector<SealedGroup>> read_groups(BytesView part) {
    std::vector<SealedGroup> groups;
    if (part.empty()) return groups;
    if (part.size() > EventStore::record_bytes_max) return broken("is longer than any event");
    if (part.front() != format_aes_gcm) return broken("has an unknown format");
    ByteReader reader(part.subspan(1));
    if (reader.at_end()) return broken("has no group");
    while (!reader.at_end()) {
        ANJIE_TRY(auto group, read_group(reader));
        groups.push_back(std::move(group));
    }
    return groups;
}

Result<std::vector<std::string>> open_group(const Cipher& cipher, const SealedPlace& at, const SealedGroup& group,
                                            const SecretKey& key) {
    ANJIE_TRY(const auto plain, cipher.open(key, group.nonce, associated_text(at, group.head), group.sealed));
    ByteReader reader(plain);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < group.fields.size(); ++i) {
        const auto size = reader.number<std::uint16_t>();
        const auto text = size ? reader.take(*size) : std::nullopt;
        if (!text) return broken("was sealed with fewer texts than fields");
        texts.emplace_back(reinterpret_cast<const char*>(text->data()), text->size());
    }
    if (reader.rest().size() >= padding || !std::ranges::all_of(reader.rest(), [](std::byte b) { return b == std::byte{}; }))
        return broken("was sealed with more than its texts");
    return texts;
}

}  // namespace anjie
