#pragma once

#include <filesystem>

#include "adapters/process_mining/byte_sink.hpp"
#include "adapters/process_mining/options.hpp"

/// Disputes as OCEL 2.0. The same log and options give the same bytes. One pass over the log; memory for one case and
/// for the mediators and committees seen.
namespace anjie::process_mining {

/// Objects are written as their cases pass; events wait in an unnamed file in `scratch`, since the format's order puts
/// them behind.
/// Errors: those of the sink and of `read_cases`; what has been written so far is then of no use.
[[nodiscard]] Result<Exported> write_ocel_json(const EventStore& events, const ExportOptions& options, ByteSink& sink,
                                               const std::filesystem::path& scratch, const Progress& progress = {});

/// Fills an empty file. Times are UTC.
/// Errors: `unavailable` (disk full), those of `read_cases`; the file is then of no use.
/// Durable: nothing; whoever renames the file syncs it first.
[[nodiscard]] Result<Exported> write_ocel_sqlite(const EventStore& events, const ExportOptions& options,
                                                 const std::filesystem::path& file, const Progress& progress = {});

}  // namespace anjie::process_mining
