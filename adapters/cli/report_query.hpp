#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/cli/session.hpp"
#include "workflows/dispute/statistics/report.hpp"

/// What every command that makes figures is asked: which period, whose cases, as known when.
namespace anjie::cli {

struct QueryOptions {
    int year{};
    unsigned half{}, quarter{}, month{};
    std::string from, to, organisation, as_of;
};

/// --year, --half, --quarter, --month, --from, --to, --org, --as-of. Lifetime: `options` outlives the command.
void add_query_options(CLI::App& command, const Session& session, QueryOptions& options);

/// Errors: invalid, with what to write.
[[nodiscard]] Result<dispute::statistics::Period> period_of(const QueryOptions& options);
/// The moment of --as-of, or none; a day alone means its end: all that was recorded on it counts. Errors: invalid.
[[nodiscard]] Result<std::optional<Instant>> as_of_moment(const std::string& text);

/// Up to where a report reads the log: its last event recorded by the moment, or its head and now.
[[nodiscard]] Result<dispute::statistics::AsOf> as_of_log(Workspace& workspace, const std::optional<Instant>& as_of);

/// The rows of a projection as they are now, or as they were known at a moment. Errors: not_found, corrupt.
[[nodiscard]] Result<void> each_row(Workspace& workspace, std::string_view projection,
                                    const std::optional<Instant>& as_of,
                                    const std::function<void(CaseId, std::string_view)>& visit);

/// What screenings found in the period, in the organisation and below.
[[nodiscard]] Result<dispute::statistics::ScreeningFigures> screening_figures(Workspace& workspace,
                                                                              const dispute::statistics::Period& period,
                                                                              const std::string& organisation,
                                                                              const std::optional<Instant>& as_of);

}  // namespace anjie::cli
