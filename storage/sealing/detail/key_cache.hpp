#pragma once

#include <memory>
#include <unordered_map>
#include <utility>

#include "storage/sealing/case_keys.hpp"

namespace anjie::detail {

/// Opened keys of the cases used lately: at most twice `half_max`; those not used for as many others are let go.
class KeyCache {
public:
    using Keys = std::shared_ptr<const CaseKeys>;

    explicit KeyCache(std::size_t half_max) : half_max_(half_max) {}

    /// Null when not remembered.
    [[nodiscard]] Keys find(const CaseId& id) {
        if (const auto found = young_.find(id); found != young_.end()) return found->second;
        const auto found = old_.find(id);
        if (found == old_.end()) return nullptr;
        auto keys = found->second;
        put(id, keys);
        return keys;
    }
    void put(const CaseId& id, Keys keys) {
        if (young_.size() >= half_max_ && !young_.contains(id)) {
            old_ = std::move(young_);
            young_.clear();
        }
        young_[id] = std::move(keys);
    }
    void forget(const CaseId& id) {
        young_.erase(id);
        old_.erase(id);
    }
    void clear() {
        young_.clear();
        old_.clear();
    }

private:
    std::size_t half_max_;
    std::unordered_map<CaseId, Keys> young_;
    std::unordered_map<CaseId, Keys> old_;
};

}  // namespace anjie::detail
