#include "adapters/cli/session.hpp"

namespace anjie::cli {
namespace {

struct ServeOptions {
    ServeOrder order;
    bool print_config{};
    std::string http, operation, rpc, tls_cert, tls_key;
    bool insecure_plaintext{};
};

Exit serve(const Session& session, ServeOptions options) {
    auto& order = options.order;
    if (order.root.empty()) order.root = session.data;
    const auto say = [&](std::string_view name, const std::string& text) {
        if (!text.empty()) order.given.emplace_back(name, text);
    };
    say("http", options.http);
    say("operation", options.operation);
    say("rpc", options.rpc);
    say("tls_cert", options.tls_cert);
    say("tls_key", options.tls_key);
    if (options.insecure_plaintext) say("insecure_plaintext", "true");
    if (options.print_config) return session.ports.print_serve_settings(session.console, order);
    auto there = session;
    there.data = order.root;
    return there.with_workspace(
        [&](Workspace& workspace) { return session.ports.serve(session.console, workspace, order); });
}

}  // namespace

void add_serve_command(CLI::App& app, Session& session) {
    const auto help = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto options = std::make_shared<ServeOptions>();
    auto* command =
        add_command(app, session, "serve", "以 HTTP 提供服务（Ctrl-C 停止）", "Serve over HTTP until Ctrl-C",
                    [&session, options] { return serve(session, *options); });
    command->add_option("dir", options->order.root,
                        help("数据目录（默认同 --data）", "The data directory (default as --data)"));
    command->add_option("--config", options->order.config,
                        help("配置文件（默认数据目录中的 serve.json）",
                             "The settings' file (default serve.json of the data directory)"));
    command->add_option("--http", options->http,
                        help("监听地址，默认 127.0.0.1:8420", "Where, by default 127.0.0.1:8420"));
    command->add_option("--operation", options->operation,
                        help("/metrics 的本机地址，或 off", "Where on this machine /metrics is, or off"));
    command->add_option("--rpc", options->rpc,
                        help("Cap'n Proto RPC 的监听地址，或 off", "Where Cap'n Proto RPC is, or off"));
    command->add_option("--tls-cert", options->tls_cert, help("证书（PEM）", "Certificate with its chain (PEM)"));
    command->add_option("--tls-key", options->tls_key, help("私钥（PEM）", "Private key (PEM)"));
    command->add_flag("--insecure-plaintext", options->insecure_plaintext,
                      help("允许对其他机器不加密", "Serve other machines without TLS all the same"));
    command->add_flag(
        "--print-config", options->print_config,
        help("显示生效的配置和来源，不启动", "Show the settings that hold and who said so; serve nothing"));
}

}  // namespace anjie::cli
