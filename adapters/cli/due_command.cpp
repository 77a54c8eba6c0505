#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/session.hpp"
#include "adapters/cli/table.hpp"
#include "adapters/cli/table_files.hpp"
#include "adapters/views/case_view.hpp"
#include "adapters/views/list_tables.hpp"
#include "adapters/views/state_view.hpp"

namespace anjie::cli {
namespace {

using namespace views;

struct DueOptions {
    std::string within{"7d"};
    std::string on;
    std::string organisation;
    std::string holder;
    std::string xlsx;
    bool overdue{};
};

std::string how_long(Date today, Date due, Language language) {
    const auto days = (due - today).count();
    if (days < 0) return fmt::format(fmt::runtime(language == Language::zh ? "逾期 {} 天" : "{} d overdue"), -days);
    if (days == 0) return language == Language::zh ? "今天" : "today";
    return fmt::format(fmt::runtime(language == Language::zh ? "还有 {} 天" : "in {} d"), days);
}

void print_table(const Console& console, const std::vector<DueEntry>& entries, Date today) {
    Table table({std::string(console.pick("期限", "Due")), std::string(console.pick("剩余", "Left")),
                 std::string(console.pick("事项", "What")), std::string(console.pick("案号", "Case")),
                 std::string(console.pick("谁", "Who"))});
    for (const auto& due : entries) {
        const auto last = due.deadline.due.rolled;
        const auto style = last < today                          ? Console::Style::red
                           : last < today + std::chrono::days{4} ? Console::Style::yellow
                                                                 : Console::Style::plain;
        table.row({to_string(last) + (due.deadline.due.provisional ? "?" : ""),
                   console.styled(style, how_long(today, last, console.language)), due_text(due, console.language),
                   due.entry.number, due.entry.holder});
    }
    console.print(table.text());
}

Result<void> raise_alarms(const Console& console, Workspace& workspace) {
    ANJIE_TRY(const auto raised, workspace.raise_due_alarms());
    if (raised == 0) return {};
    console.note(
        fmt::format(fmt::runtime(console.pick("记录了 {} 条期限提醒。", "{} reminders were recorded.")), raised));
    return workspace.catch_up();
}

Exit due(const Session& session, const DueOptions& options) {
    const auto& console = session.console;
    const auto within = parse_period(options.within);
    if (!within) {
        console.error(
            fmt::format(fmt::runtime(console.pick("--within：\"{}\" 不是期间，请写 7d、5wd、1m 或 1y",
                                                  "--within: \"{}\" is not a period; write 7d, 5wd, 1m or 1y")),
                        options.within));
        return Exit::usage;
    }
    return session.with_current_workspace([&](Workspace& workspace) {
        auto today = local_date(workspace.clock().now());
        if (!options.on.empty()) {
            const auto day = parse_date(options.on);
            if (!day) {
                console.error(fmt::format(fmt::runtime(console.pick("--on：\"{}\" 不是日期，请写 2024-03-05",
                                                                    "--on: \"{}\" is not a day; write 2024-03-05")),
                                          options.on));
                return Exit::usage;
            }
            today = *day;
        }
        if (options.on.empty())
            if (const auto raised = raise_alarms(console, workspace); !raised) return console.fail(raised.error());
        const auto& calendar = workspace.dispute().calendars().at(workspace.settings().jurisdiction);
        DueFilter filter;
        filter.organisation = options.organisation;
        filter.holder = options.holder;
        filter.until = options.overdue ? today - std::chrono::days{1} : last_day(today, *within, calendar);
        if (options.overdue) filter.overdue_on = today;
        if (!options.xlsx.empty()) filter.limit = sheet_rows_max;
        const auto entries = workspace.directory().due(filter);
        if (!entries) return console.fail(entries.error());
        if (!options.xlsx.empty())
            return export_xlsx(session, workspace, "due list",
                               due_workbook(*entries, today, workspace.clock().now(), console.language), options.xlsx);
        if (console.json) {
            boost::json::array rows;
            for (const auto& entry : *entries) rows.emplace_back(due_json(entry, today));
            console.line(boost::json::serialize(rows));
            return Exit::ok;
        }
        if (entries->empty()) {
            console.line(console.pick("没有到期事项。", "Nothing is due."));
            return Exit::ok;
        }
        print_table(console, *entries, today);
        if (entries->size() == filter.limit)
            console.note(
                fmt::format(fmt::runtime(console.pick("只列出前 {} 项，请用 --org 或 --holder 缩小范围。",
                                                      "Only the first {} are shown; narrow with --org or --holder.")),
                            filter.limit));
        return Exit::ok;
    });
}

}  // namespace

void add_due_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<DueOptions>();
    auto* command =
        add_command(app, session, "due", "到期和逾期事项：谁、何时之前、做什么", "What must be done, by whom, by when",
                    [&session, options] { return due(session, *options); });
    command->add_option("--within", options->within, "7d, 5wd, 1m")->capture_default_str();
    command->add_flag("--overdue", options->overdue,
                      std::string(session.console.pick("只看逾期的", "Only what is overdue")));
    command->add_option("--on", options->on,
                        std::string(session.console.pick("以这一天为今天来看", "As seen on this day")));
    command->add_option(
        "--org", options->organisation,
        std::string(session.console.pick("机构代码（含下级）", "Organisation code, with all below it")));
    command->add_option("--holder", options->holder, std::string(session.console.pick("承办人", "Who must act")));
    add_xlsx_option(*command, session, options->xlsx);
}

}  // namespace anjie::cli
