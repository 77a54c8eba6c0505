#pragma once

#include <memory>

#include "adapters/http/server.hpp"
#include "engine/result.hpp"

namespace anjie::http::detail {

struct TlsContext;

/// TLS 1.2 or later with these files. Errors: `invalid`, with the file and why.
[[nodiscard]] Result<std::shared_ptr<TlsContext>> load_tls(const TlsFiles& files);

}  // namespace anjie::http::detail
