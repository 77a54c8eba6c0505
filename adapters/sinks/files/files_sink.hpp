#pragma once

#include <memory>

#include "adapters/sinks/configuration.hpp"

namespace anjie::sinks {

/// Daily files for offices with nothing else: <day>.ndjson (CloudEvents in JSON, a line each) and <day>.csv, by the day
/// of writing in China, so that a file whose day is over never changes again. Settings:
/// {"folder": "/srv/anjie/out", "ndjson": true, "csv": true}; the folder has to exist and belongs to this sink alone.
/// Every event is in them once, also after a crash: what a crash left behind unfinished is cut off. Re-sending writes
/// events again.
[[nodiscard]] Result<std::unique_ptr<Sink>> make_files_sink(const json::Node& to, const SinkPlace& place);

}  // namespace anjie::sinks
