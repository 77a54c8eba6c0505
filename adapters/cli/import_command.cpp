#include "adapters/cli/session.hpp"

namespace anjie::cli {

void add_import_command(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto request = std::make_shared<ImportRequest>();
    auto* command = add_command(
        app, session, "import", "导入台账：逐行变为命令，逐行报告；同一文件再次导入不改变任何内容",
        "Import a ledger: every row becomes commands; the same file twice changes nothing", [&session, request] {
            return session.with_workspace(
                [&](Workspace& workspace) { return session.ports.import(session.console, workspace, *request); });
        });
    command
        ->add_option(
            "file", request->file,
            help("CSV 文件（UTF-8 或 GB18030）或 .xlsx 工作簿", "CSV file (UTF-8 or GB18030) or .xlsx workbook"))
        ->required();
    command->add_option(
        "--sheet", request->sheet,
        help("工作簿中的工作表（缺省：第一张可见的）", "Sheet of a workbook (default: the first visible one)"));
    command->add_flag("--dry-run", request->dry_run, help("只检查，不写入", "Check only, write nothing"));
}

}  // namespace anjie::cli
