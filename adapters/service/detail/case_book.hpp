#pragma once

#include <list>
#include <mutex>
#include <unordered_map>

#include "adapters/service/detail/case_look.hpp"

namespace anjie::service::detail {

/// Cases as they stand, kept so that a case asked for again costs the reading of its newest events and no replay.
/// Threads: any, at once.
class CaseBook {
public:
    /// Keeps that many, those asked for last.
    CaseBook(const EventStore& events, const WorkflowSet& workflows, std::size_t kept_max)
        : events_(events), workflows_(workflows), kept_max_(kept_max) {}

    /// The case with every event that was durable when this was called. What is answered never changes.
    /// Errors: not_found, corrupt.
    [[nodiscard]] Result<std::shared_ptr<const CaseLook>> at_head(const CaseId& id);

private:
    using Look = std::shared_ptr<const CaseLook>;
    struct Kept {
        CaseId id;
        Look look;
    };

    [[nodiscard]] Look find(const CaseId& id);
    void keep(const CaseId& id, const Look& look);

    const EventStore& events_;
    const WorkflowSet& workflows_;
    std::size_t kept_max_;
    std::mutex mutex_;
    std::list<Kept> order_;  ///< Asked for last stands first. Guarded by `mutex_`, as what follows.
    std::unordered_map<CaseId, std::list<Kept>::iterator> kept_;
};

}  // namespace anjie::service::detail
