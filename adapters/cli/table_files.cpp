#include "adapters/cli/table_files.hpp"

#include <fmt/format.h>

#include <fstream>

#include "adapters/access/recorded_reads.hpp"

namespace anjie::cli {
namespace {

Result<void> recorded(const Session& session, Workspace& workspace, std::string_view what, std::string_view form) {
    return session.record_export(workspace, access::Action::export_list, fmt::format("{}, {}", what, form));
}

}  // namespace

Exit export_csv(const Session& session, Workspace& workspace, std::string_view what, const std::string& text,
                const std::string& file) {
    const auto& console = session.console;
    if (const auto kept = recorded(session, workspace, what, "csv"); !kept) return console.fail(kept.error());
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

Exit export_xlsx(const Session& session, Workspace& workspace, std::string_view what, const tables::Workbook& workbook,
                 const std::string& file) {
    if (const auto kept = recorded(session, workspace, what, "xlsx"); !kept) return session.console.fail(kept.error());
    return write_xlsx_file(session, workbook, file);
}

Exit write_xlsx_file(const Session& session, const tables::Workbook& workbook, const std::string& file) {
    const auto& console = session.console;
    const auto written = session.ports.write_workbook(workbook, file);
    if (!written) return console.fail(written.error());
    console.note(fmt::format(fmt::runtime(console.pick("已写入 {}", "Written to {}")), file));
    return Exit::ok;
}

void add_xlsx_option(CLI::App& command, const Session& session, std::string& file) {
    command.add_option("--xlsx", file,
                       std::string(session.console.pick("写入 Excel 工作簿", "Write an Excel workbook")));
}

}  // namespace anjie::cli
