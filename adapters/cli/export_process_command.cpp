#include <fmt/format.h>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/cli/session.hpp"

namespace anjie::cli {
namespace {

struct ProcessOptions {
    int year{};
    std::string file, from, to, as_of, format;
    ExportProcessRequest request;
};

Result<std::optional<Date>> day_of(std::string_view option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto day = parse_date(text);
    if (!day)
        return failure(ErrorCode::invalid,
                       fmt::format("{}: \"{}\" is no day; write 2024-06-30 / 不是日期", option, text));
    return day;
}

/// A day alone means its end: all that was recorded on it counts.
Result<std::optional<Instant>> recorded_by(const std::string& text) {
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

Result<ExportProcessRequest::Format> ocel_format_of(const ProcessOptions& options) {
    using enum ExportProcessRequest::Format;
    const auto extension = options.request.file.extension();
    if (options.format == "json" || (options.format.empty() && (extension == ".json" || extension == ".jsonocel")))
        return ocel_json;
    if (options.format == "sqlite" || (options.format.empty() && (extension == ".sqlite" || extension == ".db")))
        return ocel_sqlite;
    return failure(ErrorCode::invalid, fmt::format("\"{}\": name the file .json or .sqlite, or give --format / "
                                                   "文件名请以 .json 或 .sqlite 结尾，或用 --format 指明",
                                                   options.file));
}

Result<ExportProcessRequest> request_of(const ProcessOptions& options) {
    auto request = options.request;
    ANJIE_TRY(request.from, day_of("--from", options.from));
    ANJIE_TRY(request.to, day_of("--to", options.to));
    ANJIE_TRY(request.as_of, recorded_by(options.as_of));
    if (options.year != 0 && (request.from || request.to))
        return failure(ErrorCode::invalid, "give --year, or --from and --to / --year 与 --from、--to 只用其一");
    if (options.year != 0) {
        request.from = make_date(options.year, 1, 1);
        request.to = make_date(options.year, 12, 31);
    }
    if (request.from && request.to && *request.to < *request.from)
        return failure(ErrorCode::invalid, "--from is after --to / 起日晚于止日");
    return request;
}

Exit run_export(const Session& session, ProcessOptions options, bool ocel) {
    const auto& console = session.console;
    options.request.file = options.file;
    if (ocel) {
        const auto format = ocel_format_of(options);
        if (!format) return console.fail(format.error());
        options.request.format = *format;
        if (*format == ExportProcessRequest::Format::ocel_sqlite && options.file == "-")
            return console.fail({ErrorCode::invalid, "a database cannot go to stdout; name a file / 请写文件名"});
    }
    const auto request = request_of(options);
    if (!request) return console.fail(request.error());
    return session.with_workspace([&](Workspace& workspace) {
        const auto* what = ocel ? "ocel, pseudonyms only" : "xes, pseudonyms only";
        if (const auto kept = session.record_export(workspace, access::Action::export_list, what); !kept)
            return console.fail(kept.error());
        return session.ports.export_process(console, workspace, *request);
    });
}

CLI::App* add_one(CLI::App& group, Session& session, std::string name, std::string_view zh, std::string_view en,
                  const std::shared_ptr<ProcessOptions>& options) {
    const auto help = [&](std::string_view chinese, std::string_view english) {
        return std::string(session.console.pick(chinese, english));
    };
    const bool ocel = name == "ocel";
    auto* command = add_command(group, session, std::move(name), zh, en,
                                [&session, options, ocel] { return run_export(session, *options, ocel); });
    command->add_option("file", options->file, help("文件（- 为标准输出）", "File (- for stdout)"))->required();
    command->add_option("--year", options->year, help("该年登记的案件", "Cases registered in this year"))
        ->check(CLI::Range(1990, 2199));
    command->add_option("--from", options->from, help("登记日起（含）", "Registered from this day, included"));
    command->add_option("--to", options->to, help("登记日止（含）", "Registered up to this day, included"));
    command->add_option("--org", options->request.organisation,
                        help("机构代码（含下级）", "Organisation code, with all below it"));
    command->add_option("--as-of", options->as_of,
                        help("只含此刻以前录入的事件", "Only what had been recorded by this time"));
    command->add_flag("--number-people", options->request.number_people,
                      help("人员与机构一律以序号代替，不含案号",
                           "Numbers instead of the codes of people and organisations, and no case numbers"));
    return command;
}

}  // namespace

void add_export_process_commands(CLI::App& group, Session& session) {
    add_one(group, session, "xes", "事件日志（IEEE 1849 XES）：一案一轨迹，仅含代号",
            "Event log (IEEE 1849 XES): a trace per case, pseudonyms only", std::make_shared<ProcessOptions>());
    auto options = std::make_shared<ProcessOptions>();
    add_one(group, session, "ocel", "以对象为中心的事件日志（OCEL 2.0）：JSON 或 SQLite，仅含代号",
            "Object-centric event log (OCEL 2.0): JSON or SQLite, pseudonyms only", options)
        ->add_option("--format", options->format,
                     std::string(session.console.pick("json 或 sqlite（默认按扩展名）",
                                                      "json or sqlite (default by the file's extension)")))
        ->check(CLI::IsMember({"json", "sqlite"}));
}

}  // namespace anjie::cli
