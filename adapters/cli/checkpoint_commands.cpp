#include "adapters/cli/session.hpp"

namespace anjie::cli {

void add_checkpoint_commands(CLI::App& app, Session& session) {
    using Verb = CheckpointOrder::Verb;
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* group = app.add_subcommand("checkpoint", help("检查点：对整个日志签名，交给外人保存",
                                                        "Checkpoints: the log's head, signed, to be kept outside"));
    group->require_subcommand(1);
    const auto add = [&](Verb verb, std::string name, std::string_view zh, std::string_view en) {
        auto order = std::make_shared<CheckpointOrder>();
        order->verb = verb;
        auto* command = add_command(*group, session, std::move(name), zh, en, [&session, order] {
            order->root = session.data;
            return session.with_workspace(
                [&](Workspace& workspace) { return session.ports.checkpoint(session.console, workspace, *order); });
        });
        return std::pair(command, order);
    };
    const auto add_file = [&](const auto& made, std::string_view zh, std::string_view en) {
        made.first->add_option("file", made.second->file, help(zh, en))->required();
    };
    add(Verb::show, "show", "签署并显示最新的检查点", "Sign and show the newest checkpoint");
    add_file(add(Verb::write, "export", "把最新的检查点写成文件，交给审计方保存",
                 "Write the newest checkpoint to a file, for an auditor to keep"),
             "写入的文件", "The file to write");
    add(Verb::keys, "keys", "显示日志的公钥（含已停用的）", "Show the log's verifier keys, retired ones included");
    add(Verb::rotate_key, "rotate-key", "换用新的签名密钥；新旧两个签名同在一个检查点上",
        "Sign with a new key from now on; one checkpoint carries both signatures");
    add(Verb::add_sm2_key, "add-sm2-key", "增加国密 SM2 签名，与原签名并列",
        "Add an SM2 signature beside the first from now on");
    {
        const auto made = add(Verb::request, "request", "写成请见证方副署的请求（发往 /add-checkpoint，或存盘送去）",
                              "Write the request for a witness's cosignature (for POST /add-checkpoint, or by file)");
        add_file(made, "写入的文件，- 为标准输出", "The file to write; - is standard output");
        made.first->add_option("--from", made.second->from,
                               help("见证方上次副署到多少条（默认 0，即第一次）",
                                    "Size that the witness cosigned last (default 0: never)"));
    }
    {
        const auto made =
            add(Verb::cosign, "cosign", "收下见证方答复的副署行", "Take over a witness's signature lines");
        add_file(made, "见证方的答复，- 为标准输入", "What the witness answered; - is standard input");
        made.first
            ->add_option(
                "--witness", made.second->witnesses,
                help("见证方的公钥，或存有它的文件（可多个）", "The witness's key, or a file with it; may be repeated"))
            ->required();
    }
}

}  // namespace anjie::cli
