#pragma once

#include <filesystem>

#include "engine/trust/note.hpp"

namespace anjie::witness {

/// Writes a private key into a new file that only its owner can read. Durable: the file.
/// Errors: `conflict` when there is one already (a key is never overwritten); `unavailable`.
[[nodiscard]] Result<void> write_key_file(const std::filesystem::path& file, const SignerKey& key);

/// Errors: `not_found`; `invalid` when others than the owner may read or write it (the sentence says how to mend it),
/// or it is not a key.
[[nodiscard]] Result<SignerKey> read_key_file(const CryptoSuite& suite, const std::filesystem::path& file);

}  // namespace anjie::witness
