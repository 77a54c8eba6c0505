#pragma once

#include <memory>

#include "adapters/sinks/configuration.hpp"

namespace anjie::sinks {

/// Posts events to a URL: CloudEvents 1.0 in JSON, one a request ("structured") or many ("batched"), signed as Standard
/// Webhooks 1.0.0 asks. Settings:
/// {"url": "https://centre.example/anjie", "mode": "structured", "secret_file": "secrets/centre",
///  "previous_secret_file": "secrets/centre.old", "allow_private": ["10.20.0.0/16"], "ca_file": "ca.pem",
///  "timeout_s": 20}.
/// Connects to public addresses over TLS, elsewhere only to networks of `allow_private`, and in clear only to those.
/// 2xx is delivered; 410 stops the sink; 429, 502, 503, 504 wait (Retry-After); other answers of 4xx that concern the
/// event park its case, those that concern the place (401, 403, 404, 405, 407, 408) wait; 500 tries the event again.
[[nodiscard]] Result<std::unique_ptr<Sink>> make_webhook_sink(const json::Node& to, const SinkPlace& place);

/// What an answer means for one event, or for the place.
[[nodiscard]] std::variant<Outcome, Trouble> judge_status(long status,
                                                          std::optional<std::chrono::microseconds> retry_after);

}  // namespace anjie::sinks
