#include <catch2/catch.hpp>
#include <list>

#include "tests/adapters/rpc/office.hpp"
#include "tests/adapters/rpc/wire.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;
using access::Action;
using access::Role;

namespace {

/// Keeps what is pushed, and answers a batch only when it is told to.
struct Heard {
    std::vector<Position> positions;
    std::vector<std::string> names, json;
    std::size_t batches{}, heartbeats{}, payload_bytes{};
    Position next{}, head{};
    bool slow{};
    std::list<kj::Own<kj::PromiseFulfiller<void>>> unanswered;
    std::string ended;
};

class Ear final : public schema::FeedSink::Server {
public:
    explicit Ear(Heard& heard) : heard_(heard) {}

    kj::Promise<void> push(PushContext context) override {
        const auto batch = context.getParams().getBatch();
        for (const auto event : batch.getEvents()) {
            heard_.positions.push_back(event.getPosition());
            heard_.names.push_back(text_of(event.getName()));
            heard_.json.push_back(text_of(event.getJson()));
            heard_.payload_bytes += event.getPayload().size();
        }
        ++(batch.getEvents().size() == 0 ? heard_.heartbeats : heard_.batches);
        heard_.next = batch.getNext();
        heard_.head = batch.getHead();
        if (!heard_.slow) return kj::READY_NOW;
        auto pair = kj::newPromiseAndFulfiller<void>();
        heard_.unanswered.push_back(kj::mv(pair.fulfiller));
        return kj::mv(pair.promise);
    }
    kj::Promise<void> ended(EndedContext context) override {
        heard_.ended = text_of(context.getParams().getTrouble().getCode());
        heard_.next = context.getParams().getNext();
        return kj::READY_NOW;
    }

private:
    Heard& heard_;
};

struct Listener {
    Listener(Office& office, const client::Credentials& credentials)
        : connection(loop.connect(office.address())), in(client::log_in(connection->gate(), credentials)) {}

    capnp::Request<schema::Feed::SubscribeParams, schema::Feed::SubscribeResults> request(Position after) {
        auto asked = in.feed.subscribeRequest();
        asked.setAfter(after);
        asked.setSink(kj::heap<Ear>(heard));
        return asked;
    }
    schema::Subscription::Client subscribe(Position after) {
        return request(after).send().wait(loop.io.waitScope).getSubscription();
    }
    bool until(const std::function<bool()>& condition) {
        return comes_true([&] {
            loop.io.waitScope.poll();
            return condition();
        });
    }

    Loop loop;
    kj::Own<client::Connection> connection;
    client::LoggedIn in;
    Heard heard;
};

std::vector<Position> all_from(Position first, Position last) {
    std::vector<Position> positions;
    for (auto position = first; position <= last; ++position) positions.push_back(position);
    return positions;
}

}  // namespace

TEST_CASE("a feed pushes everything after a position, and then what comes, in order and once") {
    Office office;
    office.register_cases(700);
    const auto token = office.token({Action::read_feed});
    Listener listener(office, {.token = token.secret});
    const auto subscription = listener.subscribe(100);
    CHECK(listener.until([&] { return listener.heard.positions.size() == 600; }));
    office.register_cases(50);
    CHECK(listener.until([&] { return listener.heard.positions.size() == 650; }));
    CHECK(listener.heard.positions == all_from(101, 750));
    CHECK(listener.heard.next == 750);
    CHECK(listener.heard.head == 750);
    CHECK(listener.heard.payload_bytes > 650 * 16);
    CHECK(listener.heard.names.front() == "case_registered");
    CHECK(listener.heard.json.front().empty());
}

TEST_CASE("a feed gives what was asked for: kinds of events, organisations, JSON, small batches") {
    Office office;
    office.add("head", {Role::judicial_office});
    const auto client = office.client(office.person("head"));
    for (int i = 0; i < 3; ++i) (void)accepted_case(*client);
    Listener listener(office, office.person("head"));
    auto request = listener.request(0);
    auto options = request.initOptions();
    options.initFilter().initTypes(1).set(0, "case_accepted");
    options.setJson(true);
    options.setWithoutPayload(true);
    options.setBatchEventsMax(1);
    const auto subscription = request.send().wait(listener.loop.io.waitScope).getSubscription();
    CHECK(listener.until([&] { return listener.heard.positions.size() == 3; }));
    CHECK(listener.heard.batches == 3);
    CHECK(listener.heard.payload_bytes == 0);
    CHECK(listener.heard.names == std::vector<std::string>(3, "case_accepted"));
    CHECK(listener.heard.json.front().find("\"case_accepted\"") != std::string::npos);

    Listener other(office, office.person("head"));
    auto elsewhere = other.request(0);
    elsewhere.initOptions().initFilter().setOrganisation("540631");
    elsewhere.getOptions().setHeartbeatSeconds(1);
    auto answer = elsewhere.send().wait(other.loop.io.waitScope);
    if (!answer.hasTrouble()) {
        // Nothing of it is for this filter, and the feed says how far it has looked.
        CHECK(other.until([&] { return other.heard.next == office.service().head(); }));
        CHECK(other.heard.positions.empty());
    } else {
        CHECK(text_of(answer.getTrouble().getCode()) == "outside_organisation");
    }
}

TEST_CASE(
    "who answers slowly only falls behind: what waits for it is bounded, others get everything, nothing is lost") {
    Limits limits;
    limits.feed_events_max = 16;
    Office office(limits);
    const auto token = office.token({Action::read_feed});
    constexpr std::size_t window = 8'192;

    Listener slow(office, {.token = token.secret});
    slow.heard.slow = true;
    auto request = slow.request(0);
    request.initOptions().setWindowBytes(window);
    const auto subscription = request.send().wait(slow.loop.io.waitScope).getSubscription();
    office.register_cases(3'000);

    Listener fast(office, {.token = token.secret});
    const auto other = fast.subscribe(0);
    CHECK(fast.until([&] {
        slow.loop.io.waitScope.poll();
        return fast.heard.positions.size() == 3'000;
    }));
    CHECK(fast.heard.positions == all_from(1, 3'000));
    // Nothing but the first batch was answered by now, so no more than the window and a batch is on its way.
    CHECK(slow.heard.batches == 1);
    const auto on_its_way = office.server().figures().events_pushed - 3'000;
    constexpr std::size_t event_bytes_least = 150;
    CHECK(on_its_way <= window / event_bytes_least + 2 * limits.feed_events_max);

    slow.heard.slow = false;
    for (auto& one : slow.heard.unanswered) one->fulfill();
    CHECK(slow.until([&] { return slow.heard.positions.size() == 3'000; }));
    CHECK(slow.heard.positions == all_from(1, 3'000));
}

TEST_CASE("dropping the subscription ends the pushing, and it goes on from any position") {
    Office office;
    office.register_cases(10);
    const auto token = office.token({Action::read_feed});
    Listener listener(office, {.token = token.secret});
    {
        auto subscription = listener.subscribe(0);
        CHECK(listener.until([&] { return listener.heard.positions.size() == 10; }));
        const auto status = subscription.statusRequest().send().wait(listener.loop.io.waitScope);
        CHECK(status.getNext() == 10);
        CHECK(status.getHead() == 10);
        CHECK(office.server().figures().subscriptions == 1);
    }
    CHECK(listener.until([&] { return office.server().figures().subscriptions == 0; }));
    office.register_cases(10);
    CHECK(listener.heard.positions.size() == 10);
    const auto again = listener.subscribe(7);
    CHECK(listener.until([&] { return listener.heard.positions.size() == 23; }));
    CHECK(listener.heard.positions.back() == 20);
    CHECK(listener.heard.positions[10] == 8);
}

TEST_CASE("a silent feed says that it is alive") {
    Limits limits;
    limits.heartbeat = std::chrono::milliseconds(20);
    Office office(limits);
    const auto token = office.token({Action::read_feed});
    Listener listener(office, {.token = token.secret});
    const auto subscription = listener.subscribe(0);
    CHECK(listener.until([&] { return listener.heard.heartbeats >= 3; }));
    CHECK(listener.heard.positions.empty());
}

TEST_CASE("a feed ends with its rights, and says so") {
    Limits limits;
    limits.heartbeat = std::chrono::milliseconds(20);
    Office office(limits);
    office.register_cases(5);
    const auto token = office.token({Action::read_feed});
    Listener listener(office, {.token = token.secret});
    const auto subscription = listener.subscribe(0);
    CHECK(listener.until([&] { return listener.heard.positions.size() == 5; }));
    REQUIRE(office.access().revoke_token(office.administrator(), token.id, {"127.0.0.1", "test"}));
    office.register_cases(5);
    CHECK(listener.until([&] { return !listener.heard.ended.empty(); }));
    CHECK(listener.heard.ended == "token_invalid");
    CHECK(listener.heard.next == 5);
    CHECK(listener.heard.positions.size() == 5);
    CHECK(listener.until([&] { return office.server().figures().subscriptions == 0; }));
}

TEST_CASE("a connection has so many subscriptions and no more") {
    Limits limits;
    limits.subscriptions_max = 3;
    Office office(limits);
    const auto token = office.token({Action::read_feed});
    Listener listener(office, {.token = token.secret});
    std::vector<schema::Subscription::Client> held;
    for (int i = 0; i < 3; ++i) held.push_back(listener.subscribe(0));
    const auto refused = listener.request(0).send().wait(listener.loop.io.waitScope);
    REQUIRE(refused.hasTrouble());
    CHECK(refused.getTrouble().getRetryable());
    held.pop_back();
    CHECK(listener.until([&] { return office.server().figures().subscriptions == 2; }));
    CHECK_FALSE(listener.request(0).send().wait(listener.loop.io.waitScope).hasTrouble());
}
