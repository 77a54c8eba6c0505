#include "adapters/cli/proof_commands.hpp"

#include "adapters/access/recorded_reads.hpp"
#include "adapters/views/report_view.hpp"

namespace anjie::cli {
namespace {

void add_basis_options(CLI::App& command, const Session& session, ProofBasis& basis) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    command.add_option("--checkpoint", basis.checkpoint,
                       help("依据哪个已签署的检查点（文件）", "Which signed checkpoint to prove against (a file)"));
    command.add_option("--since", basis.since,
                       help("附上与以前检查点的衔接（检查点文件或以前的压缩包）",
                            "Link it to an earlier checkpoint (a checkpoint file or an earlier archive)"));
}

Exit export_dossier(const Session& session, const std::string& reference, DossierRequest request) {
    return session.with_current_workspace([&](Workspace& workspace) {
        const auto found = find_case(workspace, reference);
        if (!found) return session.console.fail(found.error());
        request.case_id = found->case_id;
        if (const auto kept = session.record_export(workspace, access::Action::export_case,
                                                    "dossier, sealed texts stay sealed", found->case_id);
            !kept)
            return session.console.fail(kept.error());
        return session.ports.export_dossier(session.console, workspace, request);
    });
}

}  // namespace

void add_export_dossier_command(CLI::App& group, Session& session) {
    struct Options {
        std::string reference;
        DossierRequest request;
    };
    auto options = std::make_shared<Options>();
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* command = add_command(group, session, "dossier", "一个案件的可核验卷宗（zip），离线可查",
                                "One case as a zip that anybody can check offline", [&session, options] {
                                    return export_dossier(session, options->reference, options->request);
                                });
    command->add_option("case", options->reference, help("案号或案件标识", "Number or id of the case"))->required();
    command->add_option("file", options->request.file, help("写入的 zip 文件", "The zip file to write"))->required();
    add_basis_options(*command, session, options->request.basis);
}

void add_prove_options(CLI::App& command, const Session& session, ProveReportRequest& request) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    command.add_option("--prove", request.file,
                       help("写成可核验的 zip：数字及其背后的案件和事件",
                            "Write a zip that proves it: the figures, and the cases and events behind them"));
    command.add_flag("--complete", request.complete,
                     help("与 --prove 同用：放入整个日志，证明没有遗漏",
                          "With --prove: put in the whole log, so that nothing can have been left out"));
    add_basis_options(command, session, request.basis);
}

void add_verify_archive_options(CLI::App& command, const Session& session, VerifyArchiveRequest& request) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    command.add_option(
        "--key", request.keys,
        help("核验压缩包：相信谁的签名（公钥或其文件，可多个）",
             "For an archive: whose signature is believed (a key, or a file with one; may be repeated)"));
    command.add_flag("--no-key", request.without_key,
                     help("核验压缩包：不核对签名，只看内容是否自相一致",
                          "For an archive: check no signature, only that it agrees with itself"));
    command.add_option(
        "--since", request.since,
        help("核验压缩包：日志须接着这个旧检查点（文件或旧压缩包）",
             "For an archive: the log has to go on from this earlier checkpoint (a file or an archive)"));
}

Exit verify_archive(const Session& session, const VerifyArchiveRequest& request) {
    auto complete = request;
    complete.file = session.data;
    complete.render = views::report_json;
    return session.ports.verify_archive(session.console, complete);
}

}  // namespace anjie::cli
