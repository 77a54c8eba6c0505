#include "adapters/cli/whatif_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/table.hpp"
#include "adapters/views/report_tables.hpp"
#include "engine/csv.hpp"
#include "workflows/dispute/rule_changes.hpp"

namespace anjie::cli {
namespace {

using namespace dispute;
using namespace views;
using namespace dispute::statistics;

std::string effect_of(const DeadlineRule& rule, const Console& console) {
    auto text = to_string(rule.period);
    if (!rule.roll) text += console.pick("，不顺延", ", not rolled");
    if (rule.extendable) text += console.pick("，可延期", ", extendable");
    return text;
}

std::string source_of(const DeadlineRule& rule, const Console& console) {
    return fmt::format("{} [{}: {}]", console.pick(rule.reference.title), to_string(rule.reference.mark), rule.id);
}

std::string subject_of(const DeadlineRule& rule, const Console& console) {
    const auto name = [&](const auto& code) {
        const auto& entry = entry_of(code);
        return std::string(console.pick(entry.zh, entry.en));
    };
    auto text = name(rule.kind);
    if (rule.type) text += " / " + name(*rule.type);
    if (rule.source) text += " / " + name(*rule.source);
    return text;
}

/// What one rule set has otherwise than another; what else of the same kind stays, since a special rule still wins.
void print_set(const Console& console, const RuleSet& own, const RuleSet& other) {
    const auto differing = differences(own, other);
    for (const auto& [before, after] : differing) {
        const auto none = std::string(console.pick("无", "none"));
        const auto& rule = before ? *before : *after;
        console.line(fmt::format("    {}: {} → {}", subject_of(rule, console),
                                 before ? effect_of(*before, console) : none,
                                 after ? effect_of(*after, console) : none));
        if (before)
            console.line(fmt::format("      {} {}", console.pick("代替", "instead of"), source_of(*before, console)));
        if (after && (!before || after->reference != before->reference || after->id != before->id))
            console.line(fmt::format("      {} {}", console.pick("依据", "by"), source_of(*after, console)));
        for (const auto& stays : other.deadlines)
            if (stays.kind == rule.kind && (stays.type || stays.source) &&
                std::ranges::none_of(differing, [&](const auto& one) { return one.after == stays; }))
                console.line(
                    console.styled(Console::Style::dim,
                                   fmt::format("      {} {}: {}", console.pick("特别规定不变", "special rule stays"),
                                               subject_of(stays, console), effect_of(stays, console))));
    }
    if (own.revisit_after_failure != other.revisit_after_failure)
        console.line(fmt::format("    {}: {} → {}", console.pick("未达成协议也回访", "revisit without agreement too"),
                                 own.revisit_after_failure, other.revisit_after_failure));
    if (differing.empty() && own.revisit_after_failure == other.revisit_after_failure)
        console.line(fmt::format("    {}", console.pick("期限无不同", "no deadline differs")));
}

void print_rules(const Console& console, const WhatIfView& view) {
    console.line(console.styled(Console::Style::bold, console.pick("替换的规则", "Rules replaced")));
    for (const auto& [pair, cases] : view.report.rules) {
        const auto& [from, to] = pair;
        const auto count = fmt::format(fmt::runtime(console.pick("{} 件", "{} cases")), cases);
        console.line(from == to ? fmt::format("  {}  ({})", from, count)
                                : fmt::format("  {} → {}  ({})", from, to, count));
        const auto* own = view.own.find(from);
        const auto* other = view.other.find(to);
        if (own != nullptr && other != nullptr) print_set(console, *own, *other);
    }
    for (const auto& [version, cases] : view.report.unknown_rules)
        console.line(fmt::format(
            fmt::runtime(console.pick("  {}：不认识的规则版本，{} 件照记录计",
                                      "  {}: rules this program does not know; {} cases count as recorded")),
            version, cases));
    console.line(console.styled(
        Console::Style::dim,
        console.pick(
            "  已发生的事实和已发出的提醒不变，只重算期限；什么也不写入日志。",
            "  Facts and alarms stay as recorded, deadlines are computed afresh; nothing is written to the log.")));
}

Result<void> print_cases(const Console& console, const WhatIfView& view) {
    const auto& report = view.report;
    for (const auto& pair : report.figures) {
        const auto* cases = cases_of(report, pair.id);
        if (cases == nullptr) continue;
        console.line();
        console.line(
            console.styled(Console::Style::bold, fmt::format("{}  {}", console.pick(pair.zh, pair.en), pair.id)));
        for (const auto& one : *cases) {
            ANJIE_TRY(const auto number, view.number_of(one.id));
            console.line(fmt::format("  {}{}{}", number, console.pick("：", ": "), causes_text(one, console.language)));
        }
    }
    return {};
}

}  // namespace

Result<void> print_what_if(const Console& console, const WhatIfView& view) {
    const auto& report = view.report;
    const auto& query = report.recorded.query;
    console.line(console.styled(
        Console::Style::bold,
        fmt::format("{} {}", console.pick(report.recorded.title_zh, report.recorded.title_en),
                    fmt::format(fmt::runtime(console.pick("· 若依 {}", "· what if {}")), view.rules_file))));
    console.line(
        fmt::format(fmt::runtime(console.pick("截至日志位置 {}，{}；统计口径第 {} 版；重判 {} 件",
                                              "As of log position {}, {}; definitions edition {}; {} cases judged")),
                    query.as_of.position, to_string(query.as_of.at), query.definitions, report.cases));
    console.line();
    print_rules(console, view);
    console.line();

    Table table({std::string(console.pick("变化的数字", "Figures that change")), "",
                 ">" + std::string(console.pick("按原规则", "as recorded")),
                 ">" + std::string(console.pick("按新规则", "what if")),
                 ">" + std::string(console.pick("差", "difference")),
                 ">" + std::string(console.pick("涉及案件", "cases"))});
    std::size_t same = 0;
    for (const auto& pair : report.figures) {
        const auto* cases = cases_of(report, pair.id);
        if (!differs(pair, query.decimals) && cases == nullptr) {
            ++same;
            continue;
        }
        table.row({std::string(console.pick(pair.zh, pair.en)), pair.id, to_text(pair.recorded), to_text(pair.judged),
                   signed_text(pair, query.decimals),
                   cases == nullptr ? std::string{} : std::to_string(cases->size())});
    }
    if (table.empty())
        console.line(console.pick("没有数字变化。", "No figure changes."));
    else
        console.print(table.text());
    console.line(
        console.styled(Console::Style::dim,
                       fmt::format(fmt::runtime(console.pick("（另有 {} 个数字不变；--csv 或 --json 列出全部）",
                                                             "({} figures stay the same; --csv or --json has all)")),
                                   same)));
    if (view.with_cases) return print_cases(console, view);
    if (!report.changed.empty())
        console.note(console.pick("加 --cases 看是哪些案件、为什么。", "Add --cases to see which cases, and why."));
    return {};
}

Result<std::string> what_if_csv(const Console& console, const WhatIfView& view) {
    const auto& report = view.report;
    const auto decimals = report.recorded.query.decimals;
    std::string text = fmt::format(
        "{}\r\n", console.pick("指标,名称,按原规则,按新规则,差", "figure,name,as recorded,what if,difference"));
    for (const auto& pair : report.figures)
        text += fmt::format("{},{},{},{},{}\r\n", csv_cell(pair.id), csv_cell(console.pick(pair.zh, pair.en)),
                            to_text(pair.recorded), to_text(pair.judged), signed_text(pair, decimals));
    if (!view.with_cases) return text;
    text += fmt::format("\r\n{}\r\n",
                        console.pick("指标,案号,按原规则,按新规则,原因", "figure,case,as recorded,what if,why"));
    for (const auto& pair : report.figures) {
        const auto* cases = cases_of(report, pair.id);
        if (cases == nullptr) continue;
        for (const auto& one : *cases) {
            ANJIE_TRY(const auto number, view.number_of(one.id));
            text += fmt::format("{},{},{},{},{}\r\n", csv_cell(pair.id), csv_cell(number), one.recorded, one.judged,
                                csv_cell(causes_text(one, console.language)));
        }
    }
    return text;
}

Result<tables::Workbook> what_if_workbook(const Console& console, const WhatIfView& view) {
    const auto& report = view.report;
    const auto decimals = report.recorded.query.decimals;
    const auto columns = [&](std::string_view name, std::string_view last) {
        return std::vector<tables::Column>{{.heading = std::string(console.pick("指标", "Figure")), .width = 28},
                                           {.heading = std::string(name), .width = 30},
                                           {.heading = std::string(console.pick("按原规则", "As recorded"))},
                                           {.heading = std::string(console.pick("按新规则", "What if"))},
                                           {.heading = std::string(last), .width = 24}};
    };
    tables::Table figures{.name = std::string(console.pick("数字", "Figures")),
                          .above = {std::string(console.pick(report.recorded.title_zh, report.recorded.title_en)),
                                    fmt::format("{}: {}", console.pick("规则", "rules"), view.rules_file)},
                          .columns = columns(console.pick("名称", "Name"), console.pick("差", "Difference"))};
    std::vector<tables::Row> rows;
    for (const auto& pair : report.figures)
        rows.push_back({pair.id, std::string(console.pick(pair.zh, pair.en)), table_cell(pair.recorded),
                        table_cell(pair.judged), signed_text(pair, decimals)});
    figures.rows = tables::all_of(std::move(rows));
    tables::Workbook book{.title = figures.above.front(), .as_of = report.recorded.query.as_of.at, .tables = {}};
    book.tables.push_back(std::move(figures));
    if (!view.with_cases) return book;
    tables::Table cases{.name = std::string(console.pick("案件", "Cases")),
                        .columns = columns(console.pick("案号", "Case"), console.pick("原因", "Why"))};
    rows.clear();
    for (const auto& pair : report.figures)
        if (const auto* behind = cases_of(report, pair.id); behind != nullptr)
            for (const auto& one : *behind) {
                ANJIE_TRY(auto number, view.number_of(one.id));
                rows.push_back({pair.id, std::move(number), std::int64_t{one.recorded}, std::int64_t{one.judged},
                                causes_text(one, console.language)});
            }
    cases.rows = tables::all_of(std::move(rows));
    book.tables.push_back(std::move(cases));
    return book;
}

}  // namespace anjie::cli
