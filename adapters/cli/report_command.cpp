#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>

#include "adapters/cli/report_text.hpp"
#include "adapters/cli/session.hpp"
#include "workflows/dispute/statistics/report.hpp"
#include "workflows/screening/statistics.hpp"

namespace anjie::cli {
namespace {

namespace statistics = dispute::statistics;

struct ReportOptions {
    int year{};
    unsigned half{}, quarter{}, month{};
    std::string from, to, organisation, as_of, csv, cases;
    bool public_view{}, plain{};
};

Result<statistics::Period> period_of(const ReportOptions& options) {
    if (!options.from.empty() || !options.to.empty()) {
        const auto from = parse_date(options.from);
        const auto to = parse_date(options.to);
        if (!from || !to || *to < *from)
            return failure(ErrorCode::invalid, fmt::format("--from \"{}\" --to \"{}\": two days in order are needed, "
                                                           "like 2024-01-01 2024-06-30 / 需要先后两个日期",
                                                           options.from, options.to));
        return statistics::period_between(*from, *to);
    }
    if (options.year == 0)
        return failure(ErrorCode::invalid, "--year or --from and --to is needed / 需要 --year，或 --from 和 --to");
    if (options.month != 0) return statistics::month_period(options.year, options.month);
    if (options.quarter != 0) return statistics::quarter_period(options.year, options.quarter);
    if (options.half != 0) return statistics::half_year_period(options.year, options.half);
    return statistics::year_period(options.year);
}

/// A day alone means its end: all that was recorded on it counts.
Result<std::optional<Instant>> as_of_moment(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto when = parse_occurred_at(text);
    if (!when)
        return failure(
            ErrorCode::invalid,
            fmt::format("--as-of: \"{}\" is no day or time; write 2024-06-30 or 2024-06-30T12:00 / 不是日期或时间",
                        text));
    if (!when->day_only) return when->at;
    return Instant{start_of_day(local_date(when->at) + std::chrono::days{1}).microseconds - 1};
}

const CaseProjection* projection_named(const Workspace& workspace, std::string_view name) {
    for (const auto* projection : workspace.projections())
        if (projection->name() == name) return projection;
    return nullptr;
}

/// The rows of a projection as they are now, or as they were known at a moment.
Result<void> each_row(Workspace& workspace, std::string_view name, const std::optional<Instant>& as_of,
                      const std::function<void(CaseId, std::string_view)>& visit) {
    const auto* projection = projection_named(workspace, name);
    if (projection == nullptr) return failure(ErrorCode::not_found, fmt::format("there is no projection {}", name));
    if (as_of) return fold_as_of(workspace.events(), *projection, *as_of, 2, visit);
    return ProjectionRunner(workspace.events(), workspace.derived(), *projection)
        .rows([&](CaseId id, std::string_view row) {
            visit(id, row);
            return true;
        });
}

Result<std::vector<statistics::CaseRow>> dispute_rows(Workspace& workspace, const std::optional<Instant>& as_of) {
    std::vector<statistics::CaseRow> rows;
    std::optional<Error> failed;
    ANJIE_CHECK(each_row(workspace, "dispute.statistics", as_of, [&](CaseId id, std::string_view bytes) {
        auto row = statistics::decode_row(id, bytes);
        if (row)
            rows.push_back(std::move(*row));
        else if (!failed)
            failed = row.error();
    }));
    if (failed) return std::unexpected(*failed);
    return rows;
}

statistics::ScreeningFigures screening_figures(const screening::ScreeningFigures& sum) {
    statistics::ScreeningFigures figures;
    figures.rounds = static_cast<std::int64_t>(sum.rounds);
    figures.prevented = static_cast<std::int64_t>(sum.prevented);
    for (std::size_t i = 0; i < figures.harm.size(); ++i)
        figures.harm[i] = {static_cast<std::int64_t>(sum.harms[i].cases),
                           static_cast<std::int64_t>(sum.harms[i].people)};
    return figures;
}

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

Exit write_csv(const Console& console, const statistics::Report& report, const std::string& file) {
    const auto text = statistics::to_csv(
        report, console.language == Language::zh ? statistics::Language::zh : statistics::Language::en);
    if (file == "-") {
        console.print(text);
        return Exit::ok;
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << "\xef\xbb\xbf" << text;  // The mark by which spreadsheets know UTF-8.
    out.flush();
    if (!out)
        return console.fail({ErrorCode::unavailable,
                             fmt::format(fmt::runtime(console.pick("{}：无法写入", "{}: cannot be written")), file)});
    console.note(fmt::format(fmt::runtime(console.pick("已写入 {}", "Written to {}")), file));
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
        query.as_of = {workspace.events().head(), as_of->value_or(workspace.clock().now())};
        const auto rows = dispute_rows(workspace, *as_of);
        if (!rows) return console.fail(rows.error());
        if (!options.cases.empty()) return print_cases(session, workspace, *rows, query, options);

        screening::ScreeningReport screened({period->from, period->to});
        std::optional<Error> failed;
        const auto read = each_row(workspace, "screening.statistics", *as_of, [&](CaseId, std::string_view row) {
            if (auto added = screened.add(row); !added && !failed) failed = added.error();
        });
        if (!read) return console.fail(read.error());
        if (failed) return console.fail(*failed);
        query.screening = screening_figures(screened.total(options.organisation));

        const auto made = statistics::make_report(*rows, query);
        if (!made) return console.fail(made.error());
        if (!options.csv.empty()) return write_csv(console, *made, options.csv);
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
    command->add_option("--year", options->year, help("年份", "Year"))->check(CLI::Range(1990, 2199));
    command->add_option("--half", options->half, help("半年", "Half-year"))->check(CLI::Range(1, 2));
    command->add_option("--quarter", options->quarter, help("季度", "Quarter"))->check(CLI::Range(1, 4));
    command->add_option("--month", options->month, help("月", "Month"))->check(CLI::Range(1, 12));
    command->add_option("--from", options->from, help("起（含）", "From this day, included"));
    command->add_option("--to", options->to, help("止（含）", "To this day, included"));
    command->add_option("--org", options->organisation,
                        help("机构代码（含下级）", "Organisation code, with all below it"));
    command->add_option(
        "--as-of", options->as_of,
        help("当时知道的：只算到此刻为止录入的事件", "As known then: only what had been recorded by this time"));
    command->add_option("--csv", options->csv,
                        help("写入 CSV 文件（- 为标准输出）", "Write CSV to a file (- for stdout)"));
    command->add_option("--cases", options->cases,
                        help("列出某个数字背后的案件，如 follow_up.opened",
                             "List the cases behind a figure, for example follow_up.opened"));
    command->add_flag("--plain", options->plain, help("只列案号", "Numbers only"));
    command->add_flag("--public", options->public_view,
                      help("公开版：隐去小于 5 的数", "For publication: counts below 5 are hidden"));
}

}  // namespace anjie::cli
