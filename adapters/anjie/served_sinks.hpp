#pragma once

#include <memory>

#include "adapters/service/orders.hpp"
#include "adapters/sinks/host.hpp"

namespace anjie {

/// The running sinks as the service shows and orders them. Lifetime: `host` outlives it.
[[nodiscard]] std::unique_ptr<service::Sinks> served_sinks(sinks::SinkHost& host);

}  // namespace anjie
