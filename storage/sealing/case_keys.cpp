#include "storage/sealing/case_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/sealing/detail/bytes.hpp"

namespace anjie {
namespace {

using detail::append_bytes;
using detail::append_number;
using detail::ByteReader;

constexpr std::uint8_t row_format = 1;
constexpr std::size_t head_bytes = 1 + sizeof(KeyEpoch) + sizeof(Nonce);

BytesView bytes_in(std::string_view row) { return std::as_bytes(std::span(row)); }

std::unexpected<Error> broken(const CaseId& id, std::string_view what) {
    return failure(ErrorCode::corrupt, fmt::format("the keys of case {} {}", to_string(id), what));
}

Bytes associated_text(const CaseId& id, BytesView head) {
    Bytes text;
    append_bytes(text, std::as_bytes(std::span(id.bytes)));
    append_bytes(text, head);
    return text;
}

}  // namespace

const SubjectKey* CaseKeys::find(std::uint16_t subject, const Hash& commitment) const {
    const auto found = std::ranges::find_if(keys, [&](const SubjectKey& known) {
        return known.subject == subject && known.key.commitment == commitment;
    });
    return found == keys.end() ? nullptr : &*found;
}

const SubjectKey* CaseKeys::newest(std::uint16_t subject) const {
    const auto found = std::find_if(keys.rbegin(), keys.rend(), [&](const SubjectKey& known) {
        return known.subject == subject && known.state != KeyState::erased;
    });
    return found == keys.rend() ? nullptr : &*found;
}

std::string wrap_keys(const Cipher& cipher, const MasterKey& master, const Nonce& nonce, const CaseId& id,
                      const CaseKeys& keys) {
    Bytes plain;
    append_number(plain, static_cast<std::uint16_t>(keys.keys.size()));
    for (const auto& key : keys.keys) {
        append_number(plain, key.subject);
        append_number(plain, static_cast<std::uint8_t>(key.state));
        append_bytes(plain, key.key.commitment.bytes);
        if (key.state != KeyState::erased) append_bytes(plain, key.key.key);
    }
    Bytes row;
    append_number(row, row_format);
    append_number(row, master.epoch);
    append_bytes(row, nonce);
    const auto associated = associated_text(id, row);
    row.resize(head_bytes + plain.size() + Cipher::tag_bytes);
    cipher.seal(master.key, nonce, associated, plain, std::span(row).subspan(head_bytes));
    return {reinterpret_cast<const char*>(row.data()), row.size()};
}

Result<KeyEpoch> epoch_of_row(std::string_view row) {
    ByteReader reader(bytes_in(row));
    const auto format = reader.number<std::uint8_t>();
    const auto epoch = reader.number<KeyEpoch>();
    if (format != row_format || !epoch || *epoch == 0)
        return failure(ErrorCode::corrupt, "a row of keys has an unknown format");
    return *epoch;
}

Result<CaseKeys> unwrap_keys(const Cipher& cipher, const MasterKey& master, const CaseId& id, std::string_view row) {
    const auto bytes = bytes_in(row);
    if (bytes.size() < head_bytes) return broken(id, "are cut short");
    Nonce nonce{};
    std::ranges::copy(bytes.subspan(head_bytes - nonce.size(), nonce.size()), nonce.begin());
    const auto plain =
        cipher.open(master.key, nonce, associated_text(id, bytes.first(head_bytes)), bytes.subspan(head_bytes));
    if (!plain) return broken(id, "are not what was stored, or belong to another key file");
    ByteReader reader(*plain);
    CaseKeys keys;
    const auto count = reader.number<std::uint16_t>();
    for (std::size_t i = 0; count && i < *count; ++i) {
        SubjectKey key;
        const auto subject = reader.number<std::uint16_t>();
        const auto state = reader.number<std::uint8_t>();
        if (!subject || !state || *state < 1 || *state > 3 || !reader.fill(key.key.commitment.bytes))
            return broken(id, "are broken");
        key.subject = *subject;
        key.state = static_cast<KeyState>(*state);
        if (key.state != KeyState::erased && !reader.fill(key.key.key)) return broken(id, "are broken");
        keys.keys.push_back(key);
    }
    if (!count || !reader.at_end()) return broken(id, "are broken");
    return keys;
}

}  // namespace anjie
