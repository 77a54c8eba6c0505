#include "adapters/anjie/proof_commands.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "adapters/anjie/log_source.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/dossier/make.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;

Exit write_archive(const Console& console, const zip::Writer& archive, const std::filesystem::path& file,
                   const dossier::LogProofSource& log) {
    {
        cli::ProgressLine progress(std::string(console.pick("压缩", "packing")), !console.quiet);
        constexpr double shares = 1000;
        const auto written = archive.write(
            file, [&](double share) { progress.update(static_cast<std::uint64_t>(share * shares), 1000); });
        if (!written) return console.fail(written.error());
    }
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(file, failed);
    const auto& head = log.head.checkpoint;
    if (console.json)
        console.line(boost::json::serialize(
            boost::json::object{{"file", file.string()},
                                {"bytes", bytes},
                                {"checkpoint", {{"origin", head.origin}, {"size", head.size}}},
                                {"proof_bytes", archive.entries().at(std::string(dossier::proof_entry)).size()}}));
    else
        console.note(
            fmt::format(fmt::runtime(console.pick(
                            "已写入 {}（{} 字节），依据 {} 的检查点（{} 个事件）。核验：anjie verify {} --key 公钥",
                            "Written to {} ({} bytes), against the checkpoint of {} with {} events. To "
                            "check: anjie verify {} --key KEY")),
                        file.string(), bytes, head.origin, head.size, file.string()));
    return Exit::ok;
}

}  // namespace

Exit export_dossier_command(const Console& console, Workspace& workspace, const cli::DossierRequest& request) {
    const auto log = open_log_source(workspace, request.basis.checkpoint, request.basis.since);
    if (!log) return console.fail(log.error());
    const auto archive = dossier::make_dossier(*log->proofs, workspace.events(), request.case_id);
    if (!archive) return console.fail(archive.error());
    return write_archive(console, *archive, request.file, *log->proofs);
}

Exit prove_report_command(const Console& console, Workspace& workspace, const cli::ProveReportRequest& request) {
    const auto log = open_log_source(workspace, request.basis.checkpoint, request.basis.since);
    if (!log) return console.fail(log.error());
    Result<zip::Writer> archive;
    {
        cli::ProgressLine progress(std::string(console.pick("收集证据", "gathering")), !console.quiet);
        archive = dossier::make_report_proof(
            *log->proofs, workspace.events(),
            {.query = request.query, .as_of_given = request.as_of_given, .complete = request.complete}, request.render,
            progress.reporter());
    }
    if (!archive) return console.fail(archive.error());
    return write_archive(console, *archive, request.file, *log->proofs);
}

}  // namespace anjie
