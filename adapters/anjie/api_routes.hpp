#pragma once

#include "adapters/anjie/serve_context.hpp"

namespace anjie {

/// The HTTP/JSON API and the live feed (docs/api.md).
[[nodiscard]] Result<void> api_routes(http::Router& router, ServeContext& context);

}  // namespace anjie
