#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/id.hpp"

namespace anjie::detail {

/// The last versions of cases appended to lately: spares the next append a look into the database. Newer cases push
/// out older ones. Threads: one at a time.
class LastVersions {
public:
    LastVersions() : sets_(set_count) {}

    /// Nullopt when not remembered.
    [[nodiscard]] std::optional<Version> find(const CaseId& id) const {
        for (const auto& slot : sets_[set_of(id)].slots)
            if (slot.id == id && slot.version != 0) return slot.version;
        return std::nullopt;
    }
    void remember(const CaseId& id, Version version) {
        auto& set = sets_[set_of(id)];
        for (auto& slot : set.slots)
            if (slot.id == id) {
                slot.version = version;
                return;
            }
        set.slots[set.next++ % ways] = {id, version};
    }

private:
    static constexpr std::size_t set_count = 1u << 15;
    static constexpr std::size_t ways = 4;

    struct Slot {
        CaseId id;
        Version version{};
    };
    struct Set {
        std::array<Slot, ways> slots;
        std::uint32_t next{};
    };
    static std::size_t set_of(const CaseId& id) { return std::hash<CaseId>{}(id) % set_count; }

    std::vector<Set> sets_;
};

}  // namespace anjie::detail
