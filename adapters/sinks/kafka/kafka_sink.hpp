#pragma once

#include <memory>

#include "adapters/sinks/configuration.hpp"

namespace anjie::sinks {

/// Produces to a Kafka topic: CloudEvents in binary mode (attributes as ce_ headers, data as value), key = case id, so
/// that a case stays in one partition and in order. Idempotent producer, acks=all; an event is delivered when its
/// delivery report says so. Settings:
/// {"brokers": "10.0.0.8:9092", "topic": "disputes", "properties": {"security.protocol": "SASL_SSL",
/// "sasl.username": "anjie"}, "secret_properties": {"sasl.password": "secrets/kafka"}}.
/// A repetition after an outage has the same ce_id: consumers compare ids.
[[nodiscard]] Result<std::unique_ptr<Sink>> make_kafka_sink(const json::Node& to, const SinkPlace& place);

}  // namespace anjie::sinks
