#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/progress.hpp"
#include "adapters/cli/proof_commands.hpp"
#include "adapters/cli/session.hpp"
#include "adapters/cli/table.hpp"

namespace anjie::cli {
namespace {

constexpr std::size_t threads = 2;

/// Checkpoints that somebody outside kept, and whose signatures they believe.
struct HeldCheckpoints {
    std::vector<std::filesystem::path> files;
    std::vector<std::string> keys;
};

/// What `verify` looked at, and what was wrong.
struct Findings {
    std::vector<std::pair<std::string, std::size_t>> checked;
    std::vector<std::string> sentences;
};

Result<Findings> verify_everything(const Session& session, Workspace& workspace, const std::vector<SignedHead>& held) {
    Findings findings;
    const auto add = [&](std::string name, Result<std::vector<std::string>> found) -> Result<void> {
        if (!found) return std::unexpected(found.error());
        findings.checked.emplace_back(std::move(name), found->size());
        for (auto& sentence : *found) findings.sentences.push_back(std::move(sentence));
        return {};
    };
    {
        ProgressLine progress(std::string(session.console.pick("校验日志", "verifying the log")),
                              !session.console.quiet);
        ANJIE_CHECK(add("log", workspace.verify_log(held, progress.reporter())));
    }
    // What is derived says nothing while the log itself is in doubt.
    if (!findings.sentences.empty()) return findings;
    ANJIE_CHECK(workspace.catch_up());
    for (const auto* projection : workspace.projections()) {
        ProjectionRunner runner(workspace.events(), workspace.derived(), *projection);
        ANJIE_CHECK(add("projection " + std::string(projection->name()), runner.verify(threads)));
    }
    ANJIE_CHECK(add("timers", workspace.timers().verify()));
    return findings;
}

Exit verify(const Session& session, const HeldCheckpoints& kept) {
    return session.with_workspace([&](Workspace& workspace) {
        const auto& console = session.console;
        std::vector<SignedHead> held;
        for (const auto& file : kept.files) {
            auto head = session.ports.read_checkpoint(file, kept.keys);
            if (!head) return console.fail(head.error());
            held.push_back(std::move(*head));
        }
        const auto findings = verify_everything(session, workspace, held);
        if (!findings) return console.fail(findings.error());
        if (console.json) {
            boost::json::array checked;
            for (const auto& [name, count] : findings->checked)
                checked.push_back({{"checked", name}, {"findings", count}});
            boost::json::array sentences(findings->sentences.begin(), findings->sentences.end());
            console.line(boost::json::serialize(boost::json::object{{"sound", findings->sentences.empty()},
                                                                    {"events", workspace.events().head()},
                                                                    {"checked", std::move(checked)},
                                                                    {"findings", std::move(sentences)}}));
        } else {
            for (const auto& [name, count] : findings->checked)
                console.line(fmt::format("{}  {}",
                                         count == 0 ? console.styled(Console::Style::green, console.pick("完好", "ok"))
                                                    : console.styled(Console::Style::red, console.pick("有误", "BAD")),
                                         name));
            for (const auto& sentence : findings->sentences) console.line("  " + sentence);
            console.line(fmt::format(fmt::runtime(console.pick("{} 个事件，{} 处问题", "{} events, {} findings")),
                                     workspace.events().head(), findings->sentences.size()));
        }
        return findings->sentences.empty() ? Exit::ok : Exit::verification_failed;
    });
}

Exit list_projections(const Session& session) {
    return session.with_workspace([&](Workspace& workspace) {
        const auto& console = session.console;
        Table table({std::string(console.pick("投影", "Projection")), std::string(console.pick(">已读到", ">Cursor")),
                     std::string(console.pick(">落后", ">Behind")), std::string(console.pick(">代", ">Generation"))});
        boost::json::array rows;
        const auto head = workspace.events().head();
        const auto add = [&](std::string name, Position cursor, std::uint32_t generation) {
            rows.push_back({{"name", name}, {"cursor", cursor}, {"behind", head - cursor}, {"generation", generation}});
            table.row(
                {std::move(name), std::to_string(cursor), std::to_string(head - cursor), std::to_string(generation)});
        };
        std::vector<std::string> names;
        for (const auto* projection : workspace.projections()) names.emplace_back(projection->name());
        names.emplace_back(TimerIndex::name);
        for (const auto& name : names) {
            const auto found = workspace.derived().head(name);
            if (!found) return console.fail(found.error());
            add(name, *found ? (*found)->cursor : 0, *found ? (*found)->generation : 0);
        }
        const auto cursor = workspace.directory().cursor();
        if (!cursor) return console.fail(cursor.error());
        add("directory", *cursor, 0);
        if (console.json)
            console.line(boost::json::serialize(rows));
        else
            console.print(table.text());
        return Exit::ok;
    });
}

Exit rebuild(const Session& session, const std::string& name) {
    return session.with_workspace([&](Workspace& workspace) {
        const auto& console = session.console;
        bool found = false;
        const auto report = [&](std::string_view which, const Result<void>& done) {
            found = true;
            if (done) console.line(fmt::format("{} {}", console.pick("已重建", "rebuilt"), which));
            return done.has_value();
        };
        for (const auto* projection : workspace.projections()) {
            if (!name.empty() && name != projection->name()) continue;
            ProgressLine progress(std::string(projection->name()), !console.quiet);
            const auto events = ProjectionRunner(workspace.events(), workspace.derived(), *projection)
                                    .rebuild(threads, progress.reporter());
            if (!events) return console.fail(events.error());
            if (!report(projection->name(), {})) return Exit::failure;
        }
        if (name.empty() || name == TimerIndex::name)
            if (const auto done = workspace.timers().rebuild(threads); !report(TimerIndex::name, done))
                return console.fail(done.error());
        if (name.empty() || name == "directory") {
            ProgressLine progress("directory", !console.quiet);
            if (const auto done = workspace.rebuild_directory(progress.reporter()); !report("directory", done))
                return console.fail(done.error());
        }
        if (found) return Exit::ok;
        return console.fail(
            {ErrorCode::not_found,
             fmt::format(fmt::runtime(console.pick("没有名为 \"{}\" 的投影；用 anjie projection list 查看",
                                                   "there is no projection \"{}\"; see anjie projection list")),
                         name)});
    });
}

Exit initialise(const Session& session, const std::filesystem::path& root, const Settings& settings) {
    const auto& console = session.console;
    if (!parse_code<dispute::CommitteeKind>(settings.committee))
        return console.fail(
            {ErrorCode::invalid,
             fmt::format(fmt::runtime(console.pick("--committee：没有 \"{}\" 这一类；可用 village residents township "
                                                   "street enterprise social_organisation",
                                                   "--committee: there is no kind \"{}\"; use village residents "
                                                   "township street enterprise social_organisation")),
                         settings.committee)});
    if (const auto created = session.ports.workspaces.create(root, settings); !created)
        return console.fail(created.error());
    console.note(
        fmt::format(fmt::runtime(console.pick("已建立数据目录 {}", "Created the data directory {}")), root.string()));
    return Exit::ok;
}

}  // namespace

void add_init_command(CLI::App& app, Session& session) {
    struct Options {
        std::filesystem::path root;
        Settings settings{.organisation = "CN-1",
                          .organisation_name = {},
                          .jurisdiction = "CN",
                          .committee = "township",
                          .number_prefix = "调",
                          .origin = {}};
    };
    auto options = std::make_shared<Options>();
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* command = add_command(app, session, "init", "建立数据目录", "Create a data directory", [&session, options] {
        return initialise(session, options->root.empty() ? session.data : options->root, options->settings);
    });
    command->add_option("dir", options->root, help("目录（默认为 --data）", "Directory (default: --data)"));
    command->add_option("--org", options->settings.organisation, help("调委会代码", "Code of the committee"))
        ->capture_default_str();
    command->add_option("--org-name", options->settings.organisation_name, help("调委会名称", "Its name"));
    command
        ->add_option("--jurisdiction", options->settings.jurisdiction,
                     help("行政区划代码（决定规则和日历）", "Division code: decides rules and calendar"))
        ->capture_default_str();
    command
        ->add_option("--committee", options->settings.committee,
                     help("类别：village residents township street enterprise social_organisation",
                          "Kind: village residents township street enterprise social_organisation"))
        ->capture_default_str();
    command
        ->add_option("--prefix", options->settings.number_prefix,
                     help("案号字头，如 尼阿调", "First part of case numbers"))
        ->capture_default_str();
    command->add_option(
        "--origin", options->settings.origin,
        help("日志的名称，写在每个检查点上，形如 cases.example.gov.cn/log1（默认自动取名）",
             "The log's name on every checkpoint, such as cases.example.gov.cn/log1 (default: made up)"));
}

void add_maintenance_commands(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto archive = std::make_shared<VerifyArchiveRequest>();
    auto held = std::make_shared<std::vector<std::filesystem::path>>();
    auto* verify_command =
        add_command(app, session, "verify", "校验数据目录（日志、投影、期限），或离线核验卷宗、报表压缩包",
                    "Check a data directory (log, projections, timers), or offline a dossier or a report's zip",
                    [&session, archive, held] {
                        std::error_code failed;
                        if (std::filesystem::is_regular_file(session.data, failed))
                            return verify_archive(session, *archive);
                        return verify(session, {*held, archive->keys});
                    });
    verify_command->add_option("what", session.data,
                               help("目录（默认为 --data）或 zip 文件", "Directory (default: --data) or zip file"));
    add_verify_archive_options(*verify_command, session, *archive);
    verify_command->add_option("--checkpoint", *held,
                               help("核验目录：还须与外人保存的这个检查点相符（与 --key 同用，可多个）",
                                    "For a directory: it has to hold what this checkpoint, kept outside, signs for "
                                    "(with --key; may be repeated)"));

    auto* projection =
        app.add_subcommand("projection", help("投影：列出、重建、核对", "Projections: list, rebuild, verify"));
    projection->require_subcommand(1);
    add_command(*projection, session, "list", "列出及其进度", "List them and how far they are",
                [&session] { return list_projections(session); });
    auto name = std::make_shared<std::string>();
    auto* rebuild_command = add_command(*projection, session, "rebuild", "从事件重建", "Rebuild from the events alone",
                                        [&session, name] { return rebuild(session, *name); });
    rebuild_command->add_option("name", *name, help("名称（默认全部）", "Which (default: all)"));
    add_command(*projection, session, "verify", "证明现有投影等于重建结果", "Prove that what is live equals a rebuild",
                [&session] { return verify(session, {}); });

    auto bench = std::make_shared<BenchRequest>(BenchRequest{.directory = {}, .cases = 100'000, .seed = 1});
    auto* bench_command = add_command(app, session, "bench", "本机性能数字，并列原始极限",
                                      "The figures on this machine, beside the raw limits",
                                      [&session, bench] { return session.ports.bench(session.console, *bench); });
    bench_command->add_option(
        "--dir", bench->directory,
        help("在哪个目录（默认临时目录，用后删除）", "Where (default: a temporary directory, removed afterwards)"));
    bench_command->add_option("--cases", bench->cases, help("案件数", "Cases"))->capture_default_str();
    bench_command->add_option("--seed", bench->seed, "")->capture_default_str();
}

}  // namespace anjie::cli
