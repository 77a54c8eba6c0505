#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/console.hpp"
#include "adapters/cli/proof_requests.hpp"
#include "adapters/cli/sink_order.hpp"
#include "adapters/tables/table.hpp"
#include "adapters/views/full_export.hpp"
#include "adapters/workspace/workspace.hpp"

namespace anjie::access {
enum class Action : std::uint8_t;  // adapters/access/roles.hpp
}

namespace anjie::cli {

struct ImportRequest {
    std::filesystem::path file;
    std::string sheet;  ///< Of a workbook; empty: its first visible one.
    bool dry_run{};
};

struct BenchRequest {
    std::filesystem::path directory;
    std::uint64_t cases{};
    std::uint64_t seed{};
};

/// A log for process-mining programs, of the cases registered in a period.
struct ExportProcessRequest {
    enum class Format { xes, ocel_json, ocel_sqlite };
    std::filesystem::path file;  ///< "-": standard output.
    Format format{Format::xes};
    std::optional<Date> from, to;  ///< Both included.
    std::string organisation;      ///< With all below it; empty: all.
    std::optional<Instant> as_of;
    bool number_people{};
};

/// What is to be done about the log's signed head.
struct CheckpointOrder {
    enum class Verb { show, write, keys, rotate_key, add_sm2_key, request, cosign };
    Verb verb{};
    std::filesystem::path root;          ///< The data directory.
    std::filesystem::path file;          ///< What is written, or read.
    std::uint64_t from{};                ///< `request`: what the witness cosigned last.
    std::vector<std::string> witnesses;  ///< `cosign`: whose signatures are taken over.
};

/// What a witness is to do with its directory.
struct WitnessOrder {
    enum class Verb { init, trust, serve, cosign };
    Verb verb{};
    std::filesystem::path directory;
    std::string name;               ///< init: of its key.
    std::string verifier_key;       ///< trust: the log's key, or a file that holds it.
    std::string address;            ///< serve
    std::filesystem::path request;  ///< cosign: a file; "-": standard input.
};

struct BackupOrder {
    std::filesystem::path root;  ///< The data directory.
    std::filesystem::path destination;
    bool without_keys{};
};

struct RestoreOrder {
    std::filesystem::path backup;
    std::filesystem::path root;               ///< The data directory that is made.
    std::string origin;                       ///< Empty: the old one's with a number.
    std::filesystem::path keys;               ///< Where the key-encryption keys are; empty: in the backup.
    std::filesystem::path newest_checkpoint;  ///< That somebody kept; empty: none.
    std::vector<std::string> believed;        ///< Whose signature on it counts.
};

/// What a server is started with.
struct ServeOrder {
    std::filesystem::path root;    ///< The data directory.
    std::filesystem::path config;  ///< Empty: serve.json of the data directory, where there is one.
    std::vector<std::pair<std::string, std::string>> given;  ///< Settings said on the command line: name and text.
};

/// What is asked about the line to other organisations.
struct HandoverOrder {
    enum class Verb { list, peers, send, serve };
    Verb verb{};
    std::filesystem::path root;  ///< The data directory.
    std::string listen{};        ///< serve: address and port.
    std::filesystem::path certificate{}, key{};
};

/// What the command line is given by main, so that it need not know the other adapters or any store.
struct Ports {
    WorkspaceFactory& workspaces;
    std::function<Exit(const Console&, Workspace&, const ImportRequest&)> import;
    std::function<Exit(const Console&, const BenchRequest&)> bench;
    std::function<Exit(const Console&, Workspace&, const ExportProcessRequest&)> export_process;
    std::function<Exit(const Console&, const WitnessOrder&)> witness;
    std::function<Exit(const Console&, Workspace&, const CheckpointOrder&)> checkpoint;
    /// A checkpoint that somebody kept, opened with the keys given as text or file.
    std::function<Result<SignedHead>(const std::filesystem::path&, const std::vector<std::string>&)> read_checkpoint;
    std::function<Exit(const Console&, const BackupOrder&)> backup;
    std::function<Exit(const Console&, const RestoreOrder&)> restore;
    std::function<Result<void>(const tables::Workbook&, const std::filesystem::path&)> write_workbook;
    /// The form of a ledger, to be filled in and imported.
    std::function<tables::Workbook(Language)> ledger_template;
    std::function<Exit(const Console&, Workspace&, const DossierRequest&)> export_dossier;
    std::function<Exit(const Console&, Workspace&, const ProveReportRequest&)> prove_report;
    std::function<Exit(const Console&, const VerifyArchiveRequest&)> verify_archive;
    std::function<Exit(const Console&, Workspace&, const SinkOrder&)> sink;
    std::function<Exit(const Console&, Workspace&, const ServeOrder&)> serve;
    std::function<Exit(const Console&, const ServeOrder&)> print_serve_settings;
    std::function<Exit(const Console&, Workspace&, const HandoverOrder&)> handover;
    /// A file that appears under its name when `fill` is done and not before, for its owner only; "-": standard output.
    std::function<Result<void>(const std::filesystem::path&,
                               const std::function<Result<void>(const views::LineSink&)>& fill)>
        write_lines;
    std::string version;
};

/// One invocation: what was asked for in general, and how it ended.
struct Session {
    Console console;
    Ports& ports;
    std::filesystem::path data;
    std::string actor;
    std::string purpose;  ///< Why sealed texts are looked at; empty: the command that was given.
    std::string command;  ///< The one that was given: "case show".
    Exit exit{Exit::ok};

    /// Opens the data directory and runs `work`; a failure to open becomes a message and an exit code.
    [[nodiscard]] Exit with_workspace(const std::function<Exit(Workspace&)>& work) const;
    /// As above, with projections, timers and directory up to the log.
    [[nodiscard]] Exit with_current_workspace(const std::function<Exit(Workspace&)>& work) const;
    /// Keeps in the access journal that something is about to leave as a file. Durable: when it returns; nothing may
    /// leave before.
    [[nodiscard]] Result<void> record_export(Workspace& workspace, access::Action action, std::string_view what,
                                             std::optional<CaseId> case_id = {}) const;
    /// The same of what somebody does who logged in.
    [[nodiscard]] Result<void> record_export(Workspace& workspace, const access::Reader& by, access::Action action,
                                             std::string_view what, std::optional<CaseId> case_id = {}) const;
    /// As whom the command line asks when nobody logs in, and from where.
    [[nodiscard]] access::Reader reader(const access::Access& access) const;
};

/// Finds a case by number or by the first digits of its id.
[[nodiscard]] Result<DirectoryEntry> find_case(Workspace& workspace, std::string_view number_or_id);

/// Adds a command that runs `work` when it is the one asked for.
CLI::App* add_command(CLI::App& parent, Session& session, std::string name, std::string_view zh, std::string_view en,
                      std::function<Exit()> work);

void add_access_commands(CLI::App& app, Session& session);
void add_init_command(CLI::App& app, Session& session);
void add_import_command(CLI::App& app, Session& session);
void add_case_commands(CLI::App& app, Session& session);
void add_screening_commands(CLI::App& app, Session& session);
void add_due_command(CLI::App& app, Session& session);
void add_privacy_commands(CLI::App& app, Session& session);
void add_report_command(CLI::App& app, Session& session);
void add_replay_command(CLI::App& app, Session& session);
/// The group `export`; every kind of file adds its commands to it.
void add_export_command(CLI::App& app, Session& session);
void add_export_process_commands(CLI::App& group, Session& session);
void add_export_full_command(CLI::App& group, Session& session);
void add_export_template_command(CLI::App& group, Session& session);
void add_export_calendar_command(CLI::App& group, Session& session);
void add_audit_commands(CLI::App& app, Session& session);
void add_whatif_command(CLI::App& app, Session& session);
void add_maintenance_commands(CLI::App& app, Session& session);
void add_completion_command(CLI::App& app, Session& session);
void add_diagrams_command(CLI::App& app, Session& session);
void add_checkpoint_commands(CLI::App& app, Session& session);
void add_backup_commands(CLI::App& app, Session& session);
void add_witness_commands(CLI::App& app, Session& session);
void add_sink_commands(CLI::App& app, Session& session);
void add_serve_command(CLI::App& app, Session& session);
void add_handover_commands(CLI::App& app, Session& session);

/// The whole command line. Answers the process's exit code.
[[nodiscard]] int run(int argc, const char* const* argv, Ports ports);

}  // namespace anjie::cli
