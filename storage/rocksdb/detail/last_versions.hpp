#pragma once

#include <optional>
#include <vector>

#include "engine/id.hpp"

namespace anjie::detail {

/// The last versions of cases appended to lately: spares the next append a look into the database. Newer cases push
/// out older ones. Threads: one at a time.
class LastVersions {
public:
    LastVersions() : slots_(slot_count) {}

    /// Nullopt when not remembered.
    [[nodiscard]] std::optional<Version> find(const CaseId& id) const {
        const auto& slot = slots_[slot_of(id)];
        if (slot.version == 0 || slot.id != id) return std::nullopt;
        return slot.version;
    }
    void remember(const CaseId& id, Version version) { slots_[slot_of(id)] = {id, version}; }

private:
    static constexpr std::size_t slot_count = 1u << 16;

    struct Slot {
        CaseId id;
        Version version{};
    };
    static std::size_t slot_of(const CaseId& id) { return std::hash<CaseId>{}(id) % slot_count; }

    std::vector<Slot> slots_;
};

}  // namespace anjie::detail
