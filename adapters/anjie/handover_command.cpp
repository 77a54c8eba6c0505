#include "adapters/anjie/handover_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <thread>

#include "adapters/cli/table.hpp"
#include "adapters/handover/courier.hpp"
#include "adapters/handover/curl_post.hpp"
#include "adapters/handover/routes.hpp"
#include "adapters/http/server.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;
using handover::Desk;

std::string fields_of(const handover::Peer& peer) {
    std::string text;
    for (const auto field : peer.fields) text += (text.empty() ? "" : ", ") + std::string(code_of(field));
    return text;
}

Exit list(const Console& console, Desk& desk) {
    const auto waiting = desk.waiting();
    if (!waiting) return console.fail(waiting.error());
    boost::json::array rows;
    cli::Table table({std::string(console.pick("移送编号", "Hand-over")), std::string(console.pick("去向", "To")),
                      std::string(console.pick("消息", "Message")), std::string(console.pick("日期", "Day")),
                      std::string(console.pick("联通", "Line"))});
    for (const auto& out : *waiting) {
        const auto& message = out.message;
        const auto line =
            out.peer != nullptr ? out.peer->url : std::string(console.pick("无：以书面送达", "none: by letter"));
        table.row(
            {message.handover, message.to, std::string(name_of(message.body)), to_string(message.occurred_at), line});
        rows.push_back({{"handover", message.handover},
                        {"to", message.to},
                        {"message", name_of(message.body)},
                        {"occurred_at", to_string(message.occurred_at)},
                        {"has_line", out.peer != nullptr}});
    }
    if (console.json)
        console.line(boost::json::serialize(rows));
    else if (table.empty())
        console.note(console.pick("没有待送达的消息", "Nothing waits to be delivered"));
    else
        console.print(table.text());
    return Exit::ok;
}

Exit show_peers(const Console& console, const Desk& desk) {
    boost::json::array rows;
    cli::Table table({std::string(console.pick("组织", "Organisation")), std::string(console.pick("类别", "Kind")),
                      std::string(console.pick("地址", "Address")),
                      std::string(console.pick("可提供的信息", "Personal data that may travel"))});
    for (const auto& peer : desk.peers().all()) {
        const std::string kind(peer.source ? code_of(*peer.source) : "committee");
        table.row({peer.organisation + (peer.name.empty() ? "" : " " + peer.name), kind, peer.url, fields_of(peer)});
        rows.push_back(
            {{"organisation", peer.organisation}, {"kind", kind}, {"url", peer.url}, {"fields", fields_of(peer)}});
    }
    if (console.json)
        console.line(boost::json::serialize(rows));
    else if (table.empty())
        console.note(console.pick("peers.json 中没有组织", "peers.json names no organisation"));
    else
        console.print(table.text());
    return Exit::ok;
}

Exit send(const Console& console, Desk& desk, const Clock& clock) {
    handover::Courier courier(desk, handover::curl_post(), clock);
    const auto round = courier.round(true);
    if (!round) return console.fail(round.error());
    for (const auto& letter : round->letters)
        console.note(fmt::format("{}: {}", letter.to, console.pick("没有联通，须以书面送达", "no line; by letter")));
    for (const auto& failed : round->failures) console.error(fmt::format("{}: {}", failed.to, failed.reason));
    if (console.json)
        console.line(boost::json::serialize(boost::json::object{{"delivered", round->delivered},
                                                                {"failed", round->failures.size()},
                                                                {"by_letter", round->letters.size()}}));
    else
        console.note(fmt::format("{}: {}", console.pick("已送达", "Delivered"), round->delivered));
    return round->failures.empty() ? Exit::ok : Exit::unavailable;
}

/// Until asked to stop: what waits is sent, and alarms whose time has come are raised, so that offers lapse.
void work(const std::stop_token& stop, Workspace& workspace, Desk& desk) {
    handover::Courier courier(desk, handover::curl_post(), workspace.clock());
    auto seen = workspace.engine().head();
    courier.run(stop, [&] {
        if (workspace.timers().catch_up())
            (void)fire_due_alarms(workspace.engine(), workspace.timers(), workspace.clock().now());
        seen = workspace.engine().wait_past(seen, std::chrono::milliseconds{500});
    });
}

Exit serve(const Console& console, Workspace& workspace, Desk& desk, const cli::HandoverOrder& order) {
    const auto address = http::parse_address(order.listen);
    if (!address) return console.fail(address.error());
    if (order.certificate.empty() && !http::is_loopback(*address)) {
        console.error(
            console.pick("本机以外的地址须有证书（--cert、--key）", "beyond this machine only with --cert and --key"));
        return Exit::usage;
    }
    http::Router router;
    handover::add_routes(router, desk, handover::peer_by_token(desk.peers()), true);
    http::ServerOptions options{
        .address = *address, .tls = std::nullopt, .log = nullptr, .signals = true, .stopping = {}};
    if (!order.certificate.empty()) options.tls = http::TlsFiles{order.certificate, order.key};
    const auto server = http::Server::listen(std::move(router), std::move(options));
    if (!server) return console.fail(server.error());
    const auto url = (order.certificate.empty() ? "http://" : "https://") + http::to_string((*server)->address());
    console.line(console.json ? boost::json::serialize(boost::json::object{{"listening", url}}) : url);
    std::fflush(stdout);
    Result<void> served;
    {
        const std::jthread worker([&](const std::stop_token& stop) { work(stop, workspace, desk); });
        served = (*server)->run();
    }
    return served ? Exit::ok : console.fail(served.error());
}

}  // namespace

Result<std::unique_ptr<Desk>> open_desk(Workspace& workspace, const EventStore& events,
                                        const std::filesystem::path& root) {
    const auto& settings = workspace.settings();
    const auto committee = parse_code<dispute::CommitteeKind>(settings.committee);
    if (!committee) return failure(ErrorCode::invalid, "anjie.json: committee: " + settings.committee);
    ANJIE_TRY(auto peers, handover::Peers::read(root / "peers.json"));
    return std::make_unique<Desk>(events, workspace.derived(), workspace.engine(), workspace.clock(),
                                  handover::Office{.organisation = settings.organisation,
                                                   .jurisdiction = settings.jurisdiction,
                                                   .committee = *committee,
                                                   .number_prefix = settings.number_prefix},
                                  std::move(peers));
}

Exit handover_command(const Console& console, Workspace& workspace, const cli::HandoverOrder& order) {
    const auto desk = open_desk(workspace, workspace.events(), order.root);
    if (!desk) return console.fail(desk.error());
    switch (order.verb) {
        case cli::HandoverOrder::Verb::list:
            return list(console, **desk);
        case cli::HandoverOrder::Verb::peers:
            return show_peers(console, **desk);
        case cli::HandoverOrder::Verb::send:
            return send(console, **desk, workspace.clock());
        case cli::HandoverOrder::Verb::serve:
            return serve(console, workspace, **desk, order);
    }
    return Exit::failure;
}

}  // namespace anjie
