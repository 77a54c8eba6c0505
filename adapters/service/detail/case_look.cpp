#include "adapters/service/detail/case_look.hpp"

#include <fmt/format.h>

namespace anjie::service::detail {

Result<CaseLook> look_at(const Workspace& workspace, const CaseId& id, const views::Until& until,
                         const std::function<void(const EventHeaderView&)>& each) {
    CaseLook look;
    std::optional<Error> failed;
    ANJIE_CHECK(workspace.events().read_case(id, 0, [&](const EventView& event) {
        if (event.header.version > until.version || event.header.recorded_at > until.recorded) return false;
        if (look.workflow == nullptr) {
            look.workflow = workspace.workflows().find(event.header.workflow);
            if (look.workflow == nullptr) {
                failed = Error{ErrorCode::corrupt, fmt::format("case {} is of an unknown workflow", to_string(id))};
                return false;
            }
            look.state = look.workflow->new_state();
        }
        if (auto evolved = look.workflow->evolve(*look.state, event); !evolved) {
            failed = evolved.error();
            return false;
        }
        look.version = event.header.version;
        if (each) each(event.header);
        return true;
    }));
    if (failed) return std::unexpected(*failed);
    if (look.workflow == nullptr)
        return failure(ErrorCode::not_found, fmt::format("there is no case {} / 没有此案件", to_string(id)));
    look.entry = look.workflow->describe(*look.state, {});
    look.entry.case_id = id;
    look.entry.workflow = look.workflow->id();
    look.entry.version = look.version;
    return look;
}

Result<CaseId> resolve(Workspace& workspace, std::string_view reference) {
    if (const auto id = parse_uuid(reference)) return CaseId{*id};
    if (const auto number = dispute::parse_case_number(reference)) {
        // The office's own numbers name their case without asking anything that follows the log.
        const auto own = dispute::case_id_of(workspace.settings().organisation, *number);
        bool there = false;
        ANJIE_CHECK(workspace.events().read_case(own, 0, [&](const EventView&) {
            there = true;
            return false;
        }));
        if (there) return own;
        ANJIE_TRY(const auto entry, workspace.directory().find(dispute::to_string(*number)));
        return entry.case_id;
    }
    if (reference.empty()) return failure(ErrorCode::not_found, "no case was named / 未指明案件");
    ANJIE_TRY(const auto entry, workspace.directory().find(reference));
    return entry.case_id;
}

}  // namespace anjie::service::detail
