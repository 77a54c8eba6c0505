#include <catch2/catch.hpp>
#include <map>

#include "adapters/handover/courier.hpp"
#include "adapters/handover/endpoint.hpp"
#include "tests/adapters/handover/office.hpp"

using namespace anjie;
using namespace anjie::test;
using namespace anjie::dispute;
using handover::Verdict;

namespace {

const std::string village = "540629-101";
const std::string town = "540629-102";

SealedField text(std::uint16_t subject, SealedCode field, std::string value) {
    return {.subject = subject, .field = std::to_underlying(field), .text = std::move(value)};
}

OfferHandover offer() {
    return {.target = TransferTarget::higher_committee,
            .to = town,
            .kind = HandoverKind::transfer,
            .reason = HandoverReason::beyond_means,
            .papers = {DocumentKind::application}};
}

struct Line {
    ManualClock clock{start_of_day(make_date(2024, 3, 4))};
    TestOffice a{village, clock, handover::Peers({line_to(town, {SealedCode::name, SealedCode::summary})})};
    TestOffice b{town, clock, handover::Peers({line_to(village)})};
    std::size_t sent{};
    bool up{true};

    handover::Post to(TestOffice& other, const TestOffice& from) {
        return [&](const handover::Peer& peer, const std::string& message) -> Result<handover::Reply> {
            CHECK(peer.organisation == other.organisation);
            ++sent;
            if (!up) return failure(ErrorCode::unavailable, "no route to host");
            return handover::answer_post(other.desk(), message, from.organisation);
        };
    }
    /// Both sides deliver what they have until nothing waits.
    void exchange() {
        for (std::size_t moved = 1; moved > 0;) {
            handover::Courier out(a.desk(), to(b, a), clock);
            handover::Courier back(b.desk(), to(a, b), clock);
            const auto there = out.round(true);
            const auto here = back.round(true);
            REQUIRE(there);
            REQUIRE(here);
            CHECK(there->failures.empty());
            CHECK(here->failures.empty());
            moved = there->delivered + here->delivered;
        }
    }
};

std::vector<handover::Outgoing> waiting(TestOffice& office) {
    auto out = office.desk().outgoing();
    REQUIRE(out.has_value());
    return std::move(*out);
}

}  // namespace

TEST_CASE("A case goes up and its result comes down, and both logs say who holds it since when") {
    Line line;
    auto& [clock, a, b, sent, up] = line;
    const auto id = a.new_case({text(1, SealedCode::name, "扎西"), text(0, SealedCode::summary, "草场界线"),
                                text(1, SealedCode::identity_number, "542400199001010000")});
    a.must(id, offer());
    const auto handover = a.state(id).handover.id;
    line.exchange();
    const auto there = b.came_by(handover);
    REQUIRE(there);
    CHECK(b.state(*there).custody == CustodyPhase::received);
    CHECK(b.state(*there).holder == village);
    CHECK(b.state(*there).handover.reference == dispute::to_string(a.state(id).number));
    CHECK(b.state(*there).source == CaseSource::application);  // Of another committee: as it came there.

    clock.advance(std::chrono::hours{24});
    b.must(*there, AcceptHandover{});
    CHECK(a.state(id).holder == village);
    line.exchange();
    CHECK(a.state(id).custody == CustodyPhase::away);
    CHECK(b.state(*there).custody == CustodyPhase::held_for);
    CHECK(a.state(id).holder == town);
    CHECK(b.state(*there).holder == town);
    CHECK(a.state(id).held_since.on == b.state(*there).held_since.on);
    CHECK(a.state(id).handover.reference == dispute::to_string(b.state(*there).number));

    b.must(*there, GiveConsent{1});
    b.must(*there, GiveConsent{2});
    b.must(*there, AcceptCase{});
    b.must(*there, AssignMediator{"m-1", MediatorRole::presiding, AssignmentBasis::designated});
    b.must(*there, HoldSession{});
    b.must(*there, FailMediation{FailureReason::no_common_ground, {Route::litigation}});
    SECTION("the result, without the case") {
        b.must(*there, FeedResultBack{});
        line.exchange();
        CHECK(a.state(id).custody == CustodyPhase::ended_there);
        CHECK(a.state(id).handover.outcome == CaseResult::not_reached);
        CHECK(a.state(id).holder == town);
    }
    SECTION("the result and the case") {
        b.must(*there, HandCaseBack{});
        line.exchange();
        CHECK(a.state(id).custody == CustodyPhase::held);
        CHECK(b.state(*there).custody == CustodyPhase::handed_back);
        CHECK(a.state(id).holder == village);
        CHECK(b.state(*there).holder == village);
    }
    CHECK(waiting(a).empty());
    CHECK(waiting(b).empty());
}

TEST_CASE("Only fields on the peer's list travel, and the log says that they left, before they do") {
    Line line;
    const auto id = line.a.new_case({text(1, SealedCode::name, "扎西"), text(1, SealedCode::phone, "13800000000"),
                                     text(0, SealedCode::summary, "草场界线")});
    line.a.must(id, offer());
    const auto out = waiting(line.a);
    REQUIRE(out.size() == 1);
    CHECK(out[0].message.texts ==
          std::vector{text(1, SealedCode::name, "扎西"), text(0, SealedCode::summary, "草场界线")});
    const auto disclosed = [&] {
        std::vector<PersonalDataDisclosed> all;
        for (const auto& event : line.a.history(id))
            if (const auto* one = std::get_if<PersonalDataDisclosed>(&event)) all.push_back(*one);
        return all;
    };
    REQUIRE(disclosed().size() == 1);
    CHECK(disclosed()[0].to == town);
    CHECK(disclosed()[0].fields == std::vector{SealedCode::name, SealedCode::summary});
    CHECK(disclosed()[0].subjects == std::vector<PartyNumber>{1, 0});
    line.a.restart();
    CHECK(waiting(line.a).size() == 1);
    line.exchange();
    CHECK(disclosed().size() == 1);
    const auto there = line.b.came_by(line.a.state(id).handover.id);
    REQUIRE(there);
    std::vector<SealedField> arrived;
    REQUIRE(line.b.store.read_case(*there, 0, [&](const EventView& view) {
        const auto sealed = line.b.store.unseal(view);
        arrived.insert(arrived.end(), sealed->begin(), sealed->end());
        return true;
    }));
    CHECK(arrived == out[0].message.texts);
}

TEST_CASE("A message that comes again changes nothing, whatever was lost of the rows beside the log") {
    Line line;
    const auto id = line.a.new_case();
    line.a.must(id, offer());
    const auto out = waiting(line.a).at(0).message;
    const auto first = line.b.desk().receive(out, village);
    REQUIRE(first);
    CHECK(first->verdict == Verdict::recorded);
    const auto head = line.b.store.head();
    for (const bool forget : {false, true}) {
        // Rows of another release of the desk are built again from the log.
        if (forget) REQUIRE(line.b.store.write({"handover", 1}, {}, DerivedHead{.generation = 1, .cursor = head}));
        line.b.restart(true);
        const auto again = line.b.desk().receive(out, village);
        REQUIRE(again);
        CHECK(again->verdict == Verdict::repeated);
        CHECK(again->number == first->number);
        CHECK(line.b.store.head() == head);
    }
}

TEST_CASE("An acceptance that crosses with a withdrawal is none") {
    Line line;
    const auto id = line.a.new_case();
    line.a.must(id, offer());
    line.exchange();
    const auto there = line.b.came_by(line.a.state(id).handover.id);
    line.b.must(*there, AcceptHandover{});
    line.a.must(id, WithdrawHandover{});
    const auto late = line.a.desk().receive(waiting(line.b).at(0).message, town);
    REQUIRE(late);
    CHECK(late->verdict == Verdict::ignored);
    CHECK_FALSE(late->detail.empty());
    line.exchange();
    CHECK(line.a.state(id).custody == CustodyPhase::held);
    CHECK(line.b.state(*there).custody == CustodyPhase::offer_ended);
    CHECK(line.b.state(*there).holder == village);
}

TEST_CASE("A peer speaks for itself only, about its own hand-overs, in turn") {
    Line line;
    const auto id = line.a.new_case();
    line.a.must(id, offer());
    auto message = waiting(line.a).at(0).message;
    const auto verdict = [&](TestOffice& office, const handover::Message& sent, std::string_view peer) {
        const auto answer = office.desk().receive(sent, peer);
        REQUIRE(answer);
        return answer->verdict;
    };
    CHECK(verdict(line.b, message, "540629-103") == Verdict::refused);
    auto other = message;
    other.to = "540629-103";
    CHECK(verdict(line.b, other, village) == Verdict::refused);
    other = message;
    other.from = "540629-103";  // Nobody knows them here.
    CHECK(verdict(line.b, other, "540629-103") == Verdict::refused);
    other = message;
    other.body = handover::Confirmed{make_date(2024, 3, 4)};
    other.texts.clear();
    CHECK(verdict(line.b, other, village) == Verdict::refused);  // Not before the offer.
    CHECK(line.b.store.head() == 0);
    CHECK(verdict(line.b, message, village) == Verdict::recorded);
    // The conversation is the village's and the town's: nobody offers it as their own, or answers in their place.
    other = message;
    other.from = town;
    other.to = village;
    CHECK(verdict(line.a, other, town) == Verdict::refused);
    other.body = handover::ResultTold{CaseResult::succeeded, true};
    CHECK(verdict(line.a, other, town) == Verdict::refused);
    CHECK(line.a.state(id).custody == CustodyPhase::offered);
}

TEST_CASE("The courier tries a broken line again after a pause that grows, and tells of lines that are not there") {
    Line line;
    line.a.must(line.a.new_case(), offer());
    auto elsewhere = offer();
    elsewhere.to = "540600-900";
    line.a.must(line.a.new_case(), elsewhere);
    handover::Courier courier(line.a.desk(), line.to(line.b, line.a), line.clock);
    line.up = false;
    auto round = courier.round();
    REQUIRE(round);
    CHECK(round->failures.size() == 1);
    CHECK(round->letters.size() == 1);
    CHECK(round->letters.at(0).to == "540600-900");
    CHECK(courier.round()->postponed == 1);
    CHECK(line.sent == 1);
    line.clock.advance(handover::Courier::pause_first);
    CHECK(courier.round()->failures.size() == 1);
    line.clock.advance(handover::Courier::pause_first / 2);
    CHECK(courier.round()->postponed == 1);  // Two seconds by now, less what its place takes off.
    line.up = true;
    line.clock.advance(handover::Courier::pause_most);
    round = courier.round();
    CHECK(round->delivered == 1);
    CHECK(round->failures.empty());
    CHECK(courier.round()->delivered == 0);
}

TEST_CASE("A peer that does not answer is asked once for all that waits for it, and holds up nobody else") {
    const std::string county = "540629-900";
    ManualClock clock{start_of_day(make_date(2024, 3, 4))};
    TestOffice office{village, clock, handover::Peers({line_to(town), line_to(county)})};
    std::map<std::string, std::size_t> asked;
    std::string chokes_on;  // Of which nothing comes back.
    bool town_is_up = false;
    const handover::Post post = [&](const handover::Peer& peer, const std::string& message) -> Result<handover::Reply> {
        ++asked[peer.organisation];
        if (peer.organisation == town && !town_is_up) return failure(ErrorCode::unavailable, "no route to host");
        if (!chokes_on.empty() && message.find(chokes_on) != std::string::npos)
            return failure(ErrorCode::unavailable, "connection reset");
        return handover::Reply{200, R"({"verdict":"recorded"})"};
    };
    handover::Courier courier(office.desk(), post, clock);
    constexpr std::size_t many = handover::Desk::outgoing_max + 6;
    for (std::size_t i = 0; i < many; ++i) {
        const auto id = office.new_case();
        office.must(id, offer());
        if (i == 0) chokes_on = office.state(id).handover.id;
    }
    auto up = offer();
    up.to = county;
    office.must(office.new_case(), up);

    CHECK(waiting(office).size() == handover::Desk::outgoing_max);
    CHECK(office.desk().outgoing([](Position, const handover::Peer*) { return false; })->empty());
    auto round = courier.round();
    REQUIRE(round);
    CHECK(round->delivered == 1);
    CHECK(round->failures.size() == 1);
    CHECK(round->postponed == many - 1);
    CHECK(courier.round()->postponed == many);
    CHECK(asked == std::map<std::string, std::size_t>{{county, 1}, {town, 1}});

    SECTION("and once more, also by whoever does not want to wait") {
        REQUIRE(courier.round(true)->failures.size() == 1);
        CHECK(asked.at(town) == 2);
        town_is_up = true;
        chokes_on.clear();
        CHECK(courier.round(true)->delivered == many);
        CHECK(waiting(office).empty());
    }
    SECTION("and a message that it chokes on does not keep the others from it") {
        town_is_up = true;
        std::size_t delivered = 0;
        for (int i = 0; i < 20; ++i) {
            clock.advance(std::chrono::milliseconds{500});
            delivered += courier.round()->delivered;
        }
        CHECK(delivered == many - 1);
        REQUIRE(waiting(office).size() == 1);
        CHECK(waiting(office).at(0).message.handover == chokes_on);
        chokes_on.clear();
        clock.advance(handover::Courier::pause_most);
        CHECK(courier.round()->delivered == 1);
    }
}
