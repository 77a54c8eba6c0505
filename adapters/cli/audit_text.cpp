#include "adapters/cli/audit_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/table.hpp"
#include "adapters/views/state_view.hpp"

namespace anjie::cli {
namespace {

using namespace dispute::audit;
using namespace views;

constexpr std::size_t text_width = 96;

Console::Style style_of(Severity severity) {
    if (severity == Severity::serious) return Console::Style::red;
    return severity == Severity::warning ? Console::Style::yellow : Console::Style::plain;
}

void print_scope(const Console& console, const AuditShown& shown) {
    const auto& scope = shown.scope;
    std::string which(console.pick("全部案件", "all cases"));
    if (scope.from || scope.to)
        which = fmt::format(fmt::runtime(console.pick("{} 至 {} 登记的案件", "cases registered {} to {}")),
                            scope.from ? to_string(*scope.from) : "…", scope.to ? to_string(*scope.to) : "…");
    if (!scope.organisation.empty()) which += fmt::format(", {}", scope.organisation);
    console.line(fmt::format(
        fmt::runtime(console.pick("审计发现：{}；{} 件，{} 个事件；日志至第 {} 个事件，以 {} 为判断日",
                                  "Findings: {}; {} cases, {} events; the log up to event {}, judged as of {}")),
        which, shown.result.cases, shown.result.events, shown.result.position, to_string(shown.today)));
    console.line(console.styled(
        Console::Style::dim,
        console.pick("发现是提问的理由，不是结论；所引事件用 anjie replay 案号 查看。",
                     "A finding is a reason to ask, not a verdict; look at its events with anjie replay CASE.")));
    console.line();
}

void print_summary(const Console& console, const AuditShown& shown, const std::vector<Kind>& kinds) {
    const auto& zh = console.language == Language::zh;
    Table table({zh ? "种类" : "Kind", "--kind", zh ? ">严重" : ">serious", zh ? ">注意" : ">warning",
                 zh ? ">提示" : ">note", zh ? ">未能判断" : ">undecided"});
    for (const auto& kind : kinds) {
        const auto tally = shown.result.findings.tally(kind.id);
        table.row({std::string(console.pick(kind.title)), std::string(kind.id), std::to_string(tally.serious),
                   std::to_string(tally.warnings), std::to_string(tally.notes), std::to_string(tally.undecided)});
    }
    console.print(table.text());
}

void print_wrapped(const Console& console, std::string_view text) {
    for (const auto& line : wrapped(text, text_width)) console.line("      " + line);
}

void print_finding(const Console& console, const Finding& finding, CaseNumbers& numbers) {
    const auto& severity = entry_of(finding.severity);
    auto where = cited(finding, numbers);
    if (finding.events_in_all > finding.events.size())
        where += fmt::format(fmt::runtime(console.pick(" …（共 {} 个事件，{} 件）", " … ({} events, {} cases in all)")),
                             finding.events_in_all, finding.cases);
    const auto lines = wrapped(where, text_width - 4);
    const auto word = console.styled(style_of(finding.severity), padded(console.pick(severity.zh, severity.en), 7));
    for (std::size_t i = 0; i < lines.size(); ++i)
        console.line(fmt::format("  {}  {}", i == 0 ? word : std::string(7, ' '), lines[i]));
    print_wrapped(console, console.pick(finding.sentence));
    if (finding.rule)
        print_wrapped(console, fmt::format("{} [{}] {}", console.pick("依据", "rule"), to_string(finding.rule->mark),
                                           console.pick(finding.rule->title)));
}

/// Why some cases could not be judged.
std::string_view reason_text(const Console& console, std::string_view why) {
    if (why == "sealed_text_absent")
        return console.pick("当事人信息未录入、已删除或无法开启",
                            "names were never entered, or are erased or cannot be opened");
    if (why == "names_masked_or_absent") return console.pick("姓名缺失或被遮盖", "a name is missing or masked");
    if (why == "rules_unknown")
        return console.pick("不知道该案适用的规则版本", "the case's rule set is not known here");
    return why;
}

std::string text_of_list(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + item;
    return text.empty() ? "–" : text;
}

void print_thresholds(const Console& console, const ThresholdsRead& read) {
    console.line();
    console.line(console.styled(Console::Style::bold, console.pick("所用门槛（本地配置，不是法律）",
                                                                   "Thresholds used (local configuration, not law)")));
    const bool zh = console.language == Language::zh;
    Table table({zh ? "名称" : "Name", zh ? ">值" : ">Value", zh ? "出处" : "From", zh ? "含义" : "Meaning"});
    const auto origin = [&](const std::string& name) {
        const auto found = read.origin.find(name);
        return found == read.origin.end() ? std::string("?") : found->second;
    };
    for (const auto& number : threshold_numbers()) {
        const auto name = fmt::format("{}.{}", number.section, number.name);
        table.row({name, std::to_string(read.values.*number.value), origin(name),
                   std::string(console.pick(number.meaning.zh, number.meaning.en))});
    }
    table.row({"import_actors", text_of_list(read.values.import_actors), origin("import_actors"),
               std::string(console.pick("视为导入的录入者", "recorders that count as imports"))});
    table.row({"documents_missing.also_required", text_of_list(paper_codes(read.values)),
               origin("documents_missing.also_required"),
               std::string(console.pick("另要求的文书", "papers asked for besides the rules'"))});
    console.print(table.text());
}

}  // namespace

void print_audit(const Console& console, const AuditShown& shown, CaseNumbers& numbers, std::size_t listed_max) {
    const auto kinds = kinds_asked(shown);
    print_scope(console, shown);
    print_summary(console, shown, kinds);
    const auto& findings = shown.result.findings;
    for (const auto& kind : kinds) {
        const auto tally = findings.tally(kind.id);
        if (tally.total() == 0 && tally.undecided == 0) continue;
        console.line();
        console.line(console.styled(Console::Style::bold,
                                    fmt::format("{}  {}  ({})", console.pick(kind.title), kind.id, tally.total())));
        print_wrapped(console, console.pick(kind.method));
        std::size_t listed = 0;
        for (const auto* finding : gravest_first(findings.of(kind.id))) {
            if (listed_max != 0 && listed == listed_max) break;
            ++listed;
            print_finding(console, *finding, numbers);
        }
        if (listed < tally.total())
            console.line(
                fmt::format(fmt::runtime(console.pick("  另有 {} 项；--kind {} --limit 0 或 --json、--csv 可看全部",
                                                      "  {} more; see them with --kind {} --limit 0, --json or --csv")),
                            tally.total() - listed, kind.id));
        for (const auto& [why, count] : findings.undecided(kind.id))
            console.line(fmt::format(fmt::runtime(console.pick("  {} 件未能判断：{}", "  {} cases undecided: {}")),
                                     count, reason_text(console, why)));
    }
    print_thresholds(console, shown.thresholds);
}

tables::Workbook audit_workbook(const AuditShown& shown, CaseNumbers& numbers, Language language, Instant now) {
    const auto words = [&](std::string_view zh, std::string_view en) {
        return std::string(language == Language::zh ? zh : en);
    };
    tables::Table table{.name = words("疑点", "Findings"),
                        .above = {words("审计疑点", "Findings"),
                                  fmt::format(fmt::runtime(words("截至 {}，日志位置 {}；疑点是发问的理由，不是结论",
                                                                 "As of {}, log position {}; findings are reasons to "
                                                                 "ask, not verdicts")),
                                              to_string(shown.today), shown.result.position)},
                        .columns = {{.heading = words("种类", "Kind"), .width = 24},
                                    {.heading = words("程度", "Severity")},
                                    {.heading = words("案件数", "Cases"), .width = 8},
                                    {.heading = words("事件数", "Events"), .width = 8},
                                    {.heading = words("涉及案件和事件", "Cited"), .width = 40},
                                    {.heading = words("规则", "Rule"), .width = 16},
                                    {.heading = words("标记", "Mark"), .width = 6},
                                    {.heading = words("说明", "Finding"), .width = 60}}};
    std::vector<tables::Row> rows;
    for (const auto& kind : kinds_asked(shown))
        for (const auto* finding : gravest_first(shown.result.findings.of(kind.id)))
            rows.push_back({std::string(finding->kind), name_of(finding->severity, language),
                            static_cast<std::int64_t>(finding->cases),
                            static_cast<std::int64_t>(finding->events_in_all), cited(*finding, numbers),
                            finding->rule ? finding->rule->id : std::string{},
                            finding->rule ? std::string(to_string(finding->rule->mark)) : std::string{},
                            words(finding->sentence.zh, finding->sentence.en)});
    table.rows = tables::all_of(std::move(rows));
    tables::Workbook book{.title = table.above.front(), .as_of = now, .tables = {}};
    book.tables.push_back(std::move(table));
    return book;
}

}  // namespace anjie::cli
