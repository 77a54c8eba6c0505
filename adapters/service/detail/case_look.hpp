#pragma once

#include <functional>
#include <memory>
#include <string_view>

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
    DirectoryEntry entry;  ///< Without search texts.
};

/// Errors: not_found, corrupt. `each` is shown every event on the way.
[[nodiscard]] Result<CaseLook> look_at(const Workspace& workspace, const CaseId& id, const views::Until& until = {},
                                       const std::function<void(const EventHeaderView&)>& each = {});

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
