#include "adapters/anjie/operation_routes.hpp"

#include <chrono>

namespace anjie {
namespace {

double seconds_behind(const ServeState& state) {
    const auto since = state.behind_since_ns.load();
    if (since == 0) return 0;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(now - std::chrono::nanoseconds{since}).count();
}

/// Why this server should get no requests now; empty: it should.
std::string_view not_ready(const ServeContext& context) {
    if (context.state.stopping) return "stopping";
    if (!context.state.caught_up) return "catching-up";
    if (context.workspace.engine().health().failed) return "disk-failed";
    if (!context.state.follows) return "not-following";
    if (!context.state.log_is_sound) return "log-unsound";
    return {};
}

}  // namespace

Result<void> health_routes(http::Router& router, ServeContext& context) {
    router.add(http::Method::get, "/healthz", [](http::Request&) { return http::Response::text(200, "ok\n"); },
               {.open = true});
    router.add(http::Method::get, "/readyz",
               [&context](http::Request&) {
                   const auto why = not_ready(context);
                   return why.empty() ? http::Response::text(200, "ready\n")
                                      : http::Response::text(503, std::string(why) + "\n");
               },
               {.open = true});
    return {};
}

Result<void> metrics_routes(http::Router& router, ServeContext& context) {
    auto& metrics = context.metrics;
    auto& workspace = context.workspace;
    const auto as_double = [](auto number) { return static_cast<double>(number); };
    sample_process(metrics);
    metrics.sample("anjie_log_head_position", "Position of the last durable event.",
                   [&workspace, as_double] { return as_double(workspace.events().head()); });
    metrics.sample("anjie_follower_position", "Up to where lists, statistics and timers have read the log.",
                   [&workspace, as_double] { return as_double(workspace.followed()); });
    metrics.sample("anjie_follower_lag_positions", "Events that they have not read yet.", [&workspace, as_double] {
        const auto followed = workspace.followed();
        return as_double(workspace.events().head() - followed);
    });
    metrics.sample("anjie_follower_lag_seconds", "For how long they have been behind.",
                   [&context] { return seconds_behind(context.state); });
    metrics.sample("anjie_engine_queued_commands", "Commands taken and not decided yet.",
                   [&workspace, as_double] { return as_double(workspace.engine().health().queued); });
    metrics.sample(
        "anjie_engine_commands_total", "Commands ever taken.",
        [&workspace, as_double] { return as_double(workspace.engine().health().accepted); }, true);
    metrics.sample("anjie_ready", "Whether /readyz says so.",
                   [&context] { return not_ready(context).empty() ? 1.0 : 0.0; });
    router.add(http::Method::get, "/metrics", [&metrics](http::Request&) {
        return http::Response::of_type(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
    });
    return {};
}

void sample_rpc(http::Metrics& metrics, const rpc::RpcServer& server) {
    struct Row {
        const char* name;
        const char* help;
        std::uint64_t rpc::ServerFigures::* figure;
        bool grows;
    };
    static constexpr Row rows[] = {
        {"anjie_rpc_connections", "RPC connections open now.", &rpc::ServerFigures::connections, false},
        {"anjie_rpc_subscriptions", "RPC subscriptions open now.", &rpc::ServerFigures::subscriptions, false},
        {"anjie_rpc_calls_total", "RPC calls answered.", &rpc::ServerFigures::calls, true},
        {"anjie_rpc_troubles_total", "Of those, answered with a trouble.", &rpc::ServerFigures::troubles, true},
        {"anjie_rpc_events_pushed_total", "Events pushed to RPC subscribers.", &rpc::ServerFigures::events_pushed,
         true},
        {"anjie_rpc_turned_away_total", "RPC connections over a limit, or broken off for what they sent.",
         &rpc::ServerFigures::turned_away, true},
    };
    for (const auto& row : rows)
        metrics.sample(
            row.name, row.help, [&server, &row] { return static_cast<double>(server.figures().*row.figure); },
            row.grows);
}

}  // namespace anjie
