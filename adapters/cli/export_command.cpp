#include "adapters/cli/proof_commands.hpp"
#include "adapters/cli/session.hpp"

namespace anjie::cli {

/// What leaves the office as a file; each kind of file adds its own command to the group.
void add_export_command(CLI::App& app, Session& session) {
    auto* group = app.add_subcommand(
        "export",
        std::string(session.console.pick(
            "导出：流程挖掘日志、可核验的卷宗、全量导出、台账模板、到期日历",
            "Export: logs for process mining, dossiers that can be checked, everything, a ledger's form, a calendar")));
    group->require_subcommand(1);
    add_export_process_commands(*group, session);
    add_export_full_command(*group, session);
    add_export_dossier_command(*group, session);
    add_export_template_command(*group, session);
    add_export_calendar_command(*group, session);
}

}  // namespace anjie::cli
