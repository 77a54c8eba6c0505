#include "adapters/anjie/serve_command.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "adapters/anjie/api_routes.hpp"
#include "adapters/anjie/operation_routes.hpp"
#include "adapters/anjie/serve_threads.hpp"
#include "adapters/anjie/served_office.hpp"
#include "adapters/anjie/service_manager.hpp"
#include "adapters/anjie/sinks.hpp"
#include "adapters/rpc/server.hpp"

namespace anjie {
namespace {

using cli::Console;
using cli::Exit;
using http::LogText;

/// What is served; each part adds its routes.
constexpr RegisterRoutes parts[] = {
    health_routes,
    api_routes,
};

Result<std::vector<ServeValue>> values_of(const cli::ServeOrder& order) {
    ServeSources sources;
    sources.file_is_asked_for = !order.config.empty();
    sources.file = sources.file_is_asked_for ? order.config : order.root / "serve.json";
    sources.environment = [](const std::string& variable) -> std::optional<std::string> {
        const char* value = std::getenv(variable.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
    sources.command_line = order.given;
    return resolve_serve_settings(sources);
}

Result<std::unique_ptr<http::Server>> main_server(ServeContext& context) {
    http::Router router;
    for (const auto part : parts) ANJIE_CHECK(part(router, context));
    http::ServerOptions options;
    options.address = context.settings.http;
    options.tls = context.settings.tls;
    options.limits = context.settings.limits;
    options.metrics = &context.metrics;
    options.log = &context.log;
    options.log_requests = context.settings.log_requests;
    options.signals = true;
    options.stopping = [&context] {
        context.state.stopping = true;
        context.log.write(http::LogLevel::info, "serve.stopping");
        tell_service_manager("STOPPING=1");
    };
    return http::Server::listen(std::move(router), std::move(options));
}

/// Where only this machine's own programs look.
Result<std::unique_ptr<http::Server>> operation_server(ServeContext& context) {
    http::Router router;
    ANJIE_CHECK(health_routes(router, context));
    ANJIE_CHECK(metrics_routes(router, context));
    http::ServerOptions options;
    options.address = *context.settings.operation;
    options.limits.workers = 1;
    options.limits.connections_max = 64;
    options.log = &context.log;
    return http::Server::listen(std::move(router), std::move(options));
}

/// Nothing when it is off.
Result<std::unique_ptr<rpc::RpcServer>> rpc_server(ServeContext& context) {
    const auto& settings = context.settings;
    if (!settings.rpc) return nullptr;
    rpc::ServerOptions options;
    options.address = to_string(*settings.rpc);
    if (settings.tls) options.tls = rpc::TlsFiles{settings.tls->certificate, settings.tls->key};
    options.limits.stop_time = settings.limits.stop_time;
    return rpc::RpcServer::start(*office_of(context).service, std::move(options));
}

/// A server on a thread of its own, while this lives.
class Beside {
public:
    explicit Beside(http::Server& server) : server_(server), thread_([&server] { (void)server.run(); }) {}
    ~Beside() {
        server_.stop();
        thread_.join();
    }
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;

private:
    http::Server& server_;
    std::thread thread_;
};

void announce(const Console& console, const ServeContext& context, const http::Server& server,
              const http::Server* operation, const rpc::RpcServer* rpc) {
    const auto url = fmt::format("{}://{}", context.settings.tls ? "https" : "http", to_string(server.address()));
    boost::json::object json{{"listening", url}};
    if (operation != nullptr) json["operation"] = "http://" + to_string(operation->address());
    if (rpc != nullptr) json["rpc"] = rpc->address();
    if (console.json)
        console.line(boost::json::serialize(json));
    else
        console.line(fmt::format(
            fmt::runtime(console.pick("正在监听 {}（Ctrl-C 停止）", "Listening on {} (Ctrl-C stops)")), url));
    std::fflush(stdout);
    context.log.write(http::LogLevel::info, "serve.listening",
                      {{"url", LogText::of_operator(url)}, {"position", context.workspace.events().head()}});
    tell_service_manager("READY=1");
}

/// Without users nobody can ask anything: the operator is told what to do.
void tell_how_to_begin(const Console& console, ServeContext& context) {
    const auto users = context.access.has_users();
    if (!users || *users) return;
    console.note(fmt::format(fmt::runtime(console.pick(
                                 "还没有用户，除健康检查外什么都不开放。另开一个终端，建立第一个用户（系统管理员）：\n"
                                 "  anjie -C {} user add 用户名 --role administrator --org CN",
                                 "There are no users yet, so nothing but the health check is open. Make the first one, "
                                 "an administrator, in another terminal:\n"
                                 "  anjie -C {} user add NAME --role administrator --org CN")),
                             context.root.string()));
}

Result<void> serve(const Console& console, ServeContext& context) {
    ANJIE_TRY(const auto server, main_server(context));
    std::unique_ptr<http::Server> operation;
    if (context.settings.operation) {
        ANJIE_TRY(operation, operation_server(context));
    }
    (void)context.workspace.engine();  // Started before anybody needs it.
    ANJIE_TRY(const auto rpc, rpc_server(context));
    if (rpc) sample_rpc(context.metrics, *rpc);
    std::optional<Beside> beside;
    if (operation) beside.emplace(*operation);
    const ServeThreads threads(context);
    tell_how_to_begin(console, context);
    announce(console, context, *server, operation.get(), rpc.get());
    return server->run();
}

}  // namespace

Exit serve_command(const Console& console, Workspace& workspace, const cli::ServeOrder& order) {
    const auto values = values_of(order);
    if (!values) return console.fail(values.error());
    const auto settings = serve_settings(*values);
    if (!settings) return console.fail(settings.error());
    std::signal(SIGPIPE, SIG_IGN);  // Whoever reads our log may go away.
    http::Metrics metrics;
    const http::Log log;
    ServeState state;
    const auto sinks = open_sinks(workspace, order.root, disclosure_journal(workspace.access()));
    if (!sinks) return console.fail(sinks.error());
    ServeContext context{workspace, *settings, metrics, log, state, workspace.access(), **sinks, order.root};
    (*sinks)->start();
    const auto served = serve(console, context);
    (*sinks)->stop();
    if (!served) return console.fail(served.error());
    workspace.engine().drain();
    log.write(http::LogLevel::info, "serve.stopped", {{"position", workspace.events().head()}});
    return Exit::ok;
}

Exit print_serve_settings(const Console& console, const cli::ServeOrder& order) {
    const auto values = values_of(order);
    if (!values) return console.fail(values.error());
    console.print(to_json(*values));
    for (const auto& value : *values)
        console.note(fmt::format("{}: {} ({})", value.setting->name, console.pick(value.setting->zh, value.setting->en),
                                 value.from));
    if (const auto settings = serve_settings(*values); !settings) return console.fail(settings.error());
    return Exit::ok;
}

}  // namespace anjie
