#pragma once

#include "adapters/process_mining/byte_sink.hpp"
#include "adapters/process_mining/case_history.hpp"
#include "adapters/process_mining/pseudonyms.hpp"

namespace anjie::process_mining {

struct ExportOptions {
    Selection selection{};
    Language language{Language::zh};  ///< Of the names of activities and types; codes are the same in both.
    bool number_people{};             ///< Numbers for people and organisations; no case numbers.
};

/// Writes an event log of IEEE 1849 (XES): a trace per dispute with its last known attributes, its events in the
/// order in which they were recorded. The same log and options give the same bytes.
/// Errors: those of the sink and of `read_cases`; what has been written so far is then of no use.
/// Cost: one pass over the log, memory for one case.
[[nodiscard]] Result<Exported> write_xes(const EventStore& events, const ExportOptions& options, ByteSink& sink,
                                         const Progress& progress = {});

}  // namespace anjie::process_mining
