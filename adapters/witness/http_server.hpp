#pragma once

#include <functional>

#include "adapters/http/server.hpp"
#include "engine/trust/witness.hpp"

namespace anjie::witness {

/// What a witness takes: little, since a request is one note and one proof.
[[nodiscard]] http::Limits witness_limits();

/// Serves POST /add-checkpoint and GET /<hex sha256(origin)>/checkpoint until SIGINT or SIGTERM. Calls `listening`
/// with the address it got. No TLS and no names of callers: what it signs is public, and whom it believes is said by
/// signatures; beyond one machine put a TLS proxy in front.
/// Errors: `unavailable` when it cannot listen there.
[[nodiscard]] Result<void> serve_witness(Witness& witness, const http::Address& address, const http::Limits& limits,
                                         const std::function<void(const http::Address&)>& listening);

}  // namespace anjie::witness
