#include "adapters/views/report_query.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "workflows/screening/statistics.hpp"

namespace anjie::views {
namespace {

namespace statistics = dispute::statistics;

const CaseProjection* projection_named(const Workspace& workspace, std::string_view name) {
    for (const auto* projection : workspace.projections())
        if (projection->name() == name) return projection;
    return nullptr;
}

}  // namespace

Result<statistics::Period> period_of(const QueryOptions& options) {
    if (!options.from.empty() || !options.to.empty()) {
        const auto from = parse_date(options.from);
        const auto to = parse_date(options.to);
        if (!from || !to || *to < *from)
            return failure(ErrorCode::invalid, fmt::format("--from \"{}\" --to \"{}\": two days in order are needed, "
                                                           "like 2024-01-01 2024-06-30 / 需要先后两个日期",
                                                           options.from, options.to));
        return statistics::period_between(*from, *to);
    }
    if (options.year == 0)
        return failure(ErrorCode::invalid, "--year or --from and --to is needed / 需要 --year，或 --from 和 --to");
    if (options.month != 0) return statistics::month_period(options.year, options.month);
    if (options.quarter != 0) return statistics::quarter_period(options.year, options.quarter);
    if (options.half != 0) return statistics::half_year_period(options.year, options.half);
    return statistics::year_period(options.year);
}

Result<std::optional<Instant>> as_of_moment(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto when = parse_occurred_at(text);
    if (!when)
        return failure(
            ErrorCode::invalid,
            fmt::format("--as-of: \"{}\" is no day or time; write 2024-06-30 or 2024-06-30T12:00 / 不是日期或时间",
                        text));
    if (!when->day_only) return when->at;
    return Instant{start_of_day(local_date(when->at) + std::chrono::days{1}).microseconds - 1};
}

Result<statistics::AsOf> as_of_log(Workspace& workspace, const std::optional<Instant>& as_of) {
    const auto& events = workspace.events();
    if (!as_of) return statistics::AsOf{events.head(), workspace.clock().now()};
    ANJIE_TRY(const auto position, position_as_of(events, *as_of));
    return statistics::AsOf{position, *as_of};
}

Result<void> each_row(Workspace& workspace, std::string_view name, const std::optional<Instant>& as_of,
                      const std::function<void(CaseId, std::string_view)>& visit) {
    const auto* projection = projection_named(workspace, name);
    if (projection == nullptr) return failure(ErrorCode::not_found, fmt::format("there is no projection {}", name));
    if (as_of) return fold_as_of(workspace.events(), *projection, *as_of, 2, visit);
    return ProjectionRunner(workspace.events(), workspace.derived(), *projection)
        .rows([&](CaseId id, std::string_view row) {
            visit(id, row);
            return true;
        });
}

Result<std::vector<statistics::CaseRow>> dispute_rows(Workspace& workspace, const std::optional<Instant>& as_of) {
    std::vector<statistics::CaseRow> rows;
    std::optional<Error> failed;
    ANJIE_CHECK(each_row(workspace, "dispute.statistics", as_of, [&](CaseId id, std::string_view bytes) {
        auto row = statistics::decode_row(id, bytes);
        if (row)
            rows.push_back(std::move(*row));
        else if (!failed)
            failed = row.error();
    }));
    if (failed) return std::unexpected(*failed);
    // Ranges are folded side by side and end in any order; what is listed has one.
    std::ranges::sort(rows, {}, &statistics::CaseRow::id);
    return rows;
}

Result<statistics::ScreeningFigures> screening_figures(Workspace& workspace, const statistics::Period& period,
                                                       const std::string& organisation,
                                                       const std::optional<Instant>& as_of) {
    screening::ScreeningReport screened({period.from, period.to});
    std::optional<Error> failed;
    ANJIE_CHECK(each_row(workspace, "screening.statistics", as_of, [&](CaseId, std::string_view row) {
        if (auto added = screened.add(row); !added && !failed) failed = added.error();
    }));
    if (failed) return std::unexpected(*failed);
    const auto sum = screened.total(organisation);
    statistics::ScreeningFigures figures;
    figures.rounds = static_cast<std::int64_t>(sum.rounds);
    figures.prevented = static_cast<std::int64_t>(sum.prevented);
    for (std::size_t i = 0; i < figures.harm.size(); ++i)
        figures.harm[i] = {static_cast<std::int64_t>(sum.harms[i].cases),
                           static_cast<std::int64_t>(sum.harms[i].people)};
    return figures;
}

}  // namespace anjie::views
