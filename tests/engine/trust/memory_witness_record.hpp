#pragma once

#include <map>

#include "engine/detail/guarded.hpp"
#include "engine/trust/witness.hpp"

namespace anjie::test {

/// A record that lives as long as this object.
class MemoryWitnessRecord final : public WitnessRecord {
public:
    Result<std::optional<std::string>> last(const Hash& log) const override {
        const auto notes = notes_.lock();
        const auto found = notes->find(log);
        return found == notes->end() ? std::nullopt : std::optional(found->second);
    }
    Result<void> exchange(const Hash& log, const Decide& decide) override {
        const auto notes = notes_.lock();
        const auto found = notes->find(log);
        auto kept = decide(found == notes->end() ? std::nullopt : std::optional(found->second));
        if (kept) notes->insert_or_assign(log, std::move(*kept));
        return {};
    }
    /// For tests that damage it.
    void put(const Hash& log, std::string note) { notes_.lock()->insert_or_assign(log, std::move(note)); }

private:
    mutable detail::Guarded<std::map<Hash, std::string>> notes_;
};

}  // namespace anjie::test
