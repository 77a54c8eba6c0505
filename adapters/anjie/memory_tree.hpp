#pragma once

#include <vector>

#include "engine/event_store.hpp"
#include "engine/trust/merkle.hpp"

namespace anjie {

/// Every complete subtree of a log, computed from its records and held in memory: 64 bytes an event.
class MemoryTree final : public HashReader {
public:
    explicit MemoryTree(const Hasher& hasher) : hasher_(hasher) {}

    void add(const Hash& leaf);
    [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
    [[nodiscard]] Result<Hash> subtree(unsigned level, std::uint64_t index) const override;

private:
    const Hasher& hasher_;
    std::vector<std::vector<Hash>> levels_;
};

}  // namespace anjie
