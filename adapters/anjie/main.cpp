#include "adapters/anjie/backup_command.hpp"
#include "adapters/anjie/bench.hpp"
#include "adapters/anjie/checkpoint_command.hpp"
#include "adapters/anjie/data_directory.hpp"
#include "adapters/anjie/export_process_command.hpp"
#include "adapters/anjie/handover_command.hpp"
#include "adapters/anjie/import_command.hpp"
#include "adapters/anjie/ledger_template.hpp"
#include "adapters/anjie/proof_commands.hpp"
#include "adapters/anjie/serve_command.hpp"
#include "adapters/anjie/sink_command.hpp"
#include "adapters/anjie/whole_file.hpp"
#include "adapters/anjie/witness_command.hpp"
#include "adapters/cli/session.hpp"
#include "adapters/spreadsheet/workbook_writer.hpp"

int main(int argc, char** argv) {
    anjie::DataDirectories directories;
    return anjie::cli::run(argc, argv,
                           {.workspaces = directories,
                            .import = anjie::import_command,
                            .bench = anjie::bench_command,
                            .export_process = anjie::export_process_command,
                            .witness = anjie::witness_command,
                            .checkpoint = anjie::checkpoint_command,
                            .read_checkpoint = anjie::read_held_checkpoint,
                            .backup = anjie::backup_command,
                            .restore = anjie::restore_command,
                            .write_workbook = anjie::spreadsheet::write_workbook,
                            .ledger_template = anjie::ledger_template,
                            .export_dossier = anjie::export_dossier_command,
                            .prove_report = anjie::prove_report_command,
                            .verify_archive = anjie::verify_archive_command,
                            .sink = anjie::sink_command,
                            .serve = anjie::serve_command,
                            .print_serve_settings = anjie::print_serve_settings,
                            .handover = anjie::handover_command,
                            .write_lines = anjie::write_lines,
                            .version = ANJIE_VERSION});
}
