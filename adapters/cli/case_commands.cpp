#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/case_actions.hpp"
#include "adapters/cli/session.hpp"
#include "adapters/cli/table.hpp"
#include "adapters/cli/table_files.hpp"
#include "adapters/views/case_view.hpp"
#include "adapters/views/event_view.hpp"
#include "adapters/views/list_tables.hpp"

namespace anjie::cli {
namespace {

using namespace views;

struct ListOptions {
    std::string organisation, type, phase, holder, from, to, search, after, xlsx;
    bool open{}, closed{};
    std::size_t limit{50};
};

Result<DirectoryFilter> filter_of(const ListOptions& options) {
    DirectoryFilter filter;
    filter.workflow = dispute::workflow_id;
    filter.organisation = options.organisation;
    filter.type = options.type;
    if (const auto type = parse_code<dispute::DisputeType>(options.type))
        filter.type = code_of(*type);
    else if (!options.type.empty())
        return failure(ErrorCode::invalid, fmt::format("--type: no such type \"{}\" / 没有这个纠纷类型", options.type));
    filter.phase = options.phase;
    filter.holder = options.holder;
    filter.search = options.search;
    filter.after = options.after;
    filter.limit = options.limit;
    if (options.open != options.closed) filter.open = options.open;
    const auto day = [](const std::string& text, std::string_view option, std::optional<Date>& into) -> Result<void> {
        if (text.empty()) return {};
        into = parse_date(text);
        if (!into)
            return failure(ErrorCode::invalid,
                           fmt::format("{}: \"{}\" is not a day; write 2024-03-05 / 不是日期", option, text));
        return {};
    };
    ANJIE_CHECK(day(options.from, "--from", filter.opened_from));
    ANJIE_CHECK(day(options.to, "--to", filter.opened_to));
    return filter;
}

Exit list(const Session& session, const ListOptions& options) {
    const auto& console = session.console;
    const auto filter = filter_of(options);
    if (!filter) return console.fail(filter.error());
    return session.with_current_workspace([&](Workspace& workspace) {
        if (!options.xlsx.empty())
            return export_xlsx(
                session, workspace, "list of cases",
                case_workbook(all_found(workspace.directory(), *filter), workspace.clock().now(), console.language),
                options.xlsx);
        const auto entries = workspace.directory().list(*filter);
        if (!entries) return console.fail(entries.error());
        if (console.json) {
            boost::json::array rows;
            for (const auto& entry : *entries) rows.emplace_back(entry_json(entry));
            console.line(boost::json::serialize(rows));
            return Exit::ok;
        }
        Table table({std::string(console.pick("案号", "Number")), std::string(console.pick("登记", "Registered")),
                     std::string(console.pick("类型", "Type")), std::string(console.pick("阶段", "Phase")),
                     std::string(console.pick("承办", "Holder")), std::string(console.pick("结案", "Closed"))});
        for (const auto& entry : *entries)
            table.row({entry.number, entry.opened ? to_string(*entry.opened) : "",
                       type_text(entry.type, console.language), phase_text(entry.phase, console.language), entry.holder,
                       entry.closed ? to_string(*entry.closed) : ""});
        console.print(table.text());
        if (entries->size() == options.limit)
            console.note(
                fmt::format(fmt::runtime(console.pick("还有更多：加 --after {}", "There may be more: add --after {}")),
                            to_string(entries->back().case_id)));
        return Exit::ok;
    });
}

Exit show(const Session& session, const std::string& reference) {
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto& console = session.console;
        const auto entry = find_case(workspace, reference);
        if (!entry) return console.fail(entry.error());
        const auto replayed = replay_case(workspace.events(), workspace.workflows(), entry->case_id);
        if (!replayed) return console.fail(replayed.error());
        if (replayed->workflow->id() != dispute::workflow_id)
            return console.fail(
                {ErrorCode::invalid, std::string(console.pick("这不是纠纷案件；请用 anjie screening show",
                                                              "this is not a dispute; use anjie screening show"))});
        const auto& state = dispute::DisputeWorkflow::value_of(*replayed->state);
        const auto now = workspace.clock().now();
        const DecisionContext context{.now = now,
                                      .occurred_at = {now, false},
                                      .actor = session.actor,
                                      .organisation = workspace.settings().organisation,
                                      .version = replayed->version};
        const auto answers = workspace.dispute().actions(state, context);
        if (console.json) {
            console.line(
                boost::json::serialize(case_json({*entry, state, &replayed->sealed, answers, replayed->version})));
            return Exit::ok;
        }
        console.line(console.styled(Console::Style::bold, entry->number));
        for (const auto& line : state_lines(state, console.language))
            console.line(fmt::format("  {}: {}", line.label, line.value));
        for (const auto& line : sealed_lines(replayed->sealed, console.language))
            console.line(fmt::format("  {} {}: {}", console.pick("[密]", "[sealed]"), line.label, line.value));
        console.line(console.styled(Console::Style::bold, console.pick("运行中的期限", "Running deadlines")));
        for (const auto& line : deadline_lines(state, console.language))
            console.line(fmt::format("  {}: {}", line.label, line.value));
        print_actions(console, answers);
        return Exit::ok;
    });
}

}  // namespace

void add_case_commands(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* cases = app.add_subcommand("case", help("案件：登记、列表、查看、办理", "Cases: new, list, show, do"));
    cases->require_subcommand(1);

    auto options = std::make_shared<ListOptions>();
    auto* list_command = add_command(*cases, session, "list", "列表、筛选、搜索", "List, filter, search",
                                     [&session, options] { return list(session, *options); });
    list_command->add_option("--search", options->search,
                             help("全文搜索（两个汉字即可）", "Words to find (two Chinese characters suffice)"));
    list_command->add_option("--org", options->organisation,
                             help("机构代码（含下级）", "Organisation code, with all below it"));
    list_command->add_option("--type", options->type, help("纠纷类型", "Type of dispute"));
    list_command->add_option("--phase", options->phase, help("阶段代码", "Code of the phase"));
    list_command->add_option("--holder", options->holder, help("承办人", "Who must act"));
    list_command->add_option("--from", options->from, help("登记日起", "Registered from this day"));
    list_command->add_option("--to", options->to, help("登记日止", "Registered up to this day"));
    list_command->add_flag("--open", options->open, help("未结", "Not closed"));
    list_command->add_flag("--closed", options->closed, help("已结", "Closed"));
    list_command->add_option("--after", options->after,
                             help("上一页最后的案件 id", "Id of the last case of the page before"));
    list_command->add_option("--limit", options->limit, help("行数", "Rows"))
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));

    add_xlsx_option(*list_command, session, options->xlsx);

    auto reference = std::make_shared<std::string>();
    auto* show_command = add_command(*cases, session, "show", "查看：状态、期限、下一步能做什么、为何不能",
                                     "State, deadlines, what may be done next and why not the rest",
                                     [&session, reference] { return show(session, *reference); });
    show_command->add_option("case", *reference, help("案号或 id 前几位", "Number, or first digits of the id"))
        ->required();

    add_case_new_command(*cases, session);
    add_case_do_command(*cases, session);
}

}  // namespace anjie::cli
