#include "adapters/cli/audit_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/cli/table.hpp"

namespace anjie::cli {
namespace {

using namespace dispute::audit;

constexpr std::size_t text_width = 96;

/// The kinds that were asked for, in the order of the reports.
std::vector<Kind> asked(const AuditShown& shown) {
    std::vector<Kind> kinds;
    for (const auto make : all_checks()) {
        const Setting none{};
        const auto kind = make(none)->kind();
        if (shown.kinds.empty() || std::ranges::find(shown.kinds, kind.id) != shown.kinds.end()) kinds.push_back(kind);
    }
    return kinds;
}

std::vector<const Finding*> gravest_first(const std::vector<Finding>& findings) {
    std::vector<const Finding*> sorted;
    for (const auto& finding : findings) sorted.push_back(&finding);
    std::ranges::stable_sort(sorted, std::ranges::greater{}, [](const Finding* one) { return one->severity; });
    return sorted;
}

/// "尼阿调〔2024〕3号 v12 #45, v3 #36; 尼阿调〔2024〕4号 v1 #52".
std::string cited(const Finding& finding, CaseNumbers& numbers) {
    std::string text;
    const CaseId* last = nullptr;
    for (const auto& event : finding.events) {
        if (last != nullptr && *last == event.case_id)
            text += ", ";
        else
            text += fmt::format("{}{} ", last == nullptr ? "" : "; ", numbers.of(event.case_id));
        text += fmt::format("v{} #{}", event.version, event.position);
        last = &event.case_id;
    }
    return text;
}

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

std::vector<std::string> paper_codes(const Thresholds& values) {
    std::vector<std::string> codes;
    for (const auto kind : values.documents_also_required) codes.emplace_back(code_of(kind));
    return codes;
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

boost::json::object json_of(const Finding& finding, CaseNumbers& numbers) {
    boost::json::array events;
    for (const auto& event : finding.events)
        events.push_back({{"case", numbers.of(event.case_id)},
                          {"case_id", to_string(event.case_id)},
                          {"version", event.version},
                          {"position", event.position}});
    boost::json::value rule(nullptr);
    if (finding.rule)
        rule = {{"id", finding.rule->id},
                {"mark", to_string(finding.rule->mark)},
                {"zh", finding.rule->title.zh},
                {"en", finding.rule->title.en}};
    return {{"kind", finding.kind},
            {"severity", code_of(finding.severity)},
            {"zh", finding.sentence.zh},
            {"en", finding.sentence.en},
            {"rule", std::move(rule)},
            {"cases", finding.cases},
            {"events_in_all", finding.events_in_all},
            {"events", std::move(events)}};
}

boost::json::array thresholds_json(const ThresholdsRead& read) {
    boost::json::array out;
    const auto add = [&](const std::string& name, boost::json::value value) {
        const auto origin = read.origin.find(name);
        out.push_back({{"name", name},
                       {"value", std::move(value)},
                       {"origin", origin == read.origin.end() ? "?" : origin->second}});
    };
    for (const auto& number : threshold_numbers())
        add(fmt::format("{}.{}", number.section, number.name), read.values.*number.value);
    add("import_actors", boost::json::array(read.values.import_actors.begin(), read.values.import_actors.end()));
    const auto papers = paper_codes(read.values);
    add("documents_missing.also_required", boost::json::array(papers.begin(), papers.end()));
    return out;
}

/// A cell of a CSV file that spreadsheets read as text, whatever it begins with.
std::string csv_cell(std::string_view text) {
    std::string cell = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell += '\'';
    for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + "\"";
}

}  // namespace

const std::string& CaseNumbers::of(const CaseId& id) {
    const auto [at, fresh] = known_.try_emplace(id);
    if (!fresh) return at->second;
    at->second = to_string(id);
    const auto read = events_.read_case(id, 0, [&](const EventView& view) {
        const auto event = dispute::Dispute::decode(view.header.type, view.header.schema, view.payload);
        if (!event) return false;
        if (const auto* registered = std::get_if<dispute::CaseRegistered>(&*event))
            at->second = dispute::to_string(registered->number);
        return false;
    });
    static_cast<void>(read);  // What cannot be read is shown by its id.
    return at->second;
}

void print_audit(const Console& console, const AuditShown& shown, CaseNumbers& numbers, std::size_t listed_max) {
    const auto kinds = asked(shown);
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

boost::json::object audit_json(const AuditShown& shown, CaseNumbers& numbers) {
    boost::json::array kinds;
    boost::json::array findings;
    for (const auto& kind : asked(shown)) {
        const auto tally = shown.result.findings.tally(kind.id);
        boost::json::object undecided;
        for (const auto& [why, count] : shown.result.findings.undecided(kind.id)) undecided[why] = count;
        kinds.push_back({{"kind", kind.id},
                         {"zh", kind.title.zh},
                         {"en", kind.title.en},
                         {"method", {{"zh", kind.method.zh}, {"en", kind.method.en}}},
                         {"serious", tally.serious},
                         {"warnings", tally.warnings},
                         {"notes", tally.notes},
                         {"undecided", std::move(undecided)}});
        for (const auto* finding : gravest_first(shown.result.findings.of(kind.id)))
            findings.emplace_back(json_of(*finding, numbers));
    }
    const auto day = [](const std::optional<Date>& date) {
        return date ? boost::json::value(to_string(*date)) : boost::json::value(nullptr);
    };
    return {
        {"scope",
         {{"from", day(shown.scope.from)}, {"to", day(shown.scope.to)}, {"organisation", shown.scope.organisation}}},
        {"cases", shown.result.cases},
        {"events", shown.result.events},
        {"position", shown.result.position},
        {"judged_as_of", to_string(shown.today)},
        {"thresholds", thresholds_json(shown.thresholds)},
        {"kinds", std::move(kinds)},
        {"findings", std::move(findings)}};
}

std::string audit_csv(const AuditShown& shown, CaseNumbers& numbers) {
    std::string text = "kind,severity,cases,events,cited,rule,mark,zh,en\r\n";
    for (const auto& kind : asked(shown))
        for (const auto* finding : gravest_first(shown.result.findings.of(kind.id)))
            text += fmt::format("{},{},{},{},{},{},{},{},{}\r\n", finding->kind, code_of(finding->severity),
                                finding->cases, finding->events_in_all, csv_cell(cited(*finding, numbers)),
                                csv_cell(finding->rule ? finding->rule->id : ""),
                                finding->rule ? to_string(finding->rule->mark) : "", csv_cell(finding->sentence.zh),
                                csv_cell(finding->sentence.en));
    return text;
}

}  // namespace anjie::cli
