#pragma once

#include <string>
#include <string_view>

#include "adapters/handover/desk.hpp"

namespace anjie::handover {

/// What goes back over HTTP.
struct Reply {
    unsigned status{};
    std::string body{};  ///< JSON: {"verdict": "recorded", "case": "…", "detail": "…"}.

    bool operator==(const Reply&) const = default;
};

/// `POST /v1/handover/messages`: one message from `peer`, whoever proved to be that organisation. 200: the sender need
/// not send it again; 400: it is no message; 409: not taken as things stand; 503: try again.
/// Durable: a 200 that says recorded or repeated.
[[nodiscard]] Reply answer_post(Desk& desk, std::string_view body, std::string_view peer);

/// Whether a reply says that the message has arrived. Anything else is tried again.
[[nodiscard]] bool is_acknowledged(const Reply& reply);
/// The reply's own words, for a person; empty when it has none.
[[nodiscard]] std::string detail_of(const Reply& reply);

}  // namespace anjie::handover
