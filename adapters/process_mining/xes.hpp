#pragma once

#include "adapters/process_mining/byte_sink.hpp"
#include "adapters/process_mining/options.hpp"

namespace anjie::process_mining {

/// Writes an event log of IEEE 1849 (XES): a trace per dispute with its last known attributes, its events in the
/// order in which they were recorded. The same log and options give the same bytes.
/// Errors: those of the sink and of `read_cases`; what has been written so far is then of no use.
/// Cost: one pass over the log, memory for one case.
[[nodiscard]] Result<Exported> write_xes(const EventStore& events, const ExportOptions& options, ByteSink& sink,
                                         const Progress& progress = {});

}  // namespace anjie::process_mining
