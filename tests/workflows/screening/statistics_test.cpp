#include "workflows/screening/statistics.hpp"
#include "tests/workflows/screening/campaign_fixture.hpp"

using namespace anjie;
using namespace anjie::screening;
using namespace anjie::screening::testing;

namespace {

/// A campaign whose every event is folded into its row as the log would do it.
class Counted {
public:
    explicit Counted(std::string organisation = "540629102") : organisation_(std::move(organisation)) {}

    Counted& happen(const Event& event, Date on) {
        const auto stored = Screening::encode(event);
        EventView view;
        view.header.version = ++version_;
        view.header.workflow = workflow_id;
        view.header.type = stored.type;
        view.header.schema = stored.schema;
        view.header.occurred_at = on_day(on);
        view.header.organisation = organisation_;
        view.payload = stored.payload;
        REQUIRE(ScreeningStatistics{}.fold(row_, view).has_value());
        return *this;
    }
    [[nodiscard]] const std::string& row() const { return row_; }
    [[nodiscard]] ScreeningFigures figures(Date from, Date to) const {
        return figures_of(decode_row(row_).value(), {from, to});
    }

private:
    std::string organisation_;
    std::string row_;
    Version version_{};
};

Counted campaign(std::string organisation = "540629102") {
    Counted counted(std::move(organisation));
    counted.happen(one_of_each()[0], day(3, 1));
    counted.happen(RoundReported{1, "u", day(3, 5), false, 40}, day(3, 5));
    counted.happen(RoundReported{2, "u", day(4, 5), true, 10}, day(4, 5));
    for (LeadNumber lead = 1; lead <= 4; ++lead)
        counted.happen(LeadFound{lead, 1, RiskLevel::yellow, "neighbour", 2, "54"}, day(3, 5));
    return counted;
}

}  // namespace

TEST_CASE("rounds are counted by their own day, nil reports among them") {
    const auto counted = campaign();
    const auto march = counted.figures(day(3, 1), day(3, 31));
    CHECK(march.campaigns == 1);
    CHECK(march.rounds == 1);
    CHECK(march.nil_reports == 0);
    CHECK(march.leads_found == 4);
    const auto april = counted.figures(day(4, 1), day(4, 30));
    CHECK(april.campaigns == 0);
    CHECK(april.rounds == 1);
    CHECK(april.nil_reports == 1);
    CHECK(april.leads_found == 0);
}

TEST_CASE("a lead prevents one dispute at most, and none once it became one or was referred") {
    auto counted = campaign();
    counted.happen(LeadResolvedOnSpot{1}, day(3, 6))
        .happen(LeadWatched{2}, day(3, 6))
        .happen(LeadReferred{3, "p"}, day(3, 6));
    counted.happen(LeadWatched{4}, day(3, 6))
        .happen(LeadWatched{4}, day(4, 6))
        .happen(LeadResolvedOnSpot{4}, day(4, 7));
    CHECK(counted.figures(day(3, 1), day(3, 31)).prevented == 3);
    CHECK(counted.figures(day(4, 1), day(4, 30)).prevented == 0);
    counted.happen(LeadOpenedAsDispute{2, std::string(dispute_id)}, day(4, 10));
    counted.happen(LeadStruckOff{2, Evidence::case_closed}, day(4, 11));
    const auto all = counted.figures(day(1, 1), day(12, 31));
    CHECK(all.prevented == 2);
    CHECK(all.opened_as_dispute == 1);
    CHECK(all.referred == 1);
    CHECK(all.struck_off == 1);
    CHECK(counted.figures(day(3, 1), day(3, 31)).opened_as_dispute == 0);
}

TEST_CASE("prevented harm is counted in cases and people, by kind, as corrected") {
    auto counted = campaign();
    counted.happen(HarmPrevented{HarmKind::suicide, 1, 2}, day(3, 6));
    counted.happen(HarmPrevented{HarmKind::group_fight, 1, 30}, day(3, 7));
    counted.happen(HarmPrevented{HarmKind::group_fight, 2, 12}, day(5, 7));
    counted.happen(FactCorrected{9, CorrectionReason::entry_error, 1, 20}, day(5, 8));
    const auto year = counted.figures(day(1, 1), day(12, 31));
    CHECK(year.harm(HarmKind::suicide) == ScreeningFigures::Harm{1, 2});
    CHECK(year.harm(HarmKind::criminal) == ScreeningFigures::Harm{0, 0});
    CHECK(year.harm(HarmKind::group_fight) == ScreeningFigures::Harm{3, 32});
    CHECK(counted.figures(day(3, 1), day(3, 31)).harm(HarmKind::group_fight) == ScreeningFigures::Harm{1, 20});
}

TEST_CASE("organisations are summed apart and upward") {
    ScreeningReport report({day(1, 1), day(12, 31)});
    for (const char* organisation : {"540629102", "540629102", "540629103", "5407"})
        REQUIRE(report.add(campaign(organisation).row()).has_value());
    CHECK(report.by_organisation().size() == 3);
    CHECK(report.by_organisation().at("540629102").rounds == 4);
    CHECK(report.total("540629").rounds == 6);
    CHECK(report.total().rounds == 8);
    CHECK(report.total("9") == ScreeningFigures{});
    for (const char* organisation : {"540629-1", "540629-10"})
        REQUIRE(report.add(campaign(organisation).row()).has_value());
    CHECK(report.total("540629-1").rounds == 2);
    CHECK(report.total("CN").rounds == 12);
}

TEST_CASE("a row comes back from its bytes, and damaged bytes are corrupt") {
    auto counted = campaign();
    counted.happen(LeadWatched{1}, day(3, 6)).happen(HarmPrevented{HarmKind::suicide, 1, 2}, day(3, 6));
    const std::string bytes = counted.row();
    REQUIRE(encode_row(decode_row(bytes).value()) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        REQUIRE(decode_row(std::string_view(bytes).substr(0, size)).error().code == ErrorCode::corrupt);
    REQUIRE_FALSE(decode_row(bytes + "x").has_value());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto changed = bytes;
        changed[at] = '\xff';
        const auto decoded = decode_row(changed);
        if (!decoded) REQUIRE(decoded.error().code == ErrorCode::corrupt);
    }
    EventView second;
    const auto stored = Screening::encode(LeadWatched{1});
    second.header.type = stored.type;
    second.payload = stored.payload;
    std::string empty;
    REQUIRE(ScreeningStatistics{}.fold(empty, second).error().code == ErrorCode::corrupt);
}
