#pragma once

#include <span>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"
#include "engine/trust/crypto.hpp"

namespace anjie {

/// A data key (数据密钥) with its commitment: a hash that binds whoever publishes it to this one key, so that a key
/// disclosed later proves what was sealed with it.
struct DataKey {
    Hash commitment;
    SecretKey key{};
};

/// The commitment of a key of a subject of a case.
[[nodiscard]] Hash commitment_of(const Hasher& hasher, const CaseId& id, std::uint16_t subject, const SecretKey& key);

/// What one event holds of one subject: which fields, under which key, and their texts encrypted.
/// Lifetime: as the sealed part it was read from.
struct SealedGroup {
    struct Field {
        std::uint16_t place{};  ///< Among the event's sealed fields, from 0.
        std::uint16_t field{};
    };
    std::uint16_t subject{};
    Hash commitment;
    Nonce nonce{};
    std::vector<Field> fields;
    BytesView head;    ///< Everything of the group that is not encrypted.
    BytesView sealed;  ///< Encrypted texts and tag.
};

/// Where a sealed part belongs: part of what is authenticated, so that it cannot be moved to another event.
struct SealedPlace {
    CaseId case_id;
    Version version{};
};

/// Appends the group of a subject's fields to `out`. `places` are their indexes in `fields`, in order.
/// Requires: the nonce has never been used with the key. Cost: one encryption.
void append_group(Bytes& out, const CryptoSuite& suite, const SealedPlace& at, const DataKey& key, const Nonce& nonce,
                  std::uint16_t subject, std::span<const SealedField> fields, std::span<const std::uint16_t> places);

/// Begins a sealed part; groups follow.
void begin_sealed_part(Bytes& out);

/// The groups of a sealed part; no bytes are none. Errors: `corrupt`; hostile bytes are read within bounds.
[[nodiscard]] Result<std::vector<SealedGroup>> read_groups(BytesView part);

/// The texts of a group's fields, in order. Errors: `corrupt` (not what was sealed there, or another key).
[[nodiscard]] Result<std::vector<std::string>> open_group(const Cipher& cipher, const SealedPlace& at,
                                                          const SealedGroup& group, const SecretKey& key);

}  // namespace anjie
