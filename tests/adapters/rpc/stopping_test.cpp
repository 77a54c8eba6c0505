#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/adapters/rpc/office.hpp"
#include "tests/adapters/rpc/wire.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;
using access::Action;
using access::Role;

TEST_CASE("a follower outlives the server again and again without losing or repeating an event") {
    Office office;
    const auto token = office.token({Action::read_feed});
    constexpr Position total = 2'000;
    std::atomic<Position> seen{0};
    std::atomic<bool> in_order{true};
    std::string trouble;
    std::thread follower([&, address = office.address()] {
        auto client = client::Client::connect({.address = address,
                                               .reconnect_first = std::chrono::milliseconds(5),
                                               .reconnect_last = std::chrono::milliseconds(50)},
                                              {.token = token.secret});
        if (!client) {
            trouble = client.error().code;
            return;
        }
        const auto end = (*client)->follow({.after = 0, .batch_events_max = 7}, [&](const client::FeedEvent& event) {
            if (event.header.position != seen + 1) in_order = false;
            seen = event.header.position;
            return event.header.position != total;
        });
        if (!end)
            trouble = end.error().code;
        else if (*end != total)
            trouble = "ended elsewhere";
    });
    for (int round = 1; round <= 10; ++round) {
        office.register_cases(total / 10);
        const Position aim = total / 10 * static_cast<Position>(round) - total / 20;
        CHECK(comes_true([&] { return seen >= aim; }));
        office.stop_server();
        office.start_server();
    }
    follower.join();
    CHECK(trouble.empty());
    CHECK(in_order);
    CHECK(seen == total);
}

TEST_CASE("stopping answers what is in flight and takes nothing more") {
    Office office;
    office.add("head", {Role::head});
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("head"));
    REQUIRE(loop.wait(kj::mv(in.who)));
    std::vector<kj::Promise<client::Reply<client::Receipt>>> answers;
    for (int i = 0; i < 500; ++i) answers.push_back(client::submit(in.case_worker, registration_order()));
    loop.io.waitScope.poll();
    CHECK(comes_true([&] { return office.server().figures().calls > 1; }));
    std::thread stopper([&] { office.stop_server(); });
    std::size_t taken = 0;
    std::size_t refused = 0;
    std::size_t lost = 0;
    for (auto& answer : answers) {
        try {
            const auto reply = loop.wait(kj::mv(answer));
            if (reply)
                ++taken;
            else if (reply.error().retryable)
                ++refused;
        } catch (const kj::Exception&) {
            ++lost;
        }
    }
    stopper.join();
    CHECK(taken + refused + lost == answers.size());
    // What was answered is in the log, and what is in the log was answered: nobody is left in doubt.
    CHECK(office.service().head() == taken);
}

TEST_CASE("stopping does not wait for clients that do not hang up") {
    Office office;
    office.add("head", {Role::head});
    const auto idle = office.client(office.person("head"));
    const RawSocket silent(office.address());
    const auto begun = std::chrono::steady_clock::now();
    office.stop_server();
    CHECK(std::chrono::steady_clock::now() - begun < Limits().stop_time / 2);
    CHECK(silent.is_closed_by_peer());
    const auto lost = idle->submit(registration_order());
    REQUIRE_FALSE(lost);
    CHECK(lost.error().kind == client::Trouble::Kind::connection);
    office.start_server();
    CHECK(idle->submit(registration_order()));
}

TEST_CASE("a client that stops reading holds up neither the stop nor the others") {
    Limits limits;
    limits.stop_time = std::chrono::milliseconds(300);
    limits.answer_bytes_max = 64u << 10;
    Office office(limits);
    office.add("head", {Role::head});
    const auto setup = office.client(office.person("head"));
    const auto id = to_string(accepted_case(*setup));
    Loop loop;
    auto stream = loop.io.provider->getNetwork()
                      .parseAddress(kj::StringPtr(office.address().c_str()))
                      .wait(loop.io.waitScope)
                      ->connect()
                      .wait(loop.io.waitScope);
    client::Connection deaf(kj::heap<DeafStream>(kj::mv(stream)));
    auto in = client::log_in(deaf.gate(), office.person("head"));
    std::vector<kj::Promise<client::Reply<client::ShownCase>>> views;
    for (int i = 0; i < 3'000; ++i) views.push_back(client::show(in.case_worker, id, {}, false));
    std::uint64_t answered = 0;
    CHECK(comes_true([&] {
        loop.io.waitScope.poll();
        return office.server().figures().calls > 50;
    }));
    // The other is answered all the while.
    for (int i = 0; i < 20; ++i) CHECK(setup->show(id));
    answered = office.server().figures().calls;
    CHECK(answered < 3'000);
    const auto begun = std::chrono::steady_clock::now();
    office.stop_server();
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(5));
}
