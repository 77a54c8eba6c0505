#pragma once

#include <functional>
#include <optional>
#include <string>

#include "adapters/handover/desk.hpp"
#include "adapters/http/router.hpp"

namespace anjie::handover {

/// Which organisation a request proved to come from; nullopt when it proved to be none.
using PeerOf = std::function<std::optional<std::string>(const http::Request&)>;

/// Adds `POST /v1/handover/messages`. `open`: the router's middleware is not asked, `peer_of` alone is.
/// Lifetime: the desk outlives the router.
void add_routes(http::Router& router, Desk& desk, PeerOf peer_of, bool open = false);

/// By the token that the peer shows as `Authorization: Bearer …`: the one in the file that its entry in peers.json
/// names as `their_token_file`. Compared without telling by the time it takes how much of it was right.
[[nodiscard]] PeerOf peer_by_token(const Peers& peers);

}  // namespace anjie::handover
