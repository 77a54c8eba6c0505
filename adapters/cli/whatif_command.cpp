#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/cli/query_options.hpp"
#include "adapters/cli/session.hpp"
#include "adapters/cli/table_files.hpp"
#include "adapters/cli/whatif_text.hpp"
#include "adapters/rulebook/other_rules.hpp"

namespace anjie::cli {
namespace {

using namespace views;

struct WhatIfOptions : QueryOptions {
    std::string rules, csv, xlsx;
    bool cases{};
};

std::string example(const Console& console) {
    return std::string(console.pick(
        "RULES.json 写不同之处即可（没写的照各案受理时的规则）：\n"
        "  {\"deadlines\": [{\"kind\": \"revisit\", \"period\": \"15d\"},\n"
        "                 {\"kind\": \"mediation\", \"period\": \"60d\"},\n"
        "                 {\"kind\": \"mediation\", \"type\": \"medical\", \"period\": \"60wd\"}],\n"
        "   \"revisit_after_failure\": true}\n"
        "期限：30d 日、5wd 工作日、1m 月、2y 年；null 表示没有。也可给整个规则文件（有 \"sets\"）。\n"
        "  anjie whatif --rules RULES.json --year 2024 --cases\n",
        "RULES.json says what differs; the rest is as in the rules each case was accepted under:\n"
        "  {\"deadlines\": [{\"kind\": \"revisit\", \"period\": \"15d\"},\n"
        "                 {\"kind\": \"mediation\", \"period\": \"60d\"},\n"
        "                 {\"kind\": \"mediation\", \"type\": \"medical\", \"period\": \"60wd\"}],\n"
        "   \"revisit_after_failure\": true}\n"
        "Periods: 30d days, 5wd workdays, 1m months, 2y years; null for none. A whole rule file (with \"sets\") "
        "will do as well.\n"
        "  anjie whatif --rules RULES.json --year 2024 --cases\n"));
}

Exit show(const Session& session, Workspace& workspace, const WhatIfView& view, const WhatIfOptions& options) {
    const auto& console = session.console;
    if (!options.csv.empty()) {
        const auto text = what_if_csv(console, view);
        return text ? export_csv(session, workspace, "what-if", *text, options.csv) : console.fail(text.error());
    }
    if (!options.xlsx.empty()) {
        const auto book = what_if_workbook(console, view);
        return book ? export_xlsx(session, workspace, "what-if", *book, options.xlsx) : console.fail(book.error());
    }
    if (console.json) {
        const auto data = what_if_json(view);
        if (!data) return console.fail(data.error());
        console.line(boost::json::serialize(*data));
        return Exit::ok;
    }
    const auto printed = print_what_if(console, view);
    return printed ? Exit::ok : console.fail(printed.error());
}

Exit what_if(const Session& session, const WhatIfOptions& options) {
    const auto& console = session.console;
    // What is wrong with the words is told before a directory is opened.
    if (const auto period = period_of(options); !period) return console.fail(period.error());
    if (const auto as_of = as_of_moment(options.as_of); !as_of) return console.fail(as_of.error());
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto& own = workspace.dispute().rules();
        const auto other = rulebook::load_other_rules(options.rules, own, session.data);
        if (!other) return console.fail(other.error());
        const auto report = what_if_report(workspace, *other, options);
        if (!report) return console.fail(report.error());
        return show(session, workspace,
                    {.report = *report,
                     .own = own,
                     .other = other->book,
                     .rules_file = std::filesystem::path(options.rules).filename().string(),
                     .with_cases = options.cases,
                     .number_of = numbers_in(workspace.directory())},
                    options);
    });
}

}  // namespace

void add_whatif_command(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto options = std::make_shared<WhatIfOptions>();
    auto* command =
        add_command(app, session, "whatif", "假如规则不同：同样的事实，另一套期限，数字差在哪些案件",
                    "The same history judged under other rules: figures side by side, and the cases that differ",
                    [&session, options] { return what_if(session, *options); });
    command
        ->add_option("--rules", options->rules,
                     help("规则文件：整套，或只写不同之处", "Rule file: a whole one, or only what differs"))
        ->required();
    add_query_options(*command, session, *options);
    command->add_option("--csv", options->csv,
                        help("写入 CSV 文件（- 为标准输出）", "Write CSV to a file (- for stdout)"));
    add_xlsx_option(*command, session, options->xlsx);
    command->add_flag("--cases", options->cases,
                      help("列出每个变化的数字背后的案件和原因", "List the cases behind each change, and why"));
    command->footer(example(session.console));
}

}  // namespace anjie::cli
