#pragma once

#include <memory>

#include "adapters/sinks/configuration.hpp"

namespace anjie::sinks {

/// Rows in a PostgreSQL database: events and the runner's token in one transaction, so every event is there once.
/// Settings: {"connection": "host=10.0.0.5 dbname=centre user=anjie sslmode=verify-full", "password_file":
/// "secrets/pg", "schema": "anjie", "create_tables": true}. Without `create_tables`, `postgresql_tables` has to be run
/// by hand. An event that the database refuses (class 22 or 23 of SQLSTATE) is found by handing over singly, and its
/// case parks.
[[nodiscard]] Result<std::unique_ptr<Sink>> make_postgresql_sink(const json::Node& to, const SinkPlace& place);

/// The statements that make schema and tables, harmless where they exist. Requires: `schema` of a-z, 0-9 and _.
[[nodiscard]] std::string postgresql_tables(std::string_view schema);

}  // namespace anjie::sinks
