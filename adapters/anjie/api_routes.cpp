#include "adapters/anjie/api_routes.hpp"

#include <algorithm>
#include <iterator>

#include "adapters/anjie/served_office.hpp"
#include "adapters/api/api.hpp"
#include "adapters/calendar_feed/calendar.hpp"

namespace anjie {

Result<void> api_routes(http::Router& router, ServeContext& context) {
    auto& office = office_of(context);
    const auto calendar = [&workspace = context.workspace](const std::vector<DueEntry>& due, bool chinese) {
        std::vector<DueEntry> revisits;
        std::ranges::copy_if(due, std::back_inserter(revisits), calendar_feed::is_revisit);
        calendar_feed::CalendarOptions options;
        options.host = workspace.settings().origin;
        options.now = workspace.clock().now();
        options.chinese = chinese;
        return calendar_feed::calendar_of(revisits, options);
    };
    office.api =
        std::make_unique<api::Api>(*office.service, api::Options{.version = ANJIE_VERSION, .calendar = calendar});
    office.api->add_routes(router);
    return {};
}

}  // namespace anjie
