#include <capnp/message.h>
#include <capnp/rpc.capnp.h>
#include <capnp/serialize.h>
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

#include "tests/adapters/rpc/office.hpp"
#include "tests/adapters/rpc/wire.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;
using access::Role;
using capnp::rpc::Message;

namespace {

std::string bytes_of(capnp::MessageBuilder& message) {
    const auto words = capnp::messageToFlatArray(message);
    const auto bytes = words.asBytes();
    return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

std::string bootstrap(std::uint32_t question) {
    capnp::MallocMessageBuilder message;
    message.initRoot<Message>().initBootstrap().setQuestionId(question);
    return bytes_of(message);
}

/// A call of the gate's log-in, on what the first question will yield.
template <class Fill>
std::string log_in_call(std::uint32_t question, Fill fill) {
    capnp::MallocMessageBuilder message;
    auto call = message.initRoot<Message>().initCall();
    call.setQuestionId(question);
    call.initTarget().initPromisedAnswer().setQuestionId(0);
    call.setInterfaceId(capnp::typeId<schema::Gate>());
    call.setMethodId(0);
    fill(call.initParams().getContent());
    return bytes_of(message);
}

std::string words(std::initializer_list<std::uint32_t> halves) {
    std::string bytes;
    for (auto half : halves)
        for (int i = 0; i < 4; ++i, half >>= 8) bytes.push_back(static_cast<char>(half & 0xFF));
    return bytes;
}

/// Structs within structs within structs.
std::string deep_call() {
    return log_in_call(1, [](capnp::AnyPointer::Builder content) {
        auto at = content.initAsAnyStruct(0, 1);
        for (int i = 0; i < 2'000; ++i) at = at.getPointerSection()[0].initAsAnyStruct(0, 1);
    });
}

/// A list that says it has half a billion elements of no size.
std::string amplified_call() {
    auto bytes = log_in_call(1, [](capnp::AnyPointer::Builder content) {
        auto params = content.initAsAnyStruct(0, 1);
        auto credentials = params.getPointerSection()[0].initAsAnyStruct(1, 4);
        credentials.getPointerSection()[0].initAsAnyList(capnp::ElementSize::VOID, (1u << 29) - 1);
    });
    return bytes;
}

struct Hostile {
    std::string name;
    std::vector<std::string> parts;
};

std::vector<Hostile> hostile_inputs() {
    std::vector<Hostile> all;
    all.push_back({"nothing but noise", {std::string(64, '\xff')}});
    all.push_back({"four billion segments", {words({0xFFFFFFFF, 0xFFFFFFFF})}});
    all.push_back({"512 segments", {words({511}) + std::string(4 * 512 + 4, '\x01')}});
    all.push_back({"a segment of 16 GiB", {words({0, 0x7FFFFFFF})}});
    all.push_back({"segments whose sum is beyond all", {words({1, 0x7FFFFFFF, 0x7FFFFFFF, 0})}});
    all.push_back({"an empty segment", {words({0, 0})}});
    all.push_back({"a pointer out of its segment", {words({0, 1, 0xFFFFFFF0, 0x00010001})}});
    all.push_back({"a far pointer to nowhere", {words({0, 1, 0xFFFFFFFA, 0x12345678})}});
    all.push_back({"a pointer to itself", {words({0, 1, 0xFFFFFFFC, 0x00010000})}});
    all.push_back({"the same question twice", {bootstrap(7), bootstrap(7)}});
    std::string many;
    for (std::uint32_t i = 0; i < 200; ++i) many += bootstrap(i);
    all.push_back({"many questions and no finish", {many}});
    capnp::MallocMessageBuilder finish;
    finish.initRoot<Message>().initFinish().setQuestionId(99);
    all.push_back({"the end of what never began", {bytes_of(finish)}});
    capnp::MallocMessageBuilder answered;
    answered.initRoot<Message>().initReturn().setAnswerId(5);
    all.push_back({"the answer to what was never asked", {bytes_of(answered)}});
    capnp::MallocMessageBuilder resolved;
    resolved.initRoot<Message>().initResolve().setPromiseId(5);
    all.push_back({"a promise never made comes true", {bytes_of(resolved)}});
    capnp::MallocMessageBuilder released;
    released.initRoot<Message>().initRelease().setId(3);
    released.getRoot<Message>().getRelease().setReferenceCount(1'000);
    all.push_back({"what was never handed out is given back", {bytes_of(released)}});
    all.push_back({"deep nesting", {bootstrap(0), deep_call()}});
    all.push_back({"half a billion elements of no size", {bootstrap(0), amplified_call()}});
    all.push_back({"a message of more than is allowed before a log-in",
                   {bootstrap(0), log_in_call(1, [](capnp::AnyPointer::Builder content) {
                        content.initAsAnyStruct(0, 1).getPointerSection()[0].initAs<capnp::Data>(200'000);
                    })}});
    return all;
}

/// Whether a client that behaves is served as if nothing was.
void is_well(Office& office, client::Client& client) {
    const auto before = office.service().head();
    const auto receipt = client.submit(registration_order());
    if (!receipt) FAIL(receipt.error().code + ": " + receipt.error().message.en);
    CHECK(receipt->position == before + 1);
}

}  // namespace

TEST_CASE("hostile bytes end at most the connection that sent them") {
    Limits limits;
    limits.log_in_time = std::chrono::milliseconds(1'500);
    Office office(limits);
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    for (const auto& input : hostile_inputs()) {
        INFO(input.name);
        const RawSocket socket(office.address());
        for (const auto& part : input.parts)
            if (!socket.send(part)) break;
        // For what it sent, or because nobody logged in.
        CHECK(socket.is_closed_by_peer());
        is_well(office, *client);
    }
    CHECK(office.server().figures().turned_away > 0);
}

TEST_CASE("a conversation cut off at any byte leaves nothing behind") {
    Office office;
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    const auto whole = bootstrap(0) + log_in_call(1, [](capnp::AnyPointer::Builder content) {
                           auto credentials = content.initAs<schema::Gate::LogInParams>().initCredentials();
                           credentials.initPerson().setName("head");
                           credentials.getPerson().setPassword("guess");
                       });
    for (std::size_t length = 0; length < whole.size(); length += 3) {
        const RawSocket socket(office.address());
        CHECK(socket.send(std::string_view(whole).substr(0, length)));
        socket.end_sending();
        CHECK(socket.is_closed_by_peer());
    }
    is_well(office, *client);
    CHECK(comes_true([&] { return office.server().figures().connections == 1; }));
}

TEST_CASE("random bytes and randomly damaged messages never bring the office down") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Limits limits;
    limits.log_in_time = std::chrono::milliseconds(3'000);
    Office office(limits);
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    const auto whole = bootstrap(0) + log_in_call(1, [](capnp::AnyPointer::Builder content) {
                           auto credentials = content.initAs<schema::Gate::LogInParams>().initCredentials();
                           credentials.setToken("anjie_wrong");
                           credentials.setPurpose(std::string(300, 'x').c_str());
                       });
    std::vector<std::unique_ptr<RawSocket>> open;
    for (int round = 0; round < 400; ++round) {
        auto bytes = whole;
        if (round % 2 == 0) {
            bytes.resize(random() % 600);
            for (auto& byte : bytes) byte = static_cast<char>(random());
        } else {
            for (unsigned i = 0; i <= random() % 8; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        open.push_back(std::make_unique<RawSocket>(office.address()));
        open.back()->send(bytes);
        if (open.size() > 20) open.erase(open.begin());
        if (round % 50 == 0) is_well(office, *client);
    }
    for (const auto& socket : open) CHECK(socket->is_closed_by_peer());
    is_well(office, *client);
    CHECK(comes_true([&] { return office.server().figures().connections == 1; }));
}

TEST_CASE("damaged messages after a log-in are no better off") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Office office;
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    std::string session = bootstrap(0) + log_in_call(1, [](capnp::AnyPointer::Builder content) {
                              auto credentials = content.initAs<schema::Gate::LogInParams>().initCredentials();
                              credentials.initPerson().setName("head");
                              credentials.getPerson().setPassword(std::string(password).c_str());
                          });
    capnp::MallocMessageBuilder message;
    auto call = message.initRoot<Message>().initCall();
    call.setQuestionId(2);
    auto target = call.initTarget().initPromisedAnswer();
    target.setQuestionId(1);
    target.initTransform(1)[0].setGetPointerField(2);
    call.setInterfaceId(capnp::typeId<schema::CaseWorker>());
    call.setMethodId(1);
    auto params = call.initParams().getContent().initAs<schema::CaseWorker::SubmitParams>();
    params.setReference("x");
    params.initOrder().setCommand("{\"command\": \"accept_case\"}");
    params.getOrder().initSealed(3)[1].setText("y");
    const auto submit = bytes_of(message);
    for (int round = 0; round < 60; ++round) {
        auto damaged = submit;
        for (unsigned i = 0; i <= random() % 6; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
        const RawSocket socket(office.address());
        socket.send(session);
        socket.send(submit);
        socket.send(damaged);
        socket.end_sending();
        CHECK(socket.is_closed_by_peer());
    }
    CHECK(office.service().head() == 0);
    is_well(office, *client);
}

TEST_CASE("a hundred half-open connections cost the others nothing") {
    Limits limits;
    limits.log_in_time = std::chrono::milliseconds(3'000);
    Office office(limits);
    office.add("head", {Role::head});
    const auto client = office.client(office.person("head"));
    std::vector<std::unique_ptr<RawSocket>> open;
    for (int i = 0; i < 100; ++i) {
        open.push_back(std::make_unique<RawSocket>(office.address()));
        if (i % 2 == 0) open.back()->send(bootstrap(0).substr(0, 11));
    }
    for (int i = 0; i < 20; ++i) is_well(office, *client);
    for (const auto& socket : open) CHECK(socket->is_closed_by_peer());
    CHECK(comes_true([&] { return office.server().figures().connections == 1; }));
    is_well(office, *client);
}

TEST_CASE("a method that does not exist is answered, and the connection goes on") {
    Office office;
    office.add("head", {Role::head});
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("head"));
    auto wrong = in.feed.castAs<schema::Auditor>();
    CHECK_THROWS_AS(wrong.checkpointRequest().send().wait(loop.io.waitScope), kj::Exception);
    REQUIRE(loop.wait(client::submit(in.case_worker, registration_order())));
}
