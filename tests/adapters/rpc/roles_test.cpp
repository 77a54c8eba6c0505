#include <catch2/catch.hpp>

#include "tests/adapters/rpc/office.hpp"
#include "tests/adapters/rpc/wire.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;
using access::Action;
using access::Role;

namespace {

/// "ok" or the trouble's code.
template <class Response>
std::string word(const Response& response) {
    return response.hasTrouble() ? text_of(response.getTrouble().getCode()) : "ok";
}

/// What each office says to somebody, in one line: a question it should answer if it is open.
struct Said {
    std::string case_worker, supervisor, auditor, feed;
    bool operator==(const Said&) const = default;
};

class Quiet final : public schema::FeedSink::Server {
    kj::Promise<void> push(PushContext) override { return kj::READY_NOW; }
    kj::Promise<void> ended(EndedContext) override { return kj::READY_NOW; }
};

Said asked(Loop& loop, client::LoggedIn& in) {
    Said said;
    said.case_worker = word(in.case_worker.listRequest().send().wait(loop.io.waitScope));
    said.supervisor = word(in.supervisor.approvalsRequest().send().wait(loop.io.waitScope));
    said.auditor = word(in.auditor.checkpointRequest().send().wait(loop.io.waitScope));
    auto subscribe = in.feed.subscribeRequest();
    subscribe.setSink(kj::heap<Quiet>());
    said.feed = word(subscribe.send().wait(loop.io.waitScope));
    return said;
}

Said said_to(Office& office, const client::Credentials& credentials) {
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), credentials);
    const auto who = loop.wait(kj::mv(in.who));
    REQUIRE(who);
    auto said = asked(loop, in);
    // What the log-in announces is what the offices then do.
    CHECK(who->case_worker == (said.case_worker == "ok"));
    CHECK(who->supervisor == (said.supervisor == "ok"));
    CHECK(who->auditor == (said.auditor == "ok"));
    CHECK(who->feed == (said.feed == "ok"));
    return said;
}

const std::string no = "role_lacks_action";

}  // namespace

TEST_CASE("each role is let into its offices and no other") {
    Office office;
    office.register_cases(1);
    office.add("registrar", {Role::registrar});
    office.add("mediator", {Role::mediator});
    office.add("head", {Role::head});
    office.add("judicial", {Role::judicial_office});
    office.add("auditor", {Role::auditor});
    office.add("statistician", {Role::statistician});
    CHECK(said_to(office, office.person("registrar")) == Said{"ok", no, no, no});
    CHECK(said_to(office, office.person("mediator")) == Said{"ok", no, no, no});
    CHECK(said_to(office, office.person("head")) == Said{"ok", "ok", "ok", no});
    CHECK(said_to(office, office.person("judicial")) == Said{"ok", "ok", "ok", "ok"});
    CHECK(said_to(office, office.person("auditor")) == Said{no, no, "ok", "ok"});
    CHECK(said_to(office, office.person("statistician")) == Said{no, no, "ok", no});
    CHECK(said_to(office, office.person("admin")) == Said{no, no, no, no});
}

TEST_CASE("a token is good for what it was made for") {
    Office office;
    office.register_cases(1);
    const std::string scope = "token_lacks_scope";
    CHECK(said_to(office, {.token = office.token({Action::read_feed}).secret}) == Said{scope, scope, scope, "ok"});
    CHECK(said_to(office, {.token = office.token({Action::list_cases, Action::register_case}).secret}) ==
          Said{"ok", scope, scope, scope});
}

TEST_CASE("an auditor reads, replays and proves, and finds no way to write") {
    Office office;
    office.add("head", {Role::head});
    office.add("auditor", {Role::auditor});
    const auto id = to_string(accepted_case(*office.client(office.person("head"))));

    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("auditor"));
    const auto shown = loop.wait(client::show(in.auditor, id, "2", false));
    REQUIRE(shown);
    CHECK(shown->version == 2);

    auto history = in.auditor.historyRequest();
    history.initRequest().setReference(text_of(id));
    const auto told = history.send().wait(loop.io.waitScope);
    REQUIRE(word(told) == "ok");
    CHECK(text_of(told.getAnswer().getView()).find("case_accepted") != std::string::npos);

    const auto head = in.auditor.checkpointRequest().send().wait(loop.io.waitScope);
    REQUIRE(word(head) == "ok");
    CHECK(head.getSize() > 0);
    auto prove = in.auditor.proveEventRequest();
    prove.setPosition(1);
    const auto proof = prove.send().wait(loop.io.waitScope);
    REQUIRE(word(proof) == "ok");
    CHECK(text_of(proof.getProof()).starts_with("c2sp.org/tlog-proof"));
    CHECK(in.auditor.logKeysRequest().send().wait(loop.io.waitScope).getKeys().size() == 1);

    auto report = in.auditor.reportRequest();
    report.initRequest().setYear(static_cast<std::uint16_t>(year_of(local_date(SystemClock().now()))));
    report.getRequest().setWaitFor(office.service().head());
    CHECK(word(report.send().wait(loop.io.waitScope)) == "ok");

    // The other offices' orders are there to be called, and answered alike whatever the case.
    for (const auto& reference : {id, std::string("no such case")}) {
        const auto refused = loop.wait(client::submit(in.case_worker, order(reference, "accept_case")));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == no);
    }
    CHECK(office.service().head() == head.getSize());
}

TEST_CASE("a case outside one's organisations is not there") {
    Office office;
    office.add("head", {Role::head});
    office.add("stranger", {Role::head}, {"540631"});
    const auto id = to_string(accepted_case(*office.client(office.person("head"))));
    const auto stranger = office.client(office.person("stranger"));
    const auto shown = stranger->show(id);
    REQUIRE_FALSE(shown);
    const auto nothing = stranger->show("018e0f3a-77aa-7bbb-8ccc-0102030405ff");
    REQUIRE_FALSE(nothing);
    CHECK(shown.error().code == "not_found");
    CHECK(shown.error().code == nothing.error().code);
    const auto listed = stranger->list({}, 10, office.service().head());
    REQUIRE(listed);
    CHECK(listed->empty());
}

TEST_CASE("a refusal by the rules explains itself in both languages with its rule and its way out") {
    Office office;
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    const auto registered = client->submit(registration_order());
    REQUIRE(registered);
    const auto refused = client->submit(order(to_string(registered->case_id), "affix_seal"));
    REQUIRE_FALSE(refused);
    const auto& why = refused.error();
    CHECK(why.kind == client::Trouble::Kind::rejection);
    CHECK_FALSE(why.retryable);
    CHECK_FALSE(why.code.empty());
    CHECK_FALSE(why.message.zh.empty());
    CHECK_FALSE(why.message.en.empty());
    CHECK_FALSE(why.rule.empty());
    CHECK((why.rule_mark == "C" || why.rule_mark == "S" || why.rule_mark == "M"));
    CHECK_FALSE(why.remedy.en.empty());
}

TEST_CASE("what takes two persons takes two persons") {
    Office office;
    office.add("head", {Role::head});
    office.add("judicial", {Role::judicial_office});
    const auto id = to_string(accepted_case(*office.client(office.person("head"))));
    Loop loop;
    auto connection = loop.connect(office.address());
    auto head = client::log_in(connection->gate(), office.person("head"));
    auto judicial = client::log_in(connection->gate(), office.person("judicial"));
    auto request = head.supervisor.requestErasureRequest();
    request.setReference(text_of(id));
    request.initSubjects(1).set(0, 1);
    request.setReason("withdrawn consent");
    const auto requested = request.send().wait(loop.io.waitScope);
    REQUIRE(word(requested) == "ok");
    const auto asked_for = text_of(requested.getApproval().getId());

    const auto approved_by = [&](schema::Supervisor::Client supervisor) {
        auto approve = supervisor.approveRequest();
        approve.setId(text_of(asked_for));
        return word(approve.send().wait(loop.io.waitScope));
    };
    CHECK(approved_by(head.supervisor) == "own_request");
    CHECK(approved_by(judicial.supervisor) == "ok");
    const auto listed = judicial.supervisor.approvalsRequest().send().wait(loop.io.waitScope);
    REQUIRE(listed.getApprovals().size() == 1);
    CHECK(text_of(listed.getApprovals()[0].getState()) == "approved");
    CHECK(text_of(listed.getApprovals()[0].getDecidedBy()) == "judicial");
}
