#pragma once

#include <filesystem>

#include "engine/trust/witness.hpp"

namespace anjie::witness {

/// A witness on disk: its key, whom it trusts, and the last checkpoint it signed of each log, one file per log.
/// Threads: any, at once; several processes may use one directory at once.
class WitnessDirectory final : public WitnessRecord {
public:
    static constexpr std::size_t trusted_bytes_max = 1'048'576;

    /// Makes a new directory with a new key. Errors: `conflict` when it holds a witness already; `invalid` for a name
    /// that no key can have; `unavailable`.
    [[nodiscard]] static Result<VerifierKey> create(const CryptoSuite& suite, const std::filesystem::path& directory,
                                                    std::string_view name);
    /// Errors: `not_found` when it holds no witness; those of `read_key_file`.
    [[nodiscard]] static Result<WitnessDirectory> open(const CryptoSuite& suite,
                                                       const std::filesystem::path& directory);

    [[nodiscard]] const SignerKey& key() const { return key_; }

    /// The logs' keys, read anew. Errors: `invalid` with the line that is no key; `unavailable`.
    [[nodiscard]] Result<std::vector<VerifierKey>> trusted() const;
    /// Trusts one more key, from the next request on; false when it was trusted already.
    /// Errors: `invalid` when it is a witness's key.
    [[nodiscard]] Result<bool> trust(const VerifierKey& key);

    [[nodiscard]] Result<std::optional<std::string>> last(const Hash& log) const override;
    [[nodiscard]] Result<void> exchange(const Hash& log, const Decide& decide) override;

private:
    WitnessDirectory(const CryptoSuite& suite, std::filesystem::path directory, SignerKey key)
        : suite_(&suite), directory_(std::move(directory)), key_(std::move(key)) {}
    [[nodiscard]] std::filesystem::path head_file(const Hash& log) const;

    const CryptoSuite* suite_;
    std::filesystem::path directory_;
    SignerKey key_;
};

}  // namespace anjie::witness
