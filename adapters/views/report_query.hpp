#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/workspace/workspace.hpp"
#include "workflows/dispute/statistics/report.hpp"

/// What everybody who makes figures is asked: which period, whose cases, as known when.
namespace anjie::views {

struct QueryOptions {
    int year{};
    unsigned half{}, quarter{}, month{};
    std::string from, to, organisation, as_of;
};

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

/// The rows of every dispute, by case id. Errors: as `each_row`.
[[nodiscard]] Result<std::vector<dispute::statistics::CaseRow>> dispute_rows(Workspace& workspace,
                                                                             const std::optional<Instant>& as_of);

/// What screenings found in the period, in the organisation and below.
[[nodiscard]] Result<dispute::statistics::ScreeningFigures> screening_figures(Workspace& workspace,
                                                                              const dispute::statistics::Period& period,
                                                                              const std::string& organisation,
                                                                              const std::optional<Instant>& as_of);

}  // namespace anjie::views
