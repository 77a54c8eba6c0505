#pragma once

#include <catch2/catch.hpp>

#include <vector>

#include "tests/support/dispute_generator.hpp"
#include "workflows/dispute/dispute.hpp"
#include "workflows/dispute/statistics/row.hpp"

namespace anjie::test {

/// An event with the header it was decided under.
struct DecidedEvent {
    dispute::Event event;
    EventHeaderView header;
};

/// One case decided order by order, without a store. Each event is recorded `lag` days after it happened.
class DecidedHistory {
public:
    DecidedHistory(const dispute::Dispute& workflow, CaseId id) : workflow_(workflow), id_(id) {}

    /// False when the order is refused; then nothing has happened.
    bool order(Date day, const dispute::Command& command, int lag = 0) {
        const auto recorded = start_of_day(day + std::chrono::days{lag});
        const DecisionContext context{.now = std::max(recorded, on_day(day).at),
                                      .occurred_at = on_day(day),
                                      .actor = "clerk",
                                      .organisation = "540629-102",
                                      .version = static_cast<Version>(events.size())};
        const auto decided = workflow_.decide(state, command, context);
        if (!decided) return false;
        for (const auto& event : *decided) {
            EventHeaderView header;
            header.case_id = id_;
            header.workflow = dispute::workflow_id;
            header.occurred_at = context.occurred_at;
            header.recorded_at = context.now;
            header.actor = context.actor;
            header.organisation = context.organisation;
            header.version = static_cast<Version>(events.size() + 1);
            header.type = dispute::Dispute::encode(event).type;
            events.push_back({event, header});
            dispute::Dispute::evolve(state, event, header);
        }
        return true;
    }
    [[nodiscard]] dispute::statistics::CaseRow row() const {
        dispute::statistics::CaseRow row{.id = id_, .facts = {}, .organisation = {}, .jurisdiction = {}};
        for (const auto& [event, header] : events) dispute::statistics::apply(row, event, header);
        return row;
    }

    dispute::State state{};
    std::vector<DecidedEvent> events{};

private:
    const dispute::Dispute& workflow_;
    CaseId id_;
};

}  // namespace anjie::test
