#include "adapters/anjie/import_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/anjie/ledger_file.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/table.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;
using ledger::ImportReport;
using ledger::Message;
using ledger::RowReport;

/// Rows beyond this are counted, not listed, on the screen; JSON has all that the report keeps.
constexpr std::size_t listed_max = 200;

std::string sentence_of(const Console& console, const Message& message) {
    std::string text;
    if (!message.column.empty()) text += message.column;
    if (!message.value.empty()) text += fmt::format("{}\"{}\"", text.empty() ? "" : " ", message.value);
    if (!text.empty()) text += console.pick("：", ": ");
    text += console.pick(message.sentence);
    if (!console.pick(message.remedy).empty())
        text += fmt::format("{}{}", console.pick("；", "; "), console.pick(message.remedy));
    if (!message.rule.empty()) text += fmt::format(" [{}]", message.rule);
    return text;
}

std::string_view severity_text(const Console& console, ledger::Severity severity) {
    switch (severity) {
        case ledger::Severity::note:
            return console.pick("提示", "note");
        case ledger::Severity::warning:
            return console.pick("注意", "warning");
        case ledger::Severity::error:
            return console.pick("错误", "error");
    }
    return "";
}

boost::json::array json_of(const std::vector<Message>& messages) {
    boost::json::array out;
    for (const auto& message : messages)
        out.push_back({{"severity", message.severity == ledger::Severity::error     ? "error"
                                    : message.severity == ledger::Severity::warning ? "warning"
                                                                                    : "note"},
                       {"column", message.column},
                       {"value", message.value},
                       {"zh", message.sentence.zh},
                       {"en", message.sentence.en},
                       {"remedy", {{"zh", message.remedy.zh}, {"en", message.remedy.en}}},
                       {"rule", message.rule}});
    return out;
}

boost::json::object json_of(const ImportReport& report) {
    boost::json::array rows;
    for (const auto& row : report.rows)
        rows.push_back({{"line", row.line},
                        {"number", row.number},
                        {"outcome", code_of(row.outcome)},
                        {"commands", row.commands},
                        {"messages", json_of(row.messages)}});
    const auto& totals = report.totals;
    return {{"dry_run", report.dry_run},
            {"readable", report.readable},
            {"encoding", report.encoding},
            {"sheet", report.sheet},
            {"messages", json_of(report.messages)},
            {"totals",
             {{"rows", totals.rows},
              {"entered", totals.entered},
              {"completed", totals.completed},
              {"corrected", totals.corrected},
              {"unchanged", totals.unchanged},
              {"refused", totals.refused},
              {"skipped", totals.skipped},
              {"commands", totals.commands},
              {"warnings", totals.warnings}}},
            {"rows", std::move(rows)}};
}

void print_messages(const Console& console, const std::vector<Message>& messages) {
    for (const auto& message : messages)
        console.line(fmt::format("    {}: {}",
                                 message.severity == ledger::Severity::error
                                     ? console.styled(Console::Style::red, severity_text(console, message.severity))
                                     : std::string(severity_text(console, message.severity)),
                                 sentence_of(console, message)));
}

void print_rows(const Console& console, const ImportReport& report) {
    std::size_t listed = 0;
    for (const auto& row : report.rows) {
        if (row.outcome == ledger::RowOutcome::skipped && row.messages.empty()) continue;
        if (++listed > listed_max) break;
        const auto& outcome = entry_of(row.outcome);
        const auto style = row.outcome == ledger::RowOutcome::refused ? Console::Style::red : Console::Style::plain;
        console.line(fmt::format(
            "{} {:>4}  {}  {}  {}", console.pick("行", "row"), row.line,
            console.styled(style, cli::padded(console.pick(outcome.zh, outcome.en), 10)), row.number,
            row.commands == 0 ? std::string{}
                              : fmt::format(fmt::runtime(console.pick("{} 条命令", "{} commands")), row.commands)));
        print_messages(console, row.messages);
    }
    if (listed > listed_max)
        console.line(console.pick("（其余各行从略；--json 可看全部）", "(more rows not shown; --json has them)"));
}

void print_report(const Console& console, const ImportReport& report) {
    print_messages(console, report.messages);
    if (!report.readable) return;
    print_rows(console, report);
    const auto& totals = report.totals;
    console.line(fmt::format(
        fmt::runtime(
            console.pick("{}共 {} 行：新入 {}，补全 {}，更正 {}，未变 {}，拒绝 {}，空行 {}",
                         "{}{} rows: {} entered, {} completed, {} corrected, {} unchanged, {} refused, {} skipped")),
        report.dry_run ? console.pick("试运行，未写入。", "Dry run, nothing written. ") : "", totals.rows,
        totals.entered, totals.completed, totals.corrected, totals.unchanged, totals.refused, totals.skipped));
}

}  // namespace

Exit import_command(const Console& console, Workspace& workspace, const cli::ImportRequest& request) {
    const auto& settings = workspace.settings();
    cli::ProgressLine progress(std::string(console.pick("导入", "importing")), !console.quiet);
    ledger::ImportOptions options;
    options.organisation = settings.organisation;
    options.jurisdiction = settings.jurisdiction;
    options.committee =
        parse_code<dispute::CommitteeKind>(settings.committee).value_or(dispute::CommitteeKind::township);
    options.dry_run = request.dry_run;
    options.progress = progress.reporter();
    const auto report = import_file(workspace, request.file, request.sheet, options);
    if (!report) return console.fail(report.error());
    if (console.json)
        console.line(boost::json::serialize(json_of(*report)));
    else
        print_report(console, *report);
    if (!report->readable) {
        console.error(console.pick("文件无法作为台账读取，未写入任何内容。",
                                   "the file cannot be read as a ledger; nothing was entered."));
        return Exit::usage;
    }
    if (report->totals.refused != 0) {
        console.error(
            fmt::format(fmt::runtime(console.pick("{} 行未能导入，原因见上。改正后再次导入即可，已入各行不会重复。",
                                                  "{} rows were refused, see above. Mend them and import again; rows "
                                                  "already entered are not entered twice.")),
                        report->totals.refused));
        return Exit::conflict;
    }
    return Exit::ok;
}

}  // namespace anjie
