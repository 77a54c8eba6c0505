#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <vector>

#include "adapters/views/language.hpp"
#include "adapters/views/report_query.hpp"
#include "workflows/dispute/statistics/what_if.hpp"

/// The same history judged under other rules, as programs read it.
namespace anjie::views {

/// Everything that is shown.
struct WhatIfView {
    const dispute::statistics::WhatIfReport& report;
    const dispute::RuleBook& own;    ///< The rules the cases were accepted under.
    const dispute::RuleBook& other;  ///< The rules they are judged by.
    std::string rules_file;
    bool with_cases{};
    /// The number of a case, 尼阿调〔2024〕3号.
    std::function<Result<std::string>(CaseId)> number_of{};
    /// Which of the cases behind a figure are listed; empty: all. The figures count them all.
    std::function<bool(CaseId)> may_see{};
};

/// The figures of a period on both sides. Errors: `invalid` (what was asked), those of the store.
[[nodiscard]] Result<dispute::statistics::WhatIfReport> what_if_report(Workspace& workspace,
                                                                       const dispute::OtherRules& other,
                                                                       const QueryOptions& asked);
/// Errors: those of finding a case's number.
[[nodiscard]] Result<boost::json::object> what_if_json(const WhatIfView& view);
/// `WhatIfView::number_of` by a directory. Lifetime: that of the directory.
[[nodiscard]] std::function<Result<std::string>(CaseId)> numbers_in(Directory& directory);

/// Why a case changes a figure.
[[nodiscard]] std::string causes_text(const dispute::statistics::ChangedCase& one, Language language);
/// "+3", "-1.5", "0"; "–" where a side has no value.
[[nodiscard]] std::string signed_text(const dispute::statistics::FigurePair& pair, std::uint8_t decimals);
[[nodiscard]] bool differs(const dispute::statistics::FigurePair& pair, std::uint8_t decimals);
/// The cases behind a figure; null when there are none.
[[nodiscard]] const std::vector<dispute::statistics::ChangedCase>* cases_of(
    const dispute::statistics::WhatIfReport& report, const std::string& figure);

}  // namespace anjie::views
