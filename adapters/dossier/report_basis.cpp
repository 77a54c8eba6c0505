#include "adapters/dossier/report_basis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/dossier/detail/pretty.hpp"
#include "workflows/dispute/dispute.hpp"
#include "workflows/dispute/statistics/projection.hpp"
#include "workflows/screening/statistics.hpp"

namespace anjie::dossier {
namespace {

namespace statistics = dispute::statistics;

const dispute::StatisticsProjection dispute_fold;
const screening::ScreeningStatistics screening_fold;

std::string definitions_text(const statistics::Report& report) {
    boost::json::array figures;
    for (const auto& figure : statistics::figures())
        figures.push_back(
            {{"id", figure.id},
             {"zh", figure.zh},
             {"en", figure.en},
             {"cohort",
              {{"zh", statistics::cohort_text_zh(figure.cohort)}, {"en", statistics::cohort_text_en(figure.cohort)}}}});
    boost::json::array rates;
    for (const auto& rate : report.definitions)
        rates.push_back({{"id", rate.id},
                         {"zh", rate.zh},
                         {"en", rate.en},
                         {"numerator", rate.numerator},
                         {"denominator", rate.denominator},
                         {"cohort", {{"zh", rate.cohort_zh}, {"en", rate.cohort_en}}},
                         {"source", std::string(1, rate.source)}});
    boost::json::array identities;
    for (const auto& identity : statistics::identities())
        identities.push_back({{"id", identity.id},
                              {"zh", identity.zh},
                              {"en", identity.en},
                              {"whole", identity.whole},
                              {"parts", boost::json::array(identity.parts.begin(), identity.parts.end())}});
    return detail::pretty(boost::json::object{{"edition", report.query.definitions},
                                              {"figures", std::move(figures)},
                                              {"rates", std::move(rates)},
                                              {"sums", std::move(identities)}});
}

std::string cases_text(std::span<const statistics::CaseRow> rows) {
    std::string out;
    for (const auto& row : rows) out += fmt::format("{} {}\n", to_string(row.id), row.organisation);
    return out;
}

/// The sum, then the cases as lines of cases.txt, with what each adds where that is not 1.
std::string figure_text(std::span<const statistics::CaseRow> rows, const statistics::Figure& figure,
                        const statistics::ReportQuery& query) {
    std::string lines;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto part = statistics::contribution(rows[i], figure, query);
        if (!part.counts) continue;
        sum += part.value;
        if (figure.measure == nullptr)
            fmt::format_to(std::back_inserter(lines), "{}\n", i + 1);
        else
            fmt::format_to(std::back_inserter(lines), "{} {}\n", i + 1, part.value);
    }
    return fmt::format("{} {}\n{} / {}\n", figure.id, sum, figure.zh, figure.en) + lines;
}

}  // namespace

Result<void> ReportBasis::add(const EventView& event) {
    const auto& header = event.header;
    if (header.workflow == dispute_fold.workflow()) return dispute_fold.fold(disputes_[header.case_id], event);
    if (header.workflow == screening_fold.workflow()) return screening_fold.fold(campaigns_[header.case_id], event);
    return {};
}

void ReportBasis::keep_only(const std::set<CaseId>& cases) {
    const auto other = [&](const auto& entry) { return !cases.contains(entry.first); };
    std::erase_if(disputes_, other);
    std::erase_if(campaigns_, other);
}

Result<std::vector<statistics::CaseRow>> ReportBasis::rows() const {
    std::vector<statistics::CaseRow> rows;
    rows.reserve(disputes_.size());
    for (const auto& [id, bytes] : disputes_) {
        ANJIE_TRY(auto row, statistics::decode_row(id, bytes));
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<statistics::ReportQuery> ReportBasis::with_screening(statistics::ReportQuery query) const {
    screening::ScreeningReport screened({query.period.from, query.period.to});
    for (const auto& [id, row] : campaigns_) ANJIE_CHECK(screened.add(row));
    const auto sum = screened.total(query.organisation);
    statistics::ScreeningFigures figures;
    figures.rounds = static_cast<std::int64_t>(sum.rounds);
    figures.prevented = static_cast<std::int64_t>(sum.prevented);
    for (std::size_t i = 0; i < figures.harm.size(); ++i)
        figures.harm[i] = {static_cast<std::int64_t>(sum.harms[i].cases),
                           static_cast<std::int64_t>(sum.harms[i].people)};
    query.screening = figures;
    return query;
}

Result<std::set<CaseId>> ReportBasis::cases_behind(const statistics::ReportQuery& query) const {
    ANJIE_TRY(const auto all, rows());
    std::set<CaseId> behind;
    for (const auto& row : all)
        if (std::ranges::any_of(statistics::figures(), [&](const statistics::Figure& figure) {
                return statistics::contribution(row, figure, query).counts;
            }))
            behind.insert(row.id);
    for (const auto& [id, row] : campaigns_) behind.insert(id);
    return behind;
}

Result<std::map<std::string, std::string>> report_texts(const ReportBasis& basis, const statistics::ReportQuery& query,
                                                        const RenderReport& render) {
    ANJIE_TRY(const auto whole, basis.with_screening(query));
    ANJIE_TRY(const auto rows, basis.rows());
    ANJIE_TRY(const auto report, statistics::make_report(rows, whole));
    std::map<std::string, std::string> texts;
    texts.emplace("report.json", detail::pretty(render(report)));
    texts.emplace("definitions.json", definitions_text(report));
    texts.emplace("cases.txt", cases_text(rows));
    for (const auto& figure : statistics::figures())
        texts.emplace(figure_entry(figure.id), figure_text(rows, figure, whole));
    return texts;
}

std::string figure_entry(std::string_view figure) { return fmt::format("figures/{}.txt", figure); }

bool label_fits(const statistics::Period& period) {
    using namespace statistics;
    if (period.to < period.from) return false;
    const auto year = year_of(period.from);
    const auto month = month_of(period.from);
    const auto quarter = (month - 1) / 3 + 1;
    const auto half = (month - 1) / 6 + 1;
    return period == period_between(period.from, period.to) || period == year_period(year) ||
           period == half_year_period(year, half) || period == quarter_period(year, quarter) ||
           period == month_period(year, month);
}

}  // namespace anjie::dossier
