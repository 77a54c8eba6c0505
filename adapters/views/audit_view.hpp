#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <vector>

#include "adapters/views/audit_run.hpp"
#include "adapters/views/audit_thresholds.hpp"

namespace anjie::views {

/// Case numbers by id, read from the log itself: an auditor need not trust what was derived from it.
class CaseNumbers {
public:
    explicit CaseNumbers(const EventStore& events) : events_(events) {}
    /// The number, or the id where the case's first event cannot be read.
    const std::string& of(const CaseId& id);

private:
    const EventStore& events_;
    std::map<CaseId, std::string> known_;
};

/// What is shown: the result and what it was asked with.
struct AuditShown {
    const AuditResult& result;
    const dispute::audit::Scope& scope;
    const ThresholdsRead& thresholds;
    Date today;
    const std::vector<std::string>& kinds;  ///< Empty: all.
};

/// The kinds that were asked for, in the order of the reports.
[[nodiscard]] std::vector<dispute::audit::Kind> kinds_asked(const AuditShown& shown);
/// Lifetime: that of `findings`.
[[nodiscard]] std::vector<const dispute::audit::Finding*> gravest_first(
    const std::vector<dispute::audit::Finding>& findings);
/// "尼阿调〔2024〕3号 v12 #45, v3 #36; 尼阿调〔2024〕4号 v1 #52".
[[nodiscard]] std::string cited(const dispute::audit::Finding& finding, CaseNumbers& numbers);
/// The codes of the papers that are asked for besides the rules'.
[[nodiscard]] std::vector<std::string> paper_codes(const dispute::audit::Thresholds& values);
/// Every kind that exists.
[[nodiscard]] std::vector<std::string_view> finding_kinds();

[[nodiscard]] boost::json::object audit_json(const AuditShown& shown, CaseNumbers& numbers);
/// One line per finding.
[[nodiscard]] std::string audit_csv(const AuditShown& shown, CaseNumbers& numbers);

}  // namespace anjie::views
