#include "adapters/service/detail/case_look.hpp"

#include <fmt/format.h>

namespace anjie::service::detail {

namespace {

/// Folds one event into the look.
Result<void> fold(const WorkflowSet& workflows, const EventView& event, CaseLook& look) {
    const auto& header = event.header;
    if (look.workflow == nullptr) {
        look.workflow = workflows.find(header.workflow);
        if (look.workflow == nullptr)
            return failure(ErrorCode::corrupt,
                           fmt::format("case {} is of an unknown workflow", to_string(header.case_id)));
        look.state = look.workflow->new_state();
    }
    ANJIE_CHECK(look.workflow->evolve(*look.state, event));
    look.version = header.version;
    if (look.commands.empty() || look.commands.back() != header.command_id)
        look.commands.push_back(header.command_id);
    return {};
}

void describe(const CaseId& id, CaseLook& look) {
    look.entry = look.workflow->describe(*look.state, {});
    look.entry.case_id = id;
    look.entry.workflow = look.workflow->id();
    look.entry.version = look.version;
}

/// One that others may go on looking at, to be moved further.
std::shared_ptr<CaseLook> copy_of(const CaseLook& look) {
    return std::make_shared<CaseLook>(CaseLook{.workflow = look.workflow,
                                               .state = look.state->clone(),
                                               .version = look.version,
                                               .entry = {},
                                               .commands = look.commands});
}

}  // namespace

Result<CaseLook> look_at(const EventStore& events, const WorkflowSet& workflows, const CaseId& id,
                         const views::Until& until) {
    CaseLook look;
    Result<void> folded;
    ANJIE_CHECK(events.read_case(id, 0, [&](const EventView& event) {
        if (event.header.version > until.version || event.header.recorded_at > until.recorded) return false;
        folded = fold(workflows, event, look);
        return folded.has_value();
    }));
    ANJIE_CHECK(folded);
    if (look.workflow == nullptr)
        return failure(ErrorCode::not_found, fmt::format("there is no case {} / 没有此案件", to_string(id)));
    describe(id, look);
    return look;
}

Result<std::shared_ptr<const CaseLook>> look_again(const EventStore& events, const WorkflowSet& workflows,
                                                   const CaseId& id, std::shared_ptr<const CaseLook> before) {
    std::shared_ptr<CaseLook> look;
    Result<void> folded;
    ANJIE_CHECK(events.read_case(id, before->version, [&](const EventView& event) {
        if (!look) look = copy_of(*before);
        folded = fold(workflows, event, *look);
        return folded.has_value();
    }));
    ANJIE_CHECK(folded);
    if (!look) return before;
    describe(id, *look);
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
