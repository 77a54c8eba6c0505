#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "adapters/access/principal.hpp"
#include "adapters/views/replay_view.hpp"
#include "adapters/workspace/workspace.hpp"

namespace anjie::service::detail {

/// A case as it stands in the log itself, without any sealed text: nothing that follows the log is asked, so a writer
/// sees what it wrote.
struct CaseLook {
    const Workflow* workflow{};
    std::unique_ptr<CaseState> state;
    Version version{};
    DirectoryEntry entry;             ///< Without search texts.
    std::vector<CommandId> commands;  ///< That led here, in order.
};

/// Errors: not_found, corrupt.
[[nodiscard]] Result<CaseLook> look_at(const EventStore& events, const WorkflowSet& workflows, const CaseId& id, const views::Until& until = {});
/// As above, for whoever has seen the case before: only what came since is read, and the answer is `before` itself when
/// nothing did.
[[nodiscard]] Result<std::shared_ptr<const CaseLook>> look_again(const EventStore& events, const WorkflowSet& workflows,
                                                                 const CaseId& id,
                                                                 std::shared_ptr<const CaseLook> before);

/// Which case is meant by a number, an id, or the first digits of an id. Errors: not_found, conflict (several).
[[nodiscard]] Result<CaseId> resolve(Workspace& workspace, std::string_view reference);

/// How closely a case is kept.
template <class Entry>
[[nodiscard]] Confidentiality confidentiality_of(const Entry& entry) {
    if constexpr (requires { entry.confidentiality; })
        return static_cast<Confidentiality>(entry.confidentiality);
    else
        return Confidentiality::ordinary;
}

[[nodiscard]] inline access::CaseScope scope_of(const DirectoryEntry& entry) {
    return {entry.organisation, confidentiality_of(entry)};
}

}  // namespace anjie::service::detail
