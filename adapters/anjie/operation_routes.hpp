#pragma once

#include "adapters/anjie/serve_context.hpp"
#include "adapters/rpc/server.hpp"

namespace anjie {

/// /healthz (this process answers) and /readyz (and is fit to serve: caught up, the disk takes writes, not stopping),
/// open to all: they say nothing else.
[[nodiscard]] Result<void> health_routes(http::Router& router, ServeContext& context);
/// /metrics, for a server that only this machine reaches; and the numbers that it shows.
[[nodiscard]] Result<void> metrics_routes(http::Router& router, ServeContext& context);

/// The numbers of the RPC server, for /metrics. Lifetime: `server` outlives the metrics' last reader.
void sample_rpc(http::Metrics& metrics, const rpc::RpcServer& server);

}  // namespace anjie
