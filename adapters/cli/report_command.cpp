#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/cli/proof_commands.hpp"
#include "adapters/cli/query_options.hpp"
#include "adapters/cli/report_text.hpp"
#include "adapters/cli/session.hpp"
#include "adapters/cli/table_files.hpp"
#include "adapters/views/report_tables.hpp"
#include "adapters/views/report_view.hpp"
#include "workflows/dispute/statistics/report.hpp"

namespace anjie::cli {
namespace {

using namespace views;

namespace statistics = dispute::statistics;

struct ReportOptions : QueryOptions {
    std::string csv, xlsx, cases;
    bool public_view{}, plain{};
    ProveReportRequest proof;
};

Exit print_cases(const Session& session, Workspace& workspace, const std::vector<statistics::CaseRow>& rows,
                 const statistics::ReportQuery& query, const ReportOptions& options) {
    const auto& console = session.console;
    const auto behind = statistics::cases_behind(rows, query, options.cases);
    if (!behind) return console.fail(behind.error());
    boost::json::array listed;
    for (const auto& id : *behind) {
        const auto entry = workspace.directory().find(to_string(id));
        if (!entry) return console.fail(entry.error());
        if (console.json)
            listed.push_back({{"number", entry->number}, {"case_id", to_string(id)}});
        else
            console.line(options.plain ? entry->number : fmt::format("{}  {}", entry->number, to_string(id)));
    }
    if (console.json) console.line(boost::json::serialize(listed));
    return Exit::ok;
}

Exit report(const Session& session, const ReportOptions& options) {
    const auto& console = session.console;
    const auto period = period_of(options);
    if (!period) return console.fail(period.error());
    const auto as_of = as_of_moment(options.as_of);
    if (!as_of) return console.fail(as_of.error());
    return session.with_current_workspace([&](Workspace& workspace) {
        statistics::ReportQuery query;
        query.period = *period;
        query.organisation = options.organisation;
        query.public_view = options.public_view;
        const auto known = as_of_log(workspace, *as_of);
        if (!known) return console.fail(known.error());
        query.as_of = *known;
        if (!options.proof.file.empty()) {
            auto proof = options.proof;
            proof.query = query;
            proof.as_of_given = as_of->has_value();
            proof.render = report_json;
            if (const auto kept = session.record_export(workspace, access::Action::export_list,
                                                        "proved report, sealed texts stay sealed");
                !kept)
                return console.fail(kept.error());
            return session.ports.prove_report(console, workspace, proof);
        }
        const auto rows = dispute_rows(workspace, *as_of);
        if (!rows) return console.fail(rows.error());
        if (!options.cases.empty()) return print_cases(session, workspace, *rows, query, options);

        const auto screened = screening_figures(workspace, *period, options.organisation, *as_of);
        if (!screened) return console.fail(screened.error());
        query.screening = *screened;

        const auto made = statistics::make_report(*rows, query);
        if (!made) return console.fail(made.error());
        const bool chinese = console.language == Language::zh;
        if (!options.csv.empty())
            return export_csv(session, workspace, "report",
                              statistics::to_csv(*made, chinese ? statistics::Language::zh : statistics::Language::en),
                              options.csv);
        if (!options.xlsx.empty())
            return export_xlsx(session, workspace, "report", report_workbook(*made, console.language), options.xlsx);
        if (console.json)
            console.line(boost::json::serialize(report_json(*made)));
        else
            print_report(console, *made);
        return Exit::ok;
    });
}

}  // namespace

void add_report_command(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto options = std::make_shared<ReportOptions>();
    auto* command = add_command(app, session, "report", "统计报表：件数、比率、各表，互相勾稽",
                                "The figures of a period: counts, rates, tables that reconcile",
                                [&session, options] { return report(session, *options); });
    add_query_options(*command, session, *options);
    command->add_option("--csv", options->csv,
                        help("写入 CSV 文件（- 为标准输出）", "Write CSV to a file (- for stdout)"));
    add_xlsx_option(*command, session, options->xlsx);
    command->add_option("--cases", options->cases,
                        help("列出某个数字背后的案件，如 follow_up.opened",
                             "List the cases behind a figure, for example follow_up.opened"));
    command->add_flag("--plain", options->plain, help("只列案号", "Numbers only"));
    add_prove_options(*command, session, options->proof);
    command->add_flag("--public", options->public_view,
                      help("公开版：隐去小于 5 的数", "For publication: counts below 5 are hidden"));
}

}  // namespace anjie::cli
