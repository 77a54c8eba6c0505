#pragma once

#include <filesystem>

#include "storage/sealing/master_keys.hpp"

namespace anjie {

/// Key-encryption keys as files `kek-<epoch>` of a directory of their own (docs/format.md): only their owner may read
/// them. Keep it on another disk and in another backup than the log, or both are lost and found together.
class KeyFolder final : public MasterKeys {
public:
    explicit KeyFolder(std::filesystem::path directory) : directory_(std::move(directory)) {}

    [[nodiscard]] Result<SecretKey> read(KeyEpoch epoch) const override;
    [[nodiscard]] Result<std::vector<KeyEpoch>> epochs() const override;
    [[nodiscard]] Result<void> create(KeyEpoch epoch, const SecretKey& key) override;
    [[nodiscard]] Result<void> destroy(KeyEpoch epoch) override;
    [[nodiscard]] std::string place_of(KeyEpoch epoch) const override;

private:
    [[nodiscard]] std::filesystem::path file_of(KeyEpoch epoch) const;
    [[nodiscard]] Result<void> flush_names() const;

    std::filesystem::path directory_;
};

}  // namespace anjie
