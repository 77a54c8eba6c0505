#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/trust/crypto.hpp"

namespace anjie {

/// Number of a key-encryption key: 1, 2, 3 ... Each erasure begins a new one.
using KeyEpoch = std::uint32_t;

/// Keeps the key-encryption keys (密钥加密密钥, KEK) apart from the log, so that destroying one makes every stale copy
/// of what it wrapped unreadable. Threads: one at a time.
class MasterKeys {
public:
    virtual ~MasterKeys() = default;
    /// Errors: `not_found`, `invalid` (not such a key, or others may read it), `unavailable`; the sentence names the
    /// place and what to do.
    [[nodiscard]] virtual Result<SecretKey> read(KeyEpoch epoch) const = 0;
    /// The epochs that have a key, in order.
    [[nodiscard]] virtual Result<std::vector<KeyEpoch>> epochs() const = 0;
    /// Durable: when it returns.
    [[nodiscard]] virtual Result<void> create(KeyEpoch epoch, const SecretKey& key) = 0;
    /// Overwrites and removes. An epoch without a key is no error. Durable: when it returns.
    [[nodiscard]] virtual Result<void> destroy(KeyEpoch epoch) = 0;
    /// Where a person finds the key of an epoch.
    [[nodiscard]] virtual std::string place_of(KeyEpoch epoch) const = 0;
};

/// Keys that live as long as the process.
class MasterKeysInMemory final : public MasterKeys {
public:
    [[nodiscard]] Result<SecretKey> read(KeyEpoch epoch) const override {
        const auto found = keys_.find(epoch);
        if (found == keys_.end()) return failure(ErrorCode::not_found, "there is no " + place_of(epoch));
        return found->second;
    }
    [[nodiscard]] Result<std::vector<KeyEpoch>> epochs() const override {
        std::vector<KeyEpoch> epochs;
        for (const auto& [epoch, key] : keys_) epochs.push_back(epoch);
        return epochs;
    }
    [[nodiscard]] Result<void> create(KeyEpoch epoch, const SecretKey& key) override {
        keys_[epoch] = key;
        return {};
    }
    [[nodiscard]] Result<void> destroy(KeyEpoch epoch) override {
        keys_.erase(epoch);
        return {};
    }
    [[nodiscard]] std::string place_of(KeyEpoch epoch) const override {
        return "key of epoch " + std::to_string(epoch) + " in memory";
    }

private:
    std::map<KeyEpoch, SecretKey> keys_;
};

}  // namespace anjie
