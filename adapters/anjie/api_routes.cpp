#include "adapters/anjie/api_routes.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/anjie/handover_command.hpp"
#include "adapters/anjie/served_office.hpp"
#include "adapters/api/api.hpp"
#include "adapters/calendar_feed/calendar.hpp"
#include "adapters/handover/courier.hpp"
#include "adapters/handover/curl_post.hpp"
#include "adapters/handover/routes.hpp"

namespace anjie {
namespace {

constexpr std::chrono::milliseconds courier_looks_every{500};

/// Hand-overs come in and go out while the server runs, when peers.json names anybody.
Result<void> serve_handovers(http::Router& router, ServeContext& context, ServedOffice& office) {
    // Nobody's hand is on it: what travels is read on the office's behalf, as its journal says.
    office.read_for_handover = access::recorded_reads(
        access::unrecorded(context.workspace.events()), context.access,
        {.principal = context.access.local("handover"), .purpose = "handover", .client = {"local", "serve"}});
    ANJIE_TRY(office.desk, open_desk(context.workspace, *office.read_for_handover, context.root));
    if (office.desk->peers().all().empty()) return {};
    handover::add_routes(router, *office.desk, handover::peer_by_token(office.desk->peers()), true);
    office.courier = std::jthread([&workspace = context.workspace, &desk = *office.desk](const std::stop_token& stop) {
        handover::Courier courier(desk, handover::curl_post(), workspace.clock());
        auto seen = workspace.events().head();
        courier.run(stop, [&] { seen = workspace.engine().wait_past(seen, courier_looks_every); });
    });
    return {};
}

}  // namespace

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
    const auto xlsx = [root = context.root](const tables::Workbook& workbook) { return xlsx_of(root, workbook); };
    office.api = std::make_unique<api::Api>(*office.service,
                                            api::Options{.version = ANJIE_VERSION, .calendar = calendar, .xlsx = xlsx});
    ANJIE_CHECK(serve_handovers(router, context, office));
    office.api->add_routes(router);
    return {};
}

}  // namespace anjie
