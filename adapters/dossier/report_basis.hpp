#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/event.hpp"
#include "engine/result.hpp"
#include "workflows/dispute/statistics/report.hpp"

namespace anjie::dossier {

/// How a report is written as JSON: the command line's way, so that both say the same.
using RenderReport = std::function<boost::json::object(const dispute::statistics::Report&)>;

/// Folds events into the facts that a report is made of, whether they come from a store or from an archive.
class ReportBasis {
public:
    /// Requires: each case's events come in order. Errors: `corrupt`. Events of workflows without figures are passed
    /// over.
    [[nodiscard]] Result<void> add(const EventView& event);

    /// Forgets all other cases: a report is made of what is shown, so that it has no row nobody can check.
    void keep_only(const std::set<CaseId>& cases);
    [[nodiscard]] std::size_t cases() const { return disputes_.size() + campaigns_.size(); }

    /// The facts of the disputes by case id. Errors: `corrupt`.
    [[nodiscard]] Result<std::vector<dispute::statistics::CaseRow>> rows() const;
    /// The query with what the screenings found in its period. Errors: `corrupt`.
    [[nodiscard]] Result<dispute::statistics::ReportQuery> with_screening(dispute::statistics::ReportQuery query) const;
    /// The cases that add to any figure of the query, and the campaigns.
    [[nodiscard]] Result<std::set<CaseId>> cases_behind(const dispute::statistics::ReportQuery& query) const;

private:
    std::map<CaseId, std::string> disputes_;
    std::map<CaseId, std::string> campaigns_;
};

/// The entries of a report proof that follow from its records: report.json, definitions.json, cases.txt and one file
/// in figures/ for each figure. Errors: `invalid` (the query), `corrupt` (the sums do not agree).
[[nodiscard]] Result<std::map<std::string, std::string>> report_texts(const ReportBasis& basis,
                                                                      const dispute::statistics::ReportQuery& query,
                                                                      const RenderReport& render);

/// "figures/total.txt".
[[nodiscard]] std::string figure_entry(std::string_view figure);

/// Whether a period's label is one that its days have, so that a half-year cannot be called a year.
[[nodiscard]] bool label_fits(const dispute::statistics::Period& period);

}  // namespace anjie::dossier
