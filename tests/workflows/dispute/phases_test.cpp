#include <catch2/catch.hpp>

#include <deque>
#include <map>
#include <set>
#include <type_traits>

#include "workflows/dispute/phases/confirmation.hpp"
#include "workflows/dispute/phases/custody.hpp"
#include "workflows/dispute/phases/file.hpp"
#include "workflows/dispute/phases/performance.hpp"
#include "workflows/dispute/phases/procedure.hpp"
#include "workflows/dispute/phases/revisit.hpp"

using namespace anjie;
using namespace anjie::dispute;

namespace {

/// A shortest way from the region's beginning to every phase, by the table.
template <class Table, class Phase>
std::map<Phase, std::vector<Trigger>> ways(const Table& table, Phase start) {
    std::map<Phase, std::vector<Trigger>> found{{start, {}}};
    std::deque<Phase> open{start};
    while (!open.empty()) {
        const Phase here = open.front();
        open.pop_front();
        for (const auto& step : table.transitions()) {
            if (step.from != here || found.contains(step.to)) continue;
            auto way = found[here];
            way.push_back(step.event);
            found[step.to] = std::move(way);
            open.push_back(step.to);
        }
    }
    return found;
}

/// Every phase x every event, asked of the table and of the machine itself driven from its beginning.
template <class Table, class Phase, class Drive>
void compare(const Table& table, Phase start, Drive drive) {
    const auto found = ways(table, start);
    CHECK(found.size() == Table::phase_count);  // No phase that nothing leads to.
    for (const auto& [phase, way] : found) {
        CHECK(drive(way) == phase);
        for (std::size_t event = 0; event < trigger_count; ++event) {
            auto further = way;
            further.push_back(static_cast<Trigger>(event));
            INFO(static_cast<int>(phase) << " " << trigger_name(static_cast<Trigger>(event)));
            const auto by_machine = drive(further);
            const auto by_table = table.concerns(static_cast<Trigger>(event))
                                      ? table.next(phase, static_cast<Trigger>(event))
                                      : std::nullopt;
            REQUIRE(by_machine == by_table);
        }
    }
}

}  // namespace

TEST_CASE("Table and machine agree on every phase and every event") {
    SECTION("procedure") { compare(procedure_region::table(), ProcedurePhase::none, procedure_region::drive); }
    SECTION("performance") {
        compare(performance_region::table(), PerformancePhase::pending, performance_region::drive);
    }
    SECTION("revisit") { compare(revisit_region::table(), RevisitPhase::not_due, revisit_region::drive); }
    SECTION("confirmation") {
        compare(confirmation_region::table(), ConfirmationPhase::not_open, confirmation_region::drive);
    }
    SECTION("custody") { compare(custody_region::table(), CustodyPhase::none, custody_region::drive); }
    SECTION("file") { compare(file_region::table(), FilePhase::none, file_region::drive); }
}

TEST_CASE("Every event concerns at least one region") {
    std::set<std::string_view> homeless;
    for (std::size_t event = 0; event < std::variant_size_v<Event>; ++event) {
        const auto one = static_cast<Trigger>(event);
        if (!procedure_region::table().concerns(one) && !performance_region::table().concerns(one) &&
            !revisit_region::table().concerns(one) && !confirmation_region::table().concerns(one) &&
            !file_region::table().concerns(one) && !custody_region::table().concerns(one))
            homeless.insert(trigger_name(one));
    }
    CHECK(homeless.empty());
}

TEST_CASE("The payload decides the phase only where the region says so") {
    CHECK(revisit_region::trigger_of(RevisitMade{.problem = RevisitProblem::none}) == trigger<RevisitMade>);
    CHECK(revisit_region::trigger_of(RevisitMade{.problem = RevisitProblem::mood_relapse}) ==
          trigger<RevisitFoundProblem>);
    CHECK(file_region::trigger_of(CaseReopened{true}) == trigger<NewProceeding>);
    CHECK(file_region::trigger_of(CaseReopened{false}) == trigger<CaseReopened>);
    CaseRegistered registered{.origin = "lead-7"};
    CHECK(custody_region::trigger_of(registered) == trigger<CaseRegistered>);
    registered.origin = handover_origin("h-1", "court-1");
    CHECK(custody_region::trigger_of(registered) == trigger<RegisteredFromHandover>);
    CHECK(custody_region::trigger_of(CaseReopened{true}) == trigger<NewProceeding>);
    AlarmRaised alarm{.kind = DeadlineKind::confirmation, .level = AlarmLevel::near};
    CHECK(confirmation_region::trigger_of(alarm) == trigger<AlarmRaised>);
    alarm.level = AlarmLevel::passed;
    CHECK(confirmation_region::trigger_of(alarm) == trigger<ConfirmationWindowPassed>);
    alarm.kind = DeadlineKind::performance;
    CHECK(performance_region::trigger_of(alarm) == trigger<PerformanceOverdue>);
    // A deadline that is only recomputed awaits no second revisit.
    const Deadlines revisit{{.kind = DeadlineKind::revisit}};
    CHECK(revisit_region::trigger_of(DeadlinesRecomputed{"", revisit}) == trigger<DeadlinesRecomputed>);
    CHECK(revisit_region::trigger_of(AgreementEffective{1, {}, revisit}) == trigger<RevisitAwaited>);
}
