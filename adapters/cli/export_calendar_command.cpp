#include <fmt/format.h>

#include <fstream>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/calendar_feed/calendar.hpp"
#include "adapters/cli/table_files.hpp"
#include "adapters/views/list_tables.hpp"
#include "adapters/views/report_query.hpp"
#include "engine/organisation.hpp"

namespace anjie::cli {
namespace {

using namespace views;

/// How far back a finished revisit is still published as cancelled, and how far ahead due ones are.
constexpr std::chrono::days done_kept{60};
constexpr std::chrono::days ahead{400};

struct CalendarRequest {
    std::string file, organisation, holder;
    bool all{};
};

/// Revisits made in the last weeks: their events go away also where the file was taken over only once.
Result<std::vector<DueEntry>> done_revisits(Workspace& workspace, const CalendarRequest& request, Date today) {
    namespace statistics = dispute::statistics;
    std::vector<statistics::CaseRow> rows;
    std::optional<Error> failed;
    ANJIE_CHECK(each_row(workspace, "dispute.statistics", {}, [&](CaseId id, std::string_view bytes) {
        auto row = statistics::decode_row(id, bytes);
        if (!row) {
            if (!failed) failed = row.error();
            return;
        }
        const auto& facts = row->facts;
        const auto& made = facts.last_revisit.on;
        if (made && facts.revisit_due.rolled && made.date() + done_kept >= today) rows.push_back(std::move(*row));
    }));
    if (failed) return std::unexpected(*failed);
    std::ranges::sort(rows, {}, &statistics::CaseRow::id);
    std::vector<DueEntry> done;
    for (const auto& row : rows) {
        ANJIE_TRY(auto entry, workspace.directory().find(to_string(row.id)));
        if (!request.organisation.empty() && !is_within(entry.organisation, request.organisation)) continue;
        if (!request.holder.empty() && entry.holder != request.holder) continue;
        const auto& due = row.facts.revisit_due;
        done.push_back({.entry = std::move(entry),
                        .deadline = {.kind = static_cast<std::uint16_t>(dispute::DeadlineKind::revisit),
                                     .item = 0,
                                     .due = {.raw = due.raw.date(), .rolled = due.rolled.date()},
                                     .next_alarm = std::nullopt}});
    }
    return done;
}

Exit write(const Console& console, const std::string& text, const std::string& file) {
    if (file == "-") {
        console.print(text);
        return Exit::ok;
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out)
        return console.fail({ErrorCode::unavailable,
                             fmt::format(fmt::runtime(console.pick("{}：无法写入", "{}: cannot be written")), file)});
    console.note(fmt::format(fmt::runtime(console.pick("已写入 {}", "Written to {}")), file));
    return Exit::ok;
}

Exit export_calendar(const Session& session, const CalendarRequest& request) {
    const auto& console = session.console;
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto now = workspace.clock().now();
        DueFilter filter;
        filter.organisation = request.organisation;
        filter.holder = request.holder;
        filter.until = local_date(now) + ahead;
        filter.limit = sheet_rows_max;
        auto due = workspace.directory().due(filter);
        if (!due) return console.fail(due.error());
        if (!request.all) std::erase_if(*due, [](const DueEntry& one) { return !calendar_feed::is_revisit(one); });
        const auto done = done_revisits(workspace, request, local_date(now));
        if (!done) return console.fail(done.error());
        calendar_feed::CalendarOptions options;
        options.name = console.pick(request.all ? "案结：到期事项" : "案结：到期回访",
                                    request.all ? "Anjie: what is due" : "Anjie: revisits due");
        options.host = workspace.settings().origin;
        options.now = now;
        options.chinese = console.language == Language::zh;
        if (const auto kept = session.record_export(workspace, access::Action::read_calendar, "calendar, no names");
            !kept)
            return console.fail(kept.error());
        return write(console, calendar_feed::calendar_of(*due, options, *done), request.file);
    });
}

}  // namespace

void add_export_calendar_command(CLI::App& group, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto request = std::make_shared<CalendarRequest>();
    auto* command = add_command(group, session, "calendar", "到期回访日历（iCalendar）：只有案号和日期，没有姓名",
                                "Calendar of due revisits (iCalendar): case numbers and days, no names",
                                [&session, request] { return export_calendar(session, *request); });
    command->add_option("file", request->file, help("文件（- 为标准输出）", "File (- for stdout)"))->required();
    command->add_option("--org", request->organisation,
                        help("机构代码（含下级）", "Organisation code, with all below it"));
    command->add_option("--holder", request->holder, help("承办人", "Who must act"));
    command->add_flag("--all", request->all, help("所有到期事项，不只回访", "Whatever is due, not revisits alone"));
}

}  // namespace anjie::cli
