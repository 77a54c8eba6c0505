#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/random.hpp"
#include "workflows/dispute/statistics/report.hpp"

/// Small histories of disputes, as rows.
namespace anjie::dispute::statistics::testing {

/// One case's events in order, folded as they are told. Each is recorded on the day it happened unless said otherwise.
class History {
public:
    History(std::uint32_t serial, std::string_view organisation);

    /// Happened and was recorded on `day`, or recorded `lag` days later.
    History& on(Date day, const Event& event, int lag = 0);

    [[nodiscard]] const CaseRow& row() const { return row_; }
    [[nodiscard]] Version version() const { return row_.facts.version; }

    // The usual steps.
    History& registered(Date day, DisputeType type = DisputeType::neighbour,
                        CaseSource source = CaseSource::application, CommitteeKind committee = CommitteeKind::township);
    History& accepted(Date day);
    /// Drafted and effective on `day`; the revisit is due on `revisit_due`.
    History& agreed(Date day, Date revisit_due, AgreementForm form = AgreementForm::written,
                    std::int64_t amount_fen = 0, std::uint16_t obligations = 0, std::uint16_t number = 1);
    History& failed(Date day);
    History& revisited(Date day, Satisfaction satisfaction = Satisfaction::satisfied,
                       RevisitProblem problem = RevisitProblem::none, Fulfilment fulfilment = Fulfilment::fulfilled);

private:
    CaseRow row_;
    std::string organisation_;
};

/// A deadline as an event carries it.
[[nodiscard]] DeadlineStart deadline(DeadlineKind kind, Date rolled);

/// The year 2024 with everything known at the end of June 2025.
[[nodiscard]] ReportQuery year_2024();

/// A plausible random case around 2024.
[[nodiscard]] CaseRow random_case(test::Random& random, std::uint32_t serial);
[[nodiscard]] std::vector<CaseRow> random_cases(test::Random& random, std::uint32_t count);

}  // namespace anjie::dispute::statistics::testing
