#include "benchmarks/life.hpp"

#include "adapters/anjie/bench_workload.hpp"
#include "adapters/rulebook/calendars.hpp"
#include "adapters/rulebook/load_rules.hpp"
#include "engine/assert.hpp"

namespace anjie::bench {
namespace {

dispute::Dispute definition() {
    const auto calendars = rulebook::Calendars::load();
    auto rules = rulebook::load_rules();
    ANJIE_ASSERT(calendars.has_value() && rules.has_value());
    return dispute::Dispute(std::move(*rules), dispute::CalendarBook(calendars->by_region()));
}

AppendEvent placed(const Command& command, NewEvent event, Position position, Version version,
                   std::string_view rule_version) {
    EventHeader header;
    header.position = position;
    header.case_id = command.case_id;
    header.version = version;
    header.workflow = command.workflow;
    header.type = event.type;
    header.schema = event.schema;
    header.occurred_at = command.occurred_at;
    header.recorded_at = context_of(command, version).now;
    header.command_id = command.id;
    header.actor = command.actor;
    header.organisation = command.organisation;
    header.rule_version = rule_version;
    return {std::move(header), std::move(event)};
}

}  // namespace

const dispute::DisputeWorkflow& dispute_workflow() {
    static const dispute::DisputeWorkflow workflow(definition());
    return workflow;
}

DecisionContext context_of(const Command& command, Version version) {
    return {.now = start_of_day(make_date(2026, 1, 1)),
            .occurred_at = command.occurred_at,
            .actor = command.actor,
            .organisation = command.organisation,
            .version = version};
}

Life live(std::uint32_t number, Position after) {
    const auto& workflow = dispute_workflow();
    const BenchWorkload workload(1);
    const auto state = workflow.new_state();
    Life life;
    for (std::size_t step = 0; step < BenchWorkload::steps; ++step) {
        life.commands.push_back(workload.command(number, step));
        const auto& command = life.commands.back();
        auto decided = workflow.decide(*state, *command.body,
                                       context_of(command, static_cast<Version>(life.events.size())));
        ANJIE_ASSERT(decided.has_value());
        if (!decided->empty()) decided->front().sealed = command.sealed;
        for (auto& event : *decided) {
            const auto version = static_cast<Version>(life.events.size() + 1);
            life.events.push_back(
                placed(command, std::move(event), after + version, version, workflow.rule_version(*state)));
        }
    }
    return life;
}

}  // namespace anjie::bench
