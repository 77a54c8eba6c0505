#include "adapters/anjie/workflows.hpp"

#include "adapters/rulebook/calendars.hpp"
#include "adapters/rulebook/load_rules.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie {

Result<Registered> register_workflows(const std::filesystem::path& root) {
    ANJIE_TRY(const auto calendars, rulebook::Calendars::load(root));
    ANJIE_TRY(auto rules, rulebook::load_rules(root));
    Registered registered;
    auto disputes = std::make_unique<dispute::DisputeWorkflow>(
        dispute::Dispute(std::move(rules), dispute::CalendarBook(calendars.by_region())));
    registered.dispute = &disputes->definition();
    registered.workflows.add(std::move(disputes));
    registered.workflows.add(screening::make_workflow());
    return registered;
}

}  // namespace anjie
