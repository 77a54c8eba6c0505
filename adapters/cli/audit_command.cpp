#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json.hpp>
#include <random>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/cli/audit_text.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/session.hpp"
#include "adapters/cli/table_files.hpp"

namespace anjie::cli {
namespace {

namespace audit = dispute::audit;
using namespace views;

constexpr std::size_t threads = 2;
constexpr std::size_t listed_by_default = 20;

struct FindingsOptions {
    int year{};
    std::string from, to, organisation, csv, xlsx;
    std::filesystem::path config;
    std::vector<std::string> kinds;
    std::size_t limit{listed_by_default};
};

Result<audit::Scope> scope_of(const FindingsOptions& options) {
    audit::Scope scope;
    scope.organisation = options.organisation;
    if (options.year != 0) {
        scope.from = make_date(options.year, 1, 1);
        scope.to = make_date(options.year, 12, 31);
    }
    const auto day = [](std::string_view name, const std::string& text, std::optional<Date>& into) -> Result<void> {
        if (text.empty()) return {};
        into = parse_date(text);
        if (into) return {};
        return failure(ErrorCode::invalid,
                       fmt::format("{}: \"{}\" is no day; write it like 2024-01-31 / 不是日期", name, text));
    };
    ANJIE_CHECK(day("--from", options.from, scope.from));
    ANJIE_CHECK(day("--to", options.to, scope.to));
    if (scope.from && scope.to && *scope.to < *scope.from)
        return failure(ErrorCode::invalid, "--to lies before --from / 止日早于起日");
    return scope;
}

Result<void> check_kinds(const std::vector<std::string>& kinds) {
    const auto known = finding_kinds();
    for (const auto& kind : kinds)
        if (std::ranges::find(known, kind) == known.end())
            return failure(ErrorCode::invalid,
                           fmt::format("--kind: there is no kind \"{}\"; there are {} / 没有这一种类", kind,
                                       fmt::join(known, ", ")));
    return {};
}

Result<ThresholdsRead> thresholds_for(const Session& session, const FindingsOptions& options) {
    std::vector<std::filesystem::path> files;
    const auto own = session.data / "audit.json";
    if (std::error_code failed; std::filesystem::exists(own, failed)) files.push_back(own);
    if (!options.config.empty()) files.push_back(options.config);
    return read_thresholds(files);
}

Exit findings(const Session& session, const FindingsOptions& options) {
    const auto& console = session.console;
    const auto scope = scope_of(options);
    if (!scope) return console.fail(scope.error());
    if (const auto known = check_kinds(options.kinds); !known) return console.fail(known.error());
    return session.with_workspace([&](Workspace& workspace) {
        const auto thresholds = thresholds_for(session, options);
        if (!thresholds) return console.fail(thresholds.error());
        std::random_device random;
        const auto word = [&] { return std::uint64_t{random()} << 32 | random(); };
        const audit::Setting setting{.thresholds = thresholds->values,
                                     .rules = &workspace.dispute().rules(),
                                     .today = local_date(workspace.clock().now()),
                                     .hash_key = {word(), word()}};
        ProgressLine progress(std::string(console.pick("查找疑点", "looking for trouble")), !console.quiet);
        const auto result = run_audit(access::unrecorded(workspace.events()), setting, *scope, options.kinds, threads,
                                      progress.reporter());
        if (!result) return console.fail(result.error());
        const AuditShown shown{*result, *scope, *thresholds, setting.today, options.kinds};
        CaseNumbers numbers(workspace.events());
        if (!options.csv.empty())
            return export_csv(session, workspace, "findings", audit_csv(shown, numbers), options.csv);
        if (!options.xlsx.empty())
            return export_xlsx(session, workspace, "findings",
                               audit_workbook(shown, numbers, console.language, workspace.clock().now()), options.xlsx);
        if (console.json)
            console.line(boost::json::serialize(audit_json(shown, numbers)));
        else
            print_audit(console, shown, numbers, options.limit);
        return Exit::ok;
    });
}

}  // namespace

void add_audit_commands(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* group = app.add_subcommand("audit", help("审计：查找疑点", "For auditors: look for trouble"));
    group->require_subcommand(1);
    auto options = std::make_shared<FindingsOptions>();
    auto* command = add_command(
        *group, session, "findings",
        "查找疑点：倒填、迟录、重复、自行回访、批量回访、无据的成功、延期、缺文书。发现是数据：有无发现，退出码都是 0",
        "Look for trouble: back-dated and late entries, duplicates, revisits by the mediator or in bulk, successes "
        "without support, extensions, missing documents. Findings are data: the exit code is 0 with or without them",
        [&session, options] { return findings(session, *options); });
    command->add_option("--year", options->year, help("登记年份（默认全部）", "Registered in this year (default: all)"))
        ->check(CLI::Range(1990, 2199));
    command->add_option("--from", options->from, help("登记日起（含）", "Registered from this day on, included"));
    command->add_option("--to", options->to, help("登记日止（含）", "Registered up to this day, included"));
    command->add_option("--org", options->organisation,
                        help("机构代码（含下级）", "Organisation code, with all below it"));
    command->add_option(
        "--kind", options->kinds,
        help("只查这些种类：", "Only these kinds: ") + fmt::format("{}", fmt::join(finding_kinds(), " ")));
    command->add_option(
        "--config", options->config,
        help("门槛文件（JSON）；否则用数据目录的 audit.json 和内置值",
             "Thresholds (JSON), over those of audit.json in the data directory and the built-in ones"));
    command
        ->add_option("--limit", options->limit,
                     help("每种最多列几项，0 为全部", "List at most so many of a kind, 0: all"))
        ->capture_default_str();
    command->add_option("--csv", options->csv,
                        help("写入 CSV 文件（- 为标准输出）", "Write CSV to a file (- for stdout)"));
    add_xlsx_option(*command, session, options->xlsx);
}

}  // namespace anjie::cli
