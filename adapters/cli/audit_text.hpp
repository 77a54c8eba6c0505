#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "adapters/cli/audit_run.hpp"
#include "adapters/cli/audit_thresholds.hpp"
#include "adapters/cli/console.hpp"

namespace anjie::cli {

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

/// `listed_max` per kind, the gravest first; 0: all.
void print_audit(const Console& console, const AuditShown& shown, CaseNumbers& numbers, std::size_t listed_max);
[[nodiscard]] boost::json::object audit_json(const AuditShown& shown, CaseNumbers& numbers);
/// One line per finding.
[[nodiscard]] std::string audit_csv(const AuditShown& shown, CaseNumbers& numbers);

}  // namespace anjie::cli
