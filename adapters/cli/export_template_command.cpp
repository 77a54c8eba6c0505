#include "adapters/cli/table_files.hpp"

namespace anjie::cli {

void add_export_template_command(CLI::App& group, Session& session) {
    auto file = std::make_shared<std::string>();
    auto* command = add_command(
        group, session, "ledger-template", "台账模板（.xlsx）：列名、可选值、填写说明；填好后 anjie import",
        "A ledger's form (.xlsx): columns, choices, how to fill it in; then anjie import", [&session, file] {
            return write_xlsx_file(session, session.ports.ledger_template(session.console.language), *file);
        });
    command->add_option("file", *file, std::string(session.console.pick("要写的文件", "File to write")))->required();
}

}  // namespace anjie::cli
