#include "adapters/cli/session.hpp"

namespace anjie::cli {

void add_handover_commands(CLI::App& app, Session& session) {
    const auto text = [&](std::string_view zh, std::string_view en) {
        return std::string(session.console.pick(zh, en));
    };
    auto* group = app.add_subcommand("handover", text("案件移送：与其他组织的往来", "Hand-overs: the line to others"));
    group->require_subcommand(1);
    const auto add = [&](std::string name, std::string_view zh, std::string_view en, HandoverOrder::Verb verb) {
        add_command(*group, session, std::move(name), zh, en, [&session, verb] {
            return session.with_current_workspace([&](Workspace& workspace) {
                return session.ports.handover(session.console, workspace, {.verb = verb, .root = session.data});
            });
        });
    };
    add("list", "尚未送达的消息", "What the other side has not acknowledged yet", HandoverOrder::Verb::list);
    add("peers", "可联通的组织，以及可提供的信息", "Organisations with a line, and what may travel to them",
        HandoverOrder::Verb::peers);
    add("send", "立即发送一次（服务运行时会自动发送）", "Send what waits, once (a running server does so by itself)",
        HandoverOrder::Verb::send);
    auto order = std::make_shared<HandoverOrder>();
    order->verb = HandoverOrder::Verb::serve;
    auto* serve = add_command(*group, session, "serve", "接收和发送移送消息，直到停止",
                              "Take and send messages until stopped", [&session, order] {
                                  order->root = session.data;
                                  return session.with_current_workspace([&](Workspace& workspace) {
                                      return session.ports.handover(session.console, workspace, *order);
                                  });
                              });
    serve->add_option("--http", order->listen, text("地址和端口", "Address and port"))->default_val("127.0.0.1:0");
    auto* certificate = serve->add_option("--cert", order->certificate, text("证书（PEM）", "Certificate (PEM)"));
    certificate->needs(serve->add_option("--key", order->key, text("私钥（PEM）", "Private key (PEM)")));
}

}  // namespace anjie::cli
