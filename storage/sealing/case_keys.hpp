#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/sealing/master_keys.hpp"
#include "storage/sealing/sealed_text.hpp"

namespace anjie {

enum class KeyState : std::uint8_t {
    usable = 1,
    restricted = 2,  ///< Kept, not used.
    erased = 3,      ///< Only its commitment is left, so that a lost key and an erased one are told apart.
};

/// A data key of one subject of a case. A subject whose key was erased gets another when text of it is sealed again.
struct SubjectKey {
    std::uint16_t subject{};
    KeyState state{KeyState::usable};
    DataKey key;
};

/// All data keys of a case, kept as one row.
struct CaseKeys {
    std::vector<SubjectKey> keys;

    [[nodiscard]] const SubjectKey* find(std::uint16_t subject, const Hash& commitment) const;
    /// The key for new text of a subject; nullptr when it needs a new one.
    [[nodiscard]] const SubjectKey* newest(std::uint16_t subject) const;
};

struct MasterKey {
    KeyEpoch epoch{};
    SecretKey key{};
};

/// A case's row (docs/format.md). Requires: the nonce has never been used with the master key.
[[nodiscard]] std::string wrap_keys(const Cipher& cipher, const MasterKey& master, const Nonce& nonce,
                                    const CaseId& id, const CaseKeys& keys);
/// The epoch whose key wraps a row. Errors: `corrupt`.
[[nodiscard]] Result<KeyEpoch> epoch_of_row(std::string_view row);
/// Errors: `corrupt` (not what was wrapped for this case, or another master key).
[[nodiscard]] Result<CaseKeys> unwrap_keys(const Cipher& cipher, const MasterKey& master, const CaseId& id,
                                           std::string_view row);

}  // namespace anjie
