#include "adapters/cli/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/cli/progress.hpp"

namespace anjie::cli {
namespace {

/// Letters to insert, drop or change to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, changed});
        }
    }
    return row.back();
}

std::string suggestion(const CLI::App& app, std::string_view word) {
    std::string best;
    std::size_t best_distance = 3;
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        if (const auto d = distance(word, sub->get_name()); d < best_distance) {
            best_distance = d;
            best = sub->get_name();
        }
    return best;
}

std::string footer(const Console& console) {
    return std::string(
        console.pick("例子：\n"
                     "  anjie init 数据目录 --org 540629-102 --jurisdiction 540629 --prefix 尼阿调\n"
                     "  anjie import 台账.csv --dry-run      先试，不写入\n"
                     "  anjie due                            今天要做的事\n"
                     "  anjie report --year 2024             年度统计\n"
                     "  anjie replay 尼阿调〔2024〕3号 --diff   重放一个案件\n",
                     "Examples:\n"
                     "  anjie init DIR --org 540629-102 --jurisdiction 540629 --prefix 尼阿调\n"
                     "  anjie import ledger.csv --dry-run    try first, write nothing\n"
                     "  anjie due                            what must be done today\n"
                     "  anjie report --year 2024             the year's figures\n"
                     "  anjie replay 尼阿调〔2024〕3号 --diff   replay one case\n"));
}

/// Options that decide how everything else is said must be known before the help texts are made.
void look_ahead(int argc, const char* const* argv, Console& console) {
    console.language = language_from_environment();
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        std::string_view value;
        if (word == "--lang" && i + 1 < argc) value = argv[i + 1];
        if (word.starts_with("--lang=")) value = word.substr(7);
        if (value == "zh") console.language = Language::zh;
        if (value == "en") console.language = Language::en;
    }
}

void add_general_options(CLI::App& app, Session& session, std::string& language, bool& no_colour) {
    auto& console = session.console;
    const auto help = [&](std::string_view zh, std::string_view en) { return std::string(console.pick(zh, en)); };
    app.add_option("-C,--data", session.data,
                   help("数据目录（默认 $ANJIE_DATA，否则 ./anjie-data）",
                        "Data directory (default $ANJIE_DATA, else ./anjie-data)"));
    app.add_option("--lang", language, help("zh 或 en（默认按 LANG）", "zh or en (default by LANG)"))
        ->check(CLI::IsMember({"zh", "en"}));
    app.add_option("--actor", session.actor,
                   help("经办人代号（默认 $ANJIE_ACTOR，否则登录名）",
                        "Pseudonym of who acts (default $ANJIE_ACTOR, else the login)"));
    app.add_option("--purpose", session.purpose,
                   help("查看个人信息的事由，记入访问日志（默认为所用命令）",
                        "Why personal data are looked at; kept in the access journal (default: the command)"));
    app.add_flag("--json", console.json, help("以 JSON 输出数据", "Print data as JSON"));
    app.add_flag("--no-color", no_colour, help("不用颜色", "No colours"));
    app.add_flag("-q,--quiet", console.quiet, help("不显示提示", "No notes"));
}

std::string from_environment(std::initializer_list<const char*> names, std::string_view otherwise) {
    for (const auto* name : names)
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
    return std::string(otherwise);
}

int complain(const CLI::App& app, const Session& session, const CLI::ParseError& error,
             const std::vector<std::string>& words) {
    const auto& console = session.console;
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success))
        return app.exit(error);  // --help, --version
    console.error(error.what());
    const CLI::App* where = &app;
    for (const auto& word : words) {
        if (word.starts_with('-')) continue;
        const auto subs = where->get_subcommands([](const CLI::App*) { return true; });
        const auto found = std::ranges::find(subs, word, [](const CLI::App* sub) { return sub->get_name(); });
        if (found != subs.end()) {
            where = *found;
            continue;
        }
        if (const auto better = subs.empty() ? std::string{} : suggestion(*where, word); !better.empty())
            console.note(
                fmt::format(fmt::runtime(console.pick("是不是想用 \"{}\"？", "Did you mean \"{}\"?")), better));
        break;
    }
    console.note(
        console.pick("用 anjie --help 或 anjie 命令 --help 查看用法。", "See anjie --help or anjie COMMAND --help."));
    return static_cast<int>(Exit::usage);
}

}  // namespace

Exit Session::with_workspace(const std::function<Exit(Workspace&)>& work) const {
    auto opened = ports.workspaces.open(data);
    if (!opened) return console.fail(opened.error());
    auto& workspace = **opened;
    workspace.read_as(reader(workspace.access()));
    const auto before = workspace.events().head();
    const auto ended = work(workspace);
    // Whoever appended signs for it at once: nothing new stays long without a checkpoint.
    if (workspace.events().head() != before)
        if (const auto signed_head = workspace.sign_checkpoint(); !signed_head)
            console.note(fmt::format(fmt::runtime(console.pick("已保存，但未能签署检查点：{}",
                                                               "Saved, but no checkpoint could be signed: {}")),
                                     signed_head.error().detail));
    return ended;
}

Exit Session::with_current_workspace(const std::function<Exit(Workspace&)>& work) const {
    return with_workspace([&](Workspace& workspace) {
        {
            ProgressLine progress(std::string(console.pick("更新投影", "catching up")), !console.quiet);
            if (auto caught_up = workspace.catch_up(progress.reporter()); !caught_up)
                return console.fail(caught_up.error());
        }
        return work(workspace);
    });
}

access::Reader Session::reader(const access::Access& access) const {
    return {access.local(actor), purpose.empty() ? command : purpose, {"local", "anjie"}};
}

Result<void> Session::record_export(Workspace& workspace, access::Action action, std::string_view what,
                                    std::optional<CaseId> case_id) const {
    return record_export(workspace, reader(workspace.access()), action, what, case_id);
}

Result<void> Session::record_export(Workspace& workspace, const access::Reader& by, access::Action action,
                                    std::string_view what, std::optional<CaseId> case_id) const {
    auto entry = access::entry_of(by.principal, access::JournalKind::export_made, by.client);
    entry.purpose = by.purpose;
    entry.action = access::code_of(action);
    entry.case_id = case_id;
    entry.organisation = workspace.settings().organisation;
    entry.subject = what;
    return workspace.access().record(entry);
}

Result<DirectoryEntry> find_case(Workspace& workspace, std::string_view number_or_id) {
    if (const auto number = dispute::parse_case_number(number_or_id)) {
        if (auto found = workspace.directory().find(dispute::to_string(*number)); found) return found;
    }
    return workspace.directory().find(number_or_id);
}

CLI::App* add_command(CLI::App& parent, Session& session, std::string name, std::string_view zh, std::string_view en,
                      std::function<Exit()> work) {
    auto* command = parent.add_subcommand(std::move(name), std::string(session.console.pick(zh, en)));
    command->callback([&session, command, work = std::move(work)] {
        session.command = command->get_name();
        for (const auto* above = command->get_parent(); above != nullptr && above->get_parent() != nullptr;
             above = above->get_parent())
            session.command = above->get_name() + " " + session.command;
        session.exit = work();
    });
    return command;
}

int run(int argc, const char* const* argv, Ports ports) {
    Session session{.console = {}, .ports = ports, .data = {}, .actor = {}, .purpose = {}, .command = {}};
    look_ahead(argc, argv, session.console);
    auto& console = session.console;
    session.data = from_environment({"ANJIE_DATA"}, "anjie-data");
    session.actor = from_environment({"ANJIE_ACTOR", "LOGNAME", "USER"}, "clerk");

    CLI::App app(std::string(console.pick(
                     "案结 Anjie：矛盾纠纷从登记、调解、协议、回访到结案的全过程引擎",
                     "Anjie (案结): the life of a dispute, from intake through mediation and revisit to closing")),
                 "anjie");
    std::string language;
    bool no_colour = false;
    add_general_options(app, session, language, no_colour);
    app.set_version_flag("--version", "anjie " + session.ports.version);
    app.footer(footer(console));
    app.require_subcommand(1);
    app.fallthrough();
    app.parse_complete_callback([&] { console.colour_allowed = !no_colour; });
    add_init_command(app, session);
    add_access_commands(app, session);
    add_import_command(app, session);
    add_case_commands(app, session);
    add_screening_commands(app, session);
    add_due_command(app, session);
    add_privacy_commands(app, session);
    add_report_command(app, session);
    add_replay_command(app, session);
    add_export_command(app, session);
    add_audit_commands(app, session);
    add_whatif_command(app, session);
    add_maintenance_commands(app, session);
    add_completion_command(app, session);
    add_diagrams_command(app, session);
    add_checkpoint_commands(app, session);
    add_backup_commands(app, session);
    add_witness_commands(app, session);
    add_sink_commands(app, session);
    add_serve_command(app, session);
    add_handover_commands(app, session);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return complain(app, session, error, {argv + 1, argv + argc});
    }
    std::fflush(stdout);
    return static_cast<int>(session.exit);
}

}  // namespace anjie::cli
