#include <fmt/format.h>
#include <kj/debug.h>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <future>
#include <map>
#include <set>

#include "tests/adapters/rpc/office.hpp"
#include "tests/adapters/rpc/wire.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;
using access::Role;

TEST_CASE("log-in, registration, orders about the new case and its view go in one round trip") {
    Office office;
    office.add("head", {Role::head});
    Loop loop;
    auto stream = loop.io.provider->getNetwork()
                      .parseAddress(kj::StringPtr(office.address().c_str()))
                      .wait(loop.io.waitScope)
                      ->connect()
                      .wait(loop.io.waitScope);
    auto deaf = kj::heap<DeafStream>(kj::mv(stream));
    auto& ears = *deaf;
    client::Connection connection(kj::mv(deaf));

    auto in = client::log_in(connection.gate(), office.person("head"));
    auto registered = client::register_case(in.case_worker, registration_order());
    auto consent = client::submit(registered.registered, {.command = R"({"command": "give_consent", "party": 2})"});
    auto accept = client::submit(registered.registered, {.command = R"({"command": "accept_case"})"});
    auto show = registered.registered.showRequest().send();
    auto actions = registered.registered.actionsRequest().send();

    // Log-in and five calls have been answered before the client has heard a word.
    CHECK(comes_true([&] {
        loop.io.waitScope.poll();
        return office.server().figures().calls == 6;
    }));
    CHECK(office.service().head() == 3);
    ears.open();
    const auto receipt = loop.wait(kj::mv(registered.receipt));
    REQUIRE(receipt);
    CHECK(receipt->first == 1);
    const auto consented = loop.wait(kj::mv(consent));
    REQUIRE(consented);
    CHECK(consented->first == 2);
    const auto accepted = loop.wait(kj::mv(accept));
    REQUIRE(accepted);
    CHECK(accepted->first == 3);
    CHECK(accepted->case_id == receipt->case_id);
    CHECK_FALSE(show.wait(loop.io.waitScope).hasTrouble());
    const auto may = actions.wait(loop.io.waitScope);
    REQUIRE_FALSE(may.hasTrouble());
    CHECK(text_of(may.getActions()).find("record_investigation") != std::string::npos);
}

TEST_CASE("when a registration comes to nothing, so does what was said about the case, for the same reason") {
    Office office;
    office.add("head", {Role::head});
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("head"));
    auto registered = client::register_case(in.case_worker, {.command = R"({"command": "register_case"})"});
    auto next = client::submit(registered.registered, {.command = R"({"command": "accept_case"})"});
    const auto receipt = loop.wait(kj::mv(registered.receipt));
    REQUIRE_FALSE(receipt);
    CHECK(receipt.error().code == "invalid");
    const auto accepted = loop.wait(kj::mv(next));
    REQUIRE_FALSE(accepted);
    CHECK(accepted.error().code == receipt.error().code);
    CHECK(accepted.error().message == receipt.error().message);
    CHECK(office.service().head() == 0);
}

TEST_CASE("a thousand orders in flight over one connection keep each case's order") {
    Office office;
    office.add("head", {Role::head});
    constexpr std::size_t cases = 10;
    constexpr std::size_t orders_of_each = 100;
    const auto setup = office.client(office.person("head"));
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < cases; ++i) ids.push_back(to_string(accepted_case(*setup)));

    // A case is called by its id and by its first digits: the order must hold all the same.
    std::vector<client::Order> orders;
    for (std::size_t i = 0; i < cases * orders_of_each; ++i)
        orders.push_back(order(ids[i % cases], "record_investigation"));
    const auto replies = setup->submit_all(orders);
    REQUIRE(replies.size() == orders.size());
    std::map<CaseId, Version> last;
    std::set<Position> positions;
    for (const auto& reply : replies) {
        if (!reply) FAIL(reply.error().code + ": " + reply.error().message.en);
        auto& before = last[reply->case_id];
        if (before != 0) CHECK(reply->first == before + 1);
        before = reply->last;
        positions.insert(reply->position);
    }
    CHECK(last.size() == cases);
    CHECK(positions.size() == orders.size());
    for (const auto& id : ids) {
        const auto shown = setup->show(id);
        REQUIRE(shown);
        CHECK(shown->version == 3 + orders_of_each);
    }
}

TEST_CASE("orders to different capabilities of one connection are given in the order in which they were sent") {
    Office office;
    office.add("head", {Role::head});
    const auto id = to_string(accepted_case(*office.client(office.person("head"))));
    Loop loop;
    auto connection = loop.connect(office.address());
    auto first = client::log_in(connection->gate(), office.person("head"));
    auto second = client::log_in(connection->gate(), office.person("head"));
    REQUIRE(loop.wait(kj::mv(first.who)));
    REQUIRE(loop.wait(kj::mv(second.who)));
    auto open = second.case_worker.openRequest();
    open.setReference(text_of(id));
    auto opened = open.send().wait(loop.io.waitScope).getCase();
    std::vector<kj::Promise<client::Reply<client::Receipt>>> answers;
    const client::Order investigation = order(id, "record_investigation");
    for (int i = 0; i < 200; ++i) {
        if (i % 3 == 0)
            answers.push_back(client::submit(opened, investigation));
        else
            answers.push_back(client::submit(i % 3 == 1 ? first.case_worker : second.supervisor, investigation));
    }
    Version last = 3;
    for (auto& answer : answers) {
        const auto receipt = loop.wait(kj::mv(answer));
        REQUIRE(receipt);
        CHECK(receipt->first == last + 1);
        last = receipt->last;
    }
}

TEST_CASE("the same order sent again gets its first answer; another one under its key does not") {
    Office office;
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    auto registration = registration_order();
    registration.key = "their-system/1";
    const auto first = client->submit(registration);
    const auto again = client->submit(registration);
    REQUIRE(first);
    REQUIRE(again);
    CHECK_FALSE(first->repeated);
    CHECK(again->repeated);
    CHECK(again->case_id == first->case_id);
    CHECK(again->position == first->position);

    const auto id = to_string(first->case_id);
    const client::Order consent{
        .reference = id, .command = R"({"command": "give_consent", "party": 2})", .key = "their-system/2"};
    REQUIRE(client->submit(consent));
    auto other = consent;
    other.command = R"({"command": "request_consent"})";
    const auto reused = client->submit(other);
    REQUIRE_FALSE(reused);
    CHECK(reused.error().kind == client::Trouble::Kind::clash);
    CHECK(reused.error().code == "key_reused");
}

TEST_CASE("an order about a version that has passed is told the current one") {
    Office office;
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    const auto id = to_string(accepted_case(*client));
    auto stale = order(id, "record_investigation");
    stale.expected_version = 1;
    const auto refused = client->submit(stale);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "stale_version");
    CHECK(refused.error().current_version == 3);
    stale.expected_version = 3;
    CHECK(client->submit(stale));
}

TEST_CASE("what is no command is answered as a trouble, and the connection stays") {
    Office office;
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += "[";
    for (const auto& text : {std::string(), std::string("{"), std::string("[]"), std::string("{\"command\": 1}"),
                             std::string("{\"command\": \"fly\"}"), std::string("{\"command\": \"alarm_due\"}"),
                             std::string("{\"command\": \"accept_case\", \"command\": \"fly\"}"),
                             "{\"command\": " + deep, std::string("\xff\xfe{}")}) {
        const auto refused = client->submit({.reference = "x", .command = text});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == client::Trouble::Kind::error);
    }
    CHECK(client->submit(registration_order()));
    CHECK(office.server().figures().turned_away == 0);
}

TEST_CASE("lists wait for what oneself wrote") {
    Office office;
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    for (std::size_t i = 1; i <= 20; ++i) {
        const auto receipt = client->submit(registration_order());
        REQUIRE(receipt);
        const auto listed = client->list(std::string(organisation), 100, receipt->position);
        REQUIRE(listed);
        CHECK(listed->size() == i);
    }
}

TEST_CASE("a registration that states no number is not refused because somebody else was faster with a number") {
    Office office;
    const service::Caller caller{office.access().local("root"), {"127.0.0.1", "test"}, {}};
    const auto year = year_of(local_date(SystemClock{}.now()));
    for (std::uint32_t free = 1; free < 100; free += 2) {
        service::SubmitOrder stated;
        stated.command = boost::json::parse(std::string(registration)).as_object();
        auto counted = stated;
        stated.command["number"] = fmt::format("尼阿调〔{}〕{}号", year, free);
        counted.key = std::to_string(free);
        std::promise<bool> stated_done;
        office.service().submit(caller, std::move(stated),
                                [&](const auto& answer) { stated_done.set_value(answer.has_value()); });
        const auto answer = office.service().submit(caller, std::move(counted));
        CHECK(stated_done.get_future().get());
        REQUIRE(answer);
        CHECK(answer->number == fmt::format("尼阿调〔{}〕{}号", year, free + 1));
    }
    CHECK(office.service().head() == 100);
}
