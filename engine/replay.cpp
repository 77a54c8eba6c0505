#include <iterator>

#include <fmt/format.h>

#include "engine/detail/case_folder.hpp"
#include "engine/projection.hpp"

namespace anjie {

Result<ReplayedCase> replay_case(const EventStore& events, const WorkflowSet& workflows, CaseId id, Version until) {
    detail::CaseFolder folder(workflows);
    ReplayedCase replayed;
    const auto add = [&](const EventView& event) -> Result<void> {
        ANJIE_CHECK(folder.add(event));
        ANJIE_TRY(auto sealed, events.unseal(event));
        replayed.sealed.insert(replayed.sealed.end(), std::make_move_iterator(sealed.begin()),
                               std::make_move_iterator(sealed.end()));
        return {};
    };
    Result<void> added;
    ANJIE_CHECK(events.read_case(id, 0, [&](const EventView& event) {
        if (until != 0 && event.header.version > until) return false;
        added = add(event);
        return added.has_value();
    }));
    if (!added) return std::unexpected(std::move(added).error());
    if (!folder.workflow()) return failure(ErrorCode::not_found, fmt::format("there is no case {}", to_string(id)));
    replayed.workflow = folder.workflow();
    replayed.version = folder.version();
    replayed.state = folder.take_state();
    return replayed;
}

}  // namespace anjie
