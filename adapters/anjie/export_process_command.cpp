#include "adapters/anjie/export_process_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "adapters/cli/progress.hpp"
#include "adapters/process_mining/ocel.hpp"
#include "adapters/process_mining/replaced_file.hpp"
#include "adapters/process_mining/xes.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;
using process_mining::Exported;
using process_mining::ExportOptions;

process_mining::ExportOptions options_of(const Console& console, const cli::ExportProcessRequest& request) {
    using process_mining::Language;
    return {.selection = {.from = request.from,
                          .to = request.to,
                          .organisation = request.organisation,
                          .as_of = request.as_of},
            .language = console.language == cli::Language::zh ? Language::zh : Language::en,
            .number_people = request.number_people};
}

using Format = cli::ExportProcessRequest::Format;

Result<Exported> write_stream(const EventStore& events, Format format, const ExportOptions& options,
                              process_mining::ByteSink& sink, const std::filesystem::path& scratch,
                              const Progress& progress) {
    return format == Format::xes ? process_mining::write_xes(events, options, sink, progress)
                                 : process_mining::write_ocel_json(events, options, sink, scratch, progress);
}

Result<Exported> write_to(const EventStore& events, const cli::ExportProcessRequest& request,
                          const ExportOptions& options, const Progress& progress) {
    if (request.file == "-") {
        process_mining::DescriptorSink stdout_sink(STDOUT_FILENO);
        std::error_code failed;
        const auto scratch = std::filesystem::temp_directory_path(failed);
        return write_stream(events, request.format, options, stdout_sink, failed ? "." : scratch, progress);
    }
    ANJIE_TRY(auto file, process_mining::ReplacedFile::create(request.file));
    const auto folder = request.file.has_parent_path() ? request.file.parent_path() : ".";
    ANJIE_TRY(const auto exported, request.format == Format::ocel_sqlite
                                       ? process_mining::write_ocel_sqlite(events, options, file.beside(), progress)
                                       : write_stream(events, request.format, options, file, folder, progress));
    ANJIE_CHECK(file.commit());
    return exported;
}

}  // namespace

Exit export_process_command(const Console& console, Workspace& workspace, const cli::ExportProcessRequest& request) {
    Result<Exported> exported;
    {
        cli::ProgressLine progress(std::string(console.pick("导出", "exporting")), !console.quiet);
        exported = write_to(workspace.events(), request, options_of(console, request), progress.reporter());
    }
    if (!exported) return console.fail(exported.error());
    if (request.file == "-") return Exit::ok;
    if (console.json) {
        console.line(boost::json::serialize(boost::json::object{
            {"file", request.file.string()}, {"cases", exported->cases}, {"events", exported->events}}));
        return Exit::ok;
    }
    console.note(
        fmt::format(fmt::runtime(console.pick("已写入 {}：{} 件，{} 个事件", "Written to {}: {} cases, {} events")),
                    request.file.string(), exported->cases, exported->events));
    return Exit::ok;
}

}  // namespace anjie
