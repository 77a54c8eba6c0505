#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <set>

#include "adapters/sinks/host.hpp"
#include "storage/memory/memory_store.hpp"
#include "tests/adapters/sinks/dispute_log.hpp"
#include "tests/adapters/sinks/recording_sink.hpp"

namespace anjie::test {
namespace {

using sinks::Runner;
using sinks::SinkStatus;
using sinks::Trouble;
using Kind = Runner::Step::Kind;

struct Office {
    MemoryStore store;
    ManualClock clock{start_of_day(make_date(2024, 3, 7))};
    DisputeLog log{store};
    OtherSide other;
    RecordingSink sink{other};
    Runner runner{store, store, clock, sink, test_settings()};

    Office() { REQUIRE(runner.open()); }
    Kind step() {
        const auto step = runner.step();
        REQUIRE(step);
        return step->kind;
    }
    void settle() {
        for (int i = 0; i < 100 && step() == Kind::worked; ++i) {
        }
    }
    SinkStatus status() {
        const auto status = runner.status();
        REQUIRE(status);
        return *status;
    }
};

dispute::Event consent(dispute::PartyNumber party) { return dispute::ConsentGiven{.party = party}; }

}  // namespace

TEST_CASE("a poison event parks its case and not the sink, and a retry releases the case in order") {
    Office office;
    office.log.append(1, consent(1));
    const auto bad = office.log.append(1, consent(2));
    office.log.append(2, consent(1));
    office.log.append(1, consent(3));
    office.sink.decide = [&](const sinks::Delivery& delivery) {
        return delivery.position == bad ? poison() : delivered();
    };
    office.settle();
    CHECK(office.other.positions() == std::vector<Position>{1, 3});
    CHECK(office.status().parked == 1);
    CHECK(office.status().state == SinkStatus::State::up_to_date);
    // What comes to the parked case waits with it; others go.
    office.log.append(1, consent(1));
    office.log.append(2, consent(2));
    office.settle();
    CHECK(office.other.positions() == std::vector<Position>{1, 3, 6});
    const auto held = office.runner.held(10);
    REQUIRE(held.size() == 1);
    CHECK(held[0].hold.from_position == bad);
    CHECK(held[0].hold.reason == "never");

    office.sink.decide = {};
    REQUIRE(office.runner.retry(DisputeLog::case_id(1)));
    office.settle();
    CHECK(office.other.positions() == std::vector<Position>{1, 3, 6, 2, 4, 5});
    CHECK(office.status().parked == 0);
}

TEST_CASE("a dropped event is given up, counted, and its case goes on") {
    Office office;
    office.log.append(1, consent(1));
    office.log.append(1, consent(2));
    office.sink.decide = [&](const sinks::Delivery& delivery) {
        return delivery.position == 1 ? poison() : delivered();
    };
    office.settle();
    CHECK(office.other.got.empty());
    REQUIRE(office.runner.drop(DisputeLog::case_id(1)));
    office.settle();
    CHECK(office.other.positions() == std::vector<Position>{2});
    CHECK(office.status().dropped == 1);
    CHECK(office.runner.drop(DisputeLog::case_id(1)).error().code == ErrorCode::not_found);
}

TEST_CASE("an event that cannot be read parks its case") {
    Office office;
    office.log.append(1, consent(1));
    office.log.append_broken(2);
    office.log.append(2, consent(2));
    office.log.append(1, consent(2));
    office.settle();
    CHECK(office.other.positions() == std::vector<Position>{1, 4});
    CHECK(office.status().parked == 1);
}

TEST_CASE("an alarm, which nobody makes, leaves with the events of its case") {
    Office office;
    auto settings = test_settings();
    const auto text = boost::json::parse(R"({"organisation": "540629-1"})");
    auto fields = sinks::FieldList::read(json::Node(text, "sinks.json"));
    REQUIRE(fields);
    settings.fields = std::move(*fields);
    OtherSide other;
    RecordingSink sink{other};
    Runner runner{office.store, office.store, office.clock, sink, settings};
    REQUIRE(runner.open());
    const dispute::Event alarm = dispute::AlarmRaised{.kind = dispute::DeadlineKind::revisit};
    office.log.organisation = "540629-1";
    office.log.append(1, consent(1));
    office.log.organisation = "540629-102";
    office.log.append(2, consent(1));
    office.log.organisation = "";
    const auto mine = office.log.append(1, alarm);
    office.log.append(2, alarm);
    for (int i = 0; i < 100; ++i) {
        const auto step = runner.step();
        REQUIRE(step);
        if (step->kind != Kind::worked) break;
    }
    CHECK(other.positions() == std::vector<Position>{1, mine});
}

TEST_CASE("a failing event is tried again with growing pauses, and parks its case only while others go") {
    Office office;
    office.log.append(1, consent(1));
    office.sink.decide = [&](const sinks::Delivery& delivery) {
        return delivery.case_id == DisputeLog::case_id(1) ? later() : delivered();
    };
    std::vector<std::int64_t> pauses;
    const auto try_again = [&] {
        for (int i = 0; i < 20; ++i) {
            const auto step = office.runner.step();
            REQUIRE(step);
            if (step->kind != Kind::waiting) continue;
            pauses.push_back(step->wake_at->microseconds - office.clock.now().microseconds);
            office.clock.set(*step->wake_at);
            return;
        }
    };
    for (int i = 0; i < 30; ++i) try_again();
    // Alone it never parks: a sink that takes nothing is down.
    CHECK(office.status().parked == 0);
    CHECK(pauses.front() >= 500'000);
    CHECK(pauses.front() <= 1'000'000);
    for (const auto pause : pauses) CHECK(pause <= 900'000'000);
    for (int i = 0; i < 12; ++i) {
        office.log.append(2, consent(1));
        office.settle();
        if (office.status().parked == 0) try_again();
    }
    office.settle();
    CHECK(office.status().parked == 1);
}

TEST_CASE("trouble makes the sink wait as long as it is asked to, and nothing is lost") {
    Office office;
    office.log.append(1, consent(1));
    office.sink.decide = [](const sinks::Delivery&) {
        return Trouble{.reason = "busy", .retry_after = std::chrono::seconds{90}};
    };
    CHECK(office.step() == Kind::worked);
    const auto step = office.runner.step();
    REQUIRE(step);
    CHECK(step->kind == Kind::waiting);
    CHECK(step->wake_at->microseconds - office.clock.now().microseconds >= 90'000'000);
    CHECK(office.status().state == SinkStatus::State::backing_off);
    CHECK(office.status().trouble == "busy");
    CHECK(office.status().lag_positions == 1);
    CHECK(office.status().lag_seconds > 80'000);
    office.sink.decide = {};
    office.clock.advance(std::chrono::seconds{100});
    office.settle();
    CHECK(office.other.positions() == std::vector<Position>{1});
    CHECK(office.status().trouble.empty());
    CHECK(office.status().lag_seconds == 0);
}

TEST_CASE("a sink that is gone stays so over a restart until it is resumed, and so does one that is paused") {
    Office office;
    office.log.append(1, consent(1));
    office.sink.decide = [](const sinks::Delivery&) { return Trouble{.kind = Trouble::Kind::gone, .reason = "410"}; };
    office.settle();
    CHECK(office.step() == Kind::stopped);
    office.sink.decide = {};
    Runner again(office.store, office.store, office.clock, office.sink, test_settings());
    REQUIRE(again.open());
    CHECK(again.step()->kind == Kind::stopped);
    CHECK(again.status()->state == SinkStatus::State::gone);
    CHECK(again.status()->trouble == "410");
    REQUIRE(again.resume());
    REQUIRE(again.pause());
    CHECK(again.step()->kind == Kind::stopped);
    CHECK(again.status()->state == SinkStatus::State::paused);
    REQUIRE(again.resume());
    CHECK(again.step()->kind == Kind::worked);
    CHECK(office.other.positions() == std::vector<Position>{1});
}

TEST_CASE("a batch refused as a whole is handed over one by one, and only the refused event's case parks") {
    MemoryStore store;
    ManualClock clock{start_of_day(make_date(2024, 3, 7))};
    DisputeLog log(store);
    OtherSide other;
    TransactionalSink sink(other);
    sink.refuses = [](const sinks::Delivery& delivery) { return delivery.position == 3; };
    for (std::uint64_t i = 1; i <= 5; ++i) log.append(i % 2, consent(1));
    Runner runner(store, store, clock, sink, test_settings());
    REQUIRE(runner.open());
    for (int i = 0; i < 20; ++i) REQUIRE(runner.step());
    CHECK(other.positions() == std::vector<Position>{1, 2, 4});
    CHECK(runner.status()->parked == 1);
}

TEST_CASE("re-sending from a position delivers everything from there again") {
    Office office;
    for (std::uint64_t i = 1; i <= 4; ++i) office.log.append(i, consent(1));
    office.settle();
    REQUIRE(office.runner.resend(3));
    office.settle();
    CHECK(office.other.positions() == std::vector<Position>{1, 2, 3, 4, 3, 4});
    CHECK(office.runner.resend(6).error().code == ErrorCode::invalid);
    CHECK(office.runner.resend(0).error().code == ErrorCode::invalid);
}

TEST_CASE("the disclosure ledger says what left, of which classes, before it leaves") {
    MemoryStore store;
    ManualClock clock{start_of_day(make_date(2024, 3, 7))};
    DisputeLog log(store);
    OtherSide other;
    RecordingSink sink(other);
    auto settings = test_settings();
    const auto document = json::parse(R"({"sealed": {"dispute.consent_given": ["name"]}})", "test");
    REQUIRE(document);
    auto fields = sinks::FieldList::read(json::Node(*document, "test"));
    REQUIRE(fields);
    settings.fields = std::move(*fields);
    std::vector<sinks::Disclosure> journal;
    bool journal_works = true;
    Runner runner(store, store, clock, sink, settings, [&](const sinks::Disclosure& line) -> Result<void> {
        if (!journal_works) return failure(ErrorCode::unavailable, "full");
        journal.push_back(line);
        return {};
    });
    REQUIRE(runner.open());
    const auto name = std::uint16_t{1};
    log.append(1, dispute::CaseAccepted{.rules = "CN-1"});
    REQUIRE(runner.step());
    log.append(1, consent(2),
               {{.subject = 2, .field = name, .text = "扎西"}, {.subject = 0, .field = 12, .text = "秘密"}});
    journal_works = false;
    CHECK_FALSE(runner.step());
    CHECK(other.got.size() == 1);  // What cannot be written down does not leave.
    journal_works = true;
    REQUIRE(runner.step());
    REQUIRE(other.got.size() == 2);
    CHECK(other.got[1].event.data.contains("扎西"));
    CHECK_FALSE(other.got[1].event.data.contains("秘密"));
    const auto ledger = runner.disclosures();
    REQUIRE(ledger);
    REQUIRE(ledger->size() == 2);
    CHECK((*ledger)[0].classes == std::set<std::string, std::less<>>{"codes"});
    CHECK((*ledger)[1].classes == std::set<std::string, std::less<>>{"codes", "sealed:name"});
    CHECK((*ledger)[1].from == 2);
    CHECK((*ledger)[1].destination == "memory");
    CHECK(journal == *ledger);
}

namespace {

/// Never answers until it is told to stop.
class StuckSink final : public sinks::Sink {
public:
    [[nodiscard]] std::string destination() const override { return "nowhere"; }
    [[nodiscard]] sinks::Answer deliver(const sinks::Batch&, const std::stop_token& stop) override {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait(lock, stop, [] { return false; });
        return {.outcomes = {}, .trouble = Trouble{.reason = "stopping"}};
    }
};

}  // namespace

TEST_CASE("a sink that hangs holds neither the others nor the end of the program") {
    MemoryStore store;
    const SystemClock clock;
    DisputeLog log(store);
    OtherSide other;
    std::vector<sinks::ConfiguredSink> configured(2);
    configured[0].settings = test_settings();
    configured[0].settings.name = "stuck";
    configured[0].sink = std::make_unique<StuckSink>();
    configured[1].settings = test_settings();
    configured[1].sink = std::make_unique<RecordingSink>(other);
    auto host = sinks::SinkHost::open(store, store, clock, std::move(configured));
    REQUIRE(host);
    for (std::uint64_t i = 1; i <= 50; ++i) log.append(i, consent(1));
    (*host)->start();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    const auto arrived = [&] { return (*host)->status()->at(1).lag_positions == 0; };
    while (!arrived() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    CHECK(arrived());
    CHECK((*host)->status()->at(0).lag_positions == 50);
    CHECK((*host)->pause("nobody").error().code == ErrorCode::not_found);
    (*host)->stop();
    CHECK(other.got.size() == 50);
}

}  // namespace anjie::test
