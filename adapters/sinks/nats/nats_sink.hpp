#pragma once

#include <memory>

#include "adapters/sinks/configuration.hpp"

namespace anjie::sinks {

/// Publishes to a NATS JetStream stream: CloudEvents in binary mode (attributes as ce- headers, data as body), subject
/// "<prefix>.dispute.case_registered", message id "<source>/<position>". Settings:
/// {"servers": "nats://10.0.0.7:4222", "stream": "DISPUTES", "subject": "ce.540629", "credentials_file":
/// "secrets/nats", "ca_file": "ca.pem", "create_stream": false}. An event is delivered when the stream has acknowledged
/// it. Each time it connects it reads what the stream's end holds, so what was acknowledged to nobody is not published
/// again, however long ago; a consumer that must not see a repetition has to compare ids all the same.
[[nodiscard]] Result<std::unique_ptr<Sink>> make_nats_sink(const json::Node& to, const SinkPlace& place);

}  // namespace anjie::sinks
