#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/id.hpp"
#include "engine/workflow.hpp"

namespace anjie::detail {

/// What a command of the case's history was answered, so that it can be answered again.
struct PastCommand {
    CommandId id;
    Version first{};
    Version last{};
    Position position{};
};

/// A case in memory: its state, how far it has come, and the commands that brought it there.
struct CachedCase {
    CaseId id;
    const Workflow* workflow{};
    std::unique_ptr<CaseState> state;
    Version version{};
    Position position{};
    std::vector<PastCommand> commands;
    std::uint64_t
        last_batch{};  ///< The last batch that holds events of it; before that is durable, the log lacks them.
    bool spoiled{};    ///< `state` has moved past what will be stored; to be loaded again.

    CachedCase* older{};
    CachedCase* newer{};
};

/// Cases in memory, at most `cases_max` beyond those that the log does not hold yet; the least recently used go first.
class CaseCache {
public:
    explicit CaseCache(std::size_t cases_max);

    /// Null when absent; otherwise it is now the most recently used.
    [[nodiscard]] CachedCase* find(const CaseId& id);
    /// Requires: not there yet. Lifetime of the reference: until `evict`, `erase` or `clear`.
    [[nodiscard]] CachedCase& insert(CachedCase loaded);
    void erase(const CaseId& id);
    void clear();
    /// Brings the number down to the bound, sparing cases touched by a batch after `durable_batch`.
    void evict(std::uint64_t durable_batch);
    [[nodiscard]] std::size_t size() const { return cases_.size(); }

private:
    void unlink(CachedCase& entry);
    void link_newest(CachedCase& entry);

    std::size_t cases_max_;
    std::unordered_map<CaseId, CachedCase> cases_;
    CachedCase* oldest_{};
    CachedCase* newest_{};
};

}  // namespace anjie::detail
