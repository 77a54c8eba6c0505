#include <catch2/catch.hpp>

#include "tests/adapters/rpc/office.hpp"
#include "tests/adapters/rpc/wire.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;
using access::Action;
using access::Role;

TEST_CASE("wrong credentials are answered alike, whatever is wrong with them") {
    Office office;
    office.add("mediator", {Role::mediator});
    office.add("gone", {Role::mediator});
    access::UserChange disabled;
    disabled.disabled = true;
    REQUIRE(office.access().change_user(office.administrator(), "gone", disabled, {"127.0.0.1", "test"}));
    std::optional<client::Trouble> first;
    for (const client::Credentials& wrong : {client::Credentials{.name = "mediator", .password = "not the password"},
                                             client::Credentials{.name = "nobody", .password = std::string(password)},
                                             client::Credentials{.name = "gone", .password = std::string(password)},
                                             client::Credentials{.name = "", .password = ""}}) {
        const auto refused = client::Client::connect({.address = office.address()}, wrong);
        REQUIRE_FALSE(refused);
        if (!first) first = refused.error();
        CHECK(refused.error().code == "wrong_credentials");
        CHECK(refused.error().message == first->message);
        CHECK(refused.error().retryable == first->retryable);
    }
    const auto token = client::Client::connect({.address = office.address()}, {.token = "anjie_wrong"});
    REQUIRE_FALSE(token);
    CHECK(token.error().code == "token_invalid");
}

TEST_CASE("what was asked for together with a wrong log-in is refused for the same reason") {
    Office office;
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), {.name = "nobody", .password = "nothing"});
    auto registered = client::register_case(in.case_worker, registration_order());
    auto then = client::submit(registered.registered, order({}, "accept_case"));
    const auto list = in.auditor.listRequest().send().wait(loop.io.waitScope);
    REQUIRE(list.hasTrouble());
    CHECK(text_of(list.getTrouble().getCode()) == "wrong_credentials");
    CHECK(loop.wait(kj::mv(registered.receipt)).error().code == "wrong_credentials");
    CHECK(loop.wait(kj::mv(then)).error().code == "wrong_credentials");
    CHECK(office.service().head() == 0);
}

TEST_CASE("guessing is slowed down and says for how long") {
    Office office({}, R"({"rates": {"login": {"per_minute": 6, "burst": 3}}})");
    office.add("mediator", {Role::mediator});
    std::vector<std::string> codes;
    std::optional<client::Trouble> last;
    for (int i = 0; i < 5; ++i) {
        const auto refused =
            client::Client::connect({.address = office.address()}, {.name = "mediator", .password = "guess"});
        REQUIRE_FALSE(refused);
        codes.push_back(refused.error().code);
        last = refused.error();
    }
    CHECK(codes == std::vector<std::string>{"wrong_credentials", "wrong_credentials", "wrong_credentials",
                                            "too_many_attempts", "too_many_attempts"});
    CHECK(last->retryable);
    CHECK(last->retry_after.count() > 0);
}

TEST_CASE("a connection that tries again and again is ended") {
    Limits limits;
    limits.log_ins_max = 4;
    Office office(limits);
    Loop loop;
    auto connection = loop.connect(office.address());
    int refused = 0;
    const auto lost = [&] {
        auto in = client::log_in(connection->gate(), {.token = "anjie_wrong"});
        try {
            const auto who = loop.wait(kj::mv(in.who));
            if (!who && who.error().code == "token_invalid") ++refused;
            return false;
        } catch (const kj::Exception&) {
            return true;
        }
    };
    CHECK(comes_true(lost));
    CHECK(refused == 4);
    loop.wait(connection->lost());
}

TEST_CASE("a capability held when its token is revoked fails on the next call") {
    Office office;
    const auto token = office.token({Action::list_cases, Action::register_case, Action::read_case});
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), {.token = token.secret});
    auto registered = client::register_case(in.case_worker, registration_order());
    REQUIRE(loop.wait(kj::mv(registered.receipt)));
    REQUIRE(office.access().revoke_token(office.administrator(), token.id, {"127.0.0.1", "test"}));
    CHECK(loop.wait(client::submit(in.case_worker, registration_order())).error().code == "token_invalid");
    CHECK(loop.wait(client::submit(registered.registered, order({}, "accept_case"))).error().code == "token_invalid");
    const auto list = in.case_worker.listRequest().send().wait(loop.io.waitScope);
    CHECK(text_of(list.getTrouble().getCode()) == "token_invalid");
    CHECK(office.service().head() == 1);
}

TEST_CASE("a person who is disabled, or loses a role, is stopped at the next call") {
    Office office;
    office.add("mediator", {Role::mediator});
    const auto client = office.client(office.person("mediator"));
    REQUIRE(client->submit(registration_order()));
    access::UserChange change;
    change.roles = {Role::statistician};
    REQUIRE(office.access().change_user(office.administrator(), "mediator", change, {"127.0.0.1", "test"}));
    CHECK(client->submit(registration_order()).error().code == "role_lacks_action");
    change = {};
    change.disabled = true;
    REQUIRE(office.access().change_user(office.administrator(), "mediator", change, {"127.0.0.1", "test"}));
    CHECK(client->submit(registration_order()).error().code == "session_ended");
    CHECK(office.service().head() == 1);
}

TEST_CASE("who asks too fast is told to wait and stays connected") {
    Office office({}, R"({"rates": {"person": {"per_minute": 1, "burst": 20}}})");
    office.add("mediator", {Role::mediator});
    const auto client = office.client(office.person("mediator"));
    const std::vector<client::Order> orders(100, registration_order());
    std::size_t taken = 0;
    for (const auto& reply : client->submit_all(orders)) {
        if (reply)
            ++taken;
        else
            CHECK(reply.error().code == "too_many_attempts");
    }
    CHECK(taken == 20);
    CHECK(client->show("x").error().code == "too_many_attempts");
}

TEST_CASE("refused log-ins and refused offices stand in the journal") {
    Office office;
    office.add("mediator", {Role::mediator});
    CHECK_FALSE(client::Client::connect({.address = office.address()}, {.name = "mediator", .password = "guess"}));
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("mediator"));
    CHECK(in.auditor.checkpointRequest().send().wait(loop.io.waitScope).hasTrouble());
    const auto journal = office.access().journal(
        {.kinds = {access::JournalKind::login_failure, access::JournalKind::login, access::JournalKind::refusal}});
    REQUIRE(journal);
    std::vector<access::JournalKind> kinds;
    for (const auto& row : *journal) kinds.push_back(row.entry.kind);
    CHECK(kinds ==
          std::vector{access::JournalKind::login_failure, access::JournalKind::login, access::JournalKind::refusal});
}
