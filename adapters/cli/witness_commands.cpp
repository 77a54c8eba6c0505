#include "adapters/cli/session.hpp"

namespace anjie::cli {

void add_witness_commands(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* group =
        app.add_subcommand("witness", help("见证：为别人的日志检查点副署，拒绝分叉和倒退",
                                           "Witness: cosign others' checkpoints, refuse forks and rollbacks"));
    group->require_subcommand(1);
    const auto add = [&](WitnessOrder::Verb verb, std::string name, std::string_view zh, std::string_view en) {
        auto order = std::make_shared<WitnessOrder>();
        order->verb = verb;
        auto* command = add_command(*group, session, std::move(name), zh, en,
                                    [&session, order] { return session.ports.witness(session.console, *order); });
        command->add_option("dir", order->directory, help("见证方的目录", "The witness's directory"))->required();
        return std::pair(command, order);
    };
    {
        const auto [command, order] = add(WitnessOrder::Verb::init, "init", "建立见证方：生成密钥，显示公钥",
                                          "Make a witness: a new key, and its public half shown");
        command
            ->add_option("--name", order->name,
                         help("名称，形如 witness.example/w1，不得有空格和 +",
                              "Name such as witness.example/w1, no space and no +"))
            ->required();
    }
    {
        const auto [command, order] =
            add(WitnessOrder::Verb::trust, "trust", "信任一个日志的公钥", "Trust a log's verifier key");
        command
            ->add_option("vkey", order->verifier_key, help("公钥，或存有它的文件", "The key, or a file that holds it"))
            ->required();
    }
    {
        const auto [command, order] =
            add(WitnessOrder::Verb::serve, "serve", "以 HTTP 提供副署（Ctrl-C 停止）", "Cosign over HTTP until Ctrl-C");
        command
            ->add_option("--http", order->address, help("监听地址，如 127.0.0.1:8737", "Where, such as 127.0.0.1:8737"))
            ->required();
    }
    {
        const auto [command, order] = add(WitnessOrder::Verb::cosign, "cosign", "为文件中的请求副署（无网络时）",
                                          "Cosign a request in a file (where there is no network)");
        command
            ->add_option("request", order->request, help("请求文件，- 为标准输入", "The request; - is standard input"))
            ->required();
    }
}

}  // namespace anjie::cli
