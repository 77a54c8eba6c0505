#include <catch2/catch.hpp>

#include "tests/support/print.hpp"
#include "tests/workflows/dispute/statistics/histories.hpp"
#include "tests/workflows/dispute/value_maker.hpp"
#include "workflows/dispute/dispute.hpp"
#include "workflows/dispute/statistics/projection.hpp"

using namespace anjie;
using namespace anjie::dispute;
using namespace anjie::dispute::statistics;
namespace values = anjie::dispute::testing;

namespace {

EventHeaderView header_of(const CaseRow& row, test::Random& random) {
    EventHeaderView header;
    header.case_id = row.id;
    header.version = row.facts.version + 1;
    header.workflow = workflow_id;
    header.occurred_at = on_day(make_date(2024, 1, 1) + std::chrono::days{random.below(300)});
    header.recorded_at = start_of_day(make_date(2024, 1, 1) + std::chrono::days{random.below(300)});
    header.organisation = "540629102-01";
    return header;
}

/// Bounds what a random event adds up, so that sums of many stay numbers.
void tame(Event& event) {
    if (auto* performed = std::get_if<ObligationPerformed>(&event)) performed->amount.fen %= 1'000'000;
    if (auto* partly = std::get_if<ObligationPartlyPerformed>(&event)) partly->amount.fen %= 1'000'000;
    if (auto* registered = std::get_if<CaseRegistered>(&event)) registered->jurisdiction.resize(6, '0');
}

}  // namespace

TEST_CASE("folding stored bytes gives the same row as folding the events") {
    auto random = test::Random::seeded(5);
    INFO("ANJIE_TEST_SEED=" << random.seed());
    const StatisticsProjection projection;
    values::ValueMaker maker{values::RandomNumbers{random.next()}};
    for (std::uint32_t history = 0; history < 60; ++history) {
        CaseRow row{.id = {}, .facts = {}, .organisation = {}, .jurisdiction = {}};
        std::string stored;
        for (std::size_t step = 0; step < 120; ++step) {
            auto event = maker.event(step == 0 ? 0 : random.below(std::variant_size_v<Event>));
            tame(event);
            const auto encoded = Dispute::encode(event);
            EventView view;
            view.header = header_of(row, random);
            view.header.type = encoded.type;
            view.payload = encoded.payload;
            apply(row, event, view.header);
            const auto folded = projection.fold(stored, view);
            INFO((folded ? std::string{} : folded.error().detail));
            REQUIRE(folded);
            INFO("event " << std::visit([](const auto& known) { return known.name; }, event));
            REQUIRE(stored == encode_row(row));
        }
    }
}

TEST_CASE("a payload that is no event, or another event, is corrupt") {
    const StatisticsProjection projection;
    auto random = test::Random::seeded(6);
    const auto encoded = Dispute::encode(Event{CaseReopened{}});
    EventView view;
    view.header = header_of({}, random);
    view.header.type = CaseRegistered::event_type;
    std::string row;
    CHECK(projection.fold(row, view).error().code == ErrorCode::corrupt);
    view.header.type = RevisitMade::event_type;
    view.payload = encoded.payload;
    CHECK(projection.fold(row, view).error().code == ErrorCode::corrupt);
    CHECK(row.empty());
    std::string damaged(40, 'x');
    view.header.type = CaseRegistered::event_type;
    CHECK(projection.fold(damaged, view).error().code == ErrorCode::corrupt);
}

TEST_CASE("the projection names itself and what it follows") {
    const StatisticsProjection projection;
    CHECK(projection.name() == "dispute.statistics");
    CHECK(projection.workflow() == workflow_id);
    CHECK(projection.code_version() > 0);
}
