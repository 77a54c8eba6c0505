#pragma once

#include <functional>

#include "adapters/dossier/archive.hpp"
#include "adapters/dossier/report_basis.hpp"
#include "engine/event_store.hpp"
#include "engine/projection.hpp"

namespace anjie::dossier {

/// The dossier of a case: its events up to the checkpoint.
/// Errors: `not_found` (the checkpoint covers no event of the case), those of the store and the hashes.
[[nodiscard]] Result<zip::Writer> make_dossier(const LogProofSource& log, const EventStore& events, CaseId id);

struct ReportRequest {
    /// Without as-of position and screening, which follow from the log.
    dispute::statistics::ReportQuery query;
    /// Only what was recorded by `query.as_of.at` counts; else everything up to the checkpoint.
    bool as_of_given{};
    /// Shows every event of the log instead of the cases behind the figures.
    bool complete{};
};

/// A report with the records of the cases behind its figures. Cost: two reads of the log; the records shown are held
/// in memory.
/// Errors: `invalid` (the query; a report for publication hides what its proof would show), those of the store and
/// the hashes, `unavailable` when `progress` says stop.
[[nodiscard]] Result<zip::Writer> make_report_proof(const LogProofSource& log, const EventStore& events,
                                                    const ReportRequest& request, const RenderReport& render,
                                                    const Progress& progress = {});

}  // namespace anjie::dossier
