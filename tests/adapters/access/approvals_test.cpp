#include <catch2/catch.hpp>

#include "tests/adapters/access/fixture.hpp"

namespace anjie::access {
namespace {

using State = ApprovalRequest::State;

const TwoPersonOrder erasure{.kind = TwoPersonKind::erasure,
                             .scope = {"540629-102", Confidentiality::ordinary},
                             .target = "case=1 subjects=1",
                             .reason = "PIPL 47"};

TEST_CASE("Two persons: one asks, another approves, and it is carried out once") {
    Office office;
    const auto head = office.add("tashi", {Role::head});
    const auto other = office.add("nima", {Role::judicial_office}, {"540629"});
    const auto asked = office.access().request(head, erasure, office.client());
    REQUIRE(word(asked) == "ok");
    CHECK(asked->state == State::open);
    CHECK(word(office.access().carry_out(head, asked->id, erasure, office.client())) == "needs_second_person");
    CHECK(word(office.access().approve(head, asked->id, office.client())) == "own_request");
    CHECK(word(office.access().carry_out(head, asked->id, erasure, office.client())) == "needs_second_person");
    office.reopen();
    const auto approved = office.access().approve(other, asked->id, office.client());
    REQUIRE(word(approved) == "ok");
    CHECK(approved->decided_by == "nima");
    CHECK(word(office.access().approve(other, asked->id, office.client())) == "request_not_open");
    office.reopen();
    const auto done = office.access().carry_out(head, asked->id, erasure, office.client());
    REQUIRE(word(done) == "ok");
    CHECK(done->state == State::carried_out);
    CHECK(word(office.access().carry_out(head, asked->id, erasure, office.client())) == "request_not_open");
    CHECK(word(office.access().carry_out(other, asked->id, erasure, office.client())) == "request_not_open");
    // All of it is on the record, in order.
    std::string trail;
    const auto rows = office.access().journal({.kinds = {JournalKind::approval}});
    for (const auto& row : *rows) trail += row.entry.who + " " + row.entry.action + "; ";
    CHECK(trail == "tashi requested; nima approved; tashi carried_out; ");
}

TEST_CASE("What was approved is what may be done: another case, another subject, another kind are refused") {
    Office office;
    const auto head = office.add("tashi", {Role::head});
    const auto other = office.add("nima", {Role::head});
    const auto asked = office.access().request(head, erasure, office.client());
    REQUIRE(word(office.access().approve(other, asked->id, office.client())) == "ok");
    auto different = erasure;
    different.target = "case=1 subjects=1,2";
    CHECK(word(office.access().carry_out(head, asked->id, different, office.client())) == "request_differs");
    different = erasure;
    different.kind = TwoPersonKind::full_export;
    CHECK(word(office.access().carry_out(head, asked->id, different, office.client())) == "request_differs");
    different = erasure;
    different.scope.organisation = "540629-103";
    CHECK(word(office.access().carry_out(head, asked->id, different, office.client())) == "request_differs");
    CHECK(word(office.access().carry_out(head, asked->id, erasure, office.client())) == "ok");
}

TEST_CASE("Only those whose role, area and clearance fit may ask and approve, and never a machine or the operator") {
    Office office;
    const auto head = office.add("tashi", {Role::head});
    const auto mediator = office.add("pema", {Role::mediator});
    const auto auditor = office.add("audit", {Role::auditor}, {"54"});
    const auto far = office.add("far", {Role::head}, {"540629-103"});
    auto closed = erasure;
    closed.scope.confidentiality = Confidentiality::confidential;
    CHECK(word(office.access().request(mediator, erasure, office.client())) == "role_lacks_action");
    CHECK(word(office.access().request(far, erasure, office.client())) == "outside_organisation");
    CHECK(word(office.access().request(head, closed, office.client())) == "above_clearance");
    CHECK(word(office.access().request(office.administrator(), erasure, office.client())) == "role_lacks_action");
    CHECK(word(office.access().request(office.access().local("root"), erasure, office.client())) == "login_required");
    auto empty = erasure;
    empty.target.clear();
    CHECK(word(office.access().request(head, empty, office.client())) == "error: invalid");
    const auto asked = office.access().request(head, erasure, office.client());
    REQUIRE(word(asked) == "ok");
    CHECK(word(office.access().approve(mediator, asked->id, office.client())) == "role_lacks_action");
    CHECK(word(office.access().approve(auditor, asked->id, office.client())) == "role_lacks_action");
    CHECK(word(office.access().approve(far, asked->id, office.client())) == "outside_organisation");
    CHECK(word(office.access().approve(office.access().local("root"), asked->id, office.client())) == "login_required");
    CHECK(word(office.access().approve(head, "none", office.client())) == "error: not_found");
    CHECK(office.access().request_of(asked->id)->state == State::open);
}

TEST_CASE("A request expires, approved or not; it can be refused, and taken back by whoever asked") {
    Office office;
    const auto head = office.add("tashi", {Role::head});
    const auto other = office.add("nima", {Role::head});
    const auto ask = [&] { return office.access().request(head, erasure, office.client())->id; };
    const auto late = ask();
    const auto approved_late = ask();
    REQUIRE(word(office.access().approve(other, approved_late, office.client())) == "ok");
    office.clock().advance(std::chrono::hours{72});
    CHECK(office.access().request_of(late)->state == State::expired);
    CHECK(word(office.access().approve(other, late, office.client())) == "request_not_open");
    CHECK(word(office.access().carry_out(head, approved_late, erasure, office.client())) == "request_not_open");
    const auto refused = ask();
    CHECK(word(office.access().refuse(other, refused, office.client())) == "ok");
    CHECK(word(office.access().approve(other, refused, office.client())) == "request_not_open");
    const auto taken_back = ask();
    REQUIRE(word(office.access().approve(other, taken_back, office.client())) == "ok");
    CHECK(word(office.access().refuse(head, taken_back, office.client())) == "ok");
    CHECK(word(office.access().carry_out(head, taken_back, erasure, office.client())) == "request_not_open");
    CHECK(office.access().requests()->size() == 4);
    CHECK(office.access().requests(2)->size() == 2);
}

TEST_CASE("What was carried out in vain says so and needs a new request") {
    Office office;
    const auto head = office.add("tashi", {Role::head});
    const auto other = office.add("nima", {Role::head});
    const auto asked = office.access().request(head, erasure, office.client());
    CHECK_FALSE(office.access().carried_out_in_vain(head, asked->id, office.client()));
    REQUIRE(word(office.access().approve(other, asked->id, office.client())) == "ok");
    REQUIRE(word(office.access().carry_out(head, asked->id, erasure, office.client())) == "ok");
    REQUIRE(office.access().carried_out_in_vain(head, asked->id, office.client()));
    CHECK(office.access().request_of(asked->id)->state == State::failed);
    CHECK(word(office.access().carry_out(head, asked->id, erasure, office.client())) == "request_not_open");
}

}  // namespace
}  // namespace anjie::access
