#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "tests/adapters/rpc/office.hpp"
#include "tests/adapters/rpc/wire.hpp"

using namespace anjie;
using namespace anjie::rpc;
using namespace anjie::rpc::test;
using access::Role;

TEST_CASE("an address that others can reach needs a certificate, and one that is none is named") {
    Office office;
    for (const auto* address : {"0.0.0.0:0", "[::]:0", "192.0.2.1:7443"}) {
        const auto refused = RpcServer::start(office.service(), {.address = address});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::invalid);
        CHECK(refused.error().detail.find("certificate") != std::string::npos);
    }
    CHECK(RpcServer::start(office.service(), {.address = "localhost:0"}).error().code == ErrorCode::invalid);
    CHECK(RpcServer::start(office.service(), {.address = "127.0.0.1"}).error().code == ErrorCode::invalid);
    CHECK(RpcServer::start(office.service(), {.address = office.address()}).error().code == ErrorCode::unavailable);
    const auto missing = RpcServer::start(
        office.service(), {.address = "127.0.0.1:0", .tls = TlsFiles{"/nowhere/certificate.pem", "/nowhere/key.pem"}});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::invalid);
    CHECK(missing.error().detail.find("/nowhere/certificate.pem") != std::string::npos);
}

TEST_CASE("with a certificate everything goes through TLS, and plain speech gets nowhere") {
    Office office;
    office.add("head", {Role::head});
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("anjie_rpc_tls_{}", std::rand());
    std::filesystem::create_directories(folder);
    const auto key = folder / "key.pem";
    const auto certificate = folder / "certificate.pem";
    const auto made = fmt::format(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=office.example "
        "-addext subjectAltName=DNS:office.example -keyout {} -out {} 2>/dev/null",
        key.string(), certificate.string());
    REQUIRE(std::system(made.c_str()) == 0);
    Limits limits;
    limits.log_in_time = std::chrono::milliseconds(3'000);
    auto server = RpcServer::start(office.service(),
                                   {.address = "127.0.0.1:0", .tls = TlsFiles{certificate, key}, .limits = limits});
    if (!server) FAIL(server.error().detail);
    const auto& address = (*server)->address();
    const auto safe = client::Client::connect(
        {.address = address, .trusted = certificate, .server_name = "office.example"}, office.person("head"));
    if (!safe) FAIL(safe.error().message.en);
    CHECK((*safe)->submit(registration_order()));
    CHECK_FALSE(client::Client::connect({.address = address, .trusted = certificate, .server_name = "other.example"},
                                        office.person("head")));
    CHECK_FALSE(client::Client::connect({.address = address}, office.person("head")));
    CHECK((*safe)->submit(registration_order()));
    server->reset();
    std::filesystem::remove_all(folder);
}

TEST_CASE("who does not log in in time is sent away, and who is idle for long") {
    Limits limits;
    limits.log_in_time = std::chrono::milliseconds(2'000);
    limits.idle_time = std::chrono::milliseconds(400);
    Office office(limits);
    office.add("head", {Role::head});
    const RawSocket silent(office.address());
    const RawSocket half(office.address());
    CHECK(half.send(std::string_view("\0\0\0\0\x10\0\0\0", 8)));
    CHECK(silent.is_closed_by_peer());
    CHECK(half.is_closed_by_peer());

    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("head"));
    REQUIRE(loop.wait(kj::mv(in.who)));
    loop.wait(connection->lost());
    CHECK(comes_true([&] { return office.server().figures().connections == 0; }));
}

TEST_CASE("more connections than allowed are closed, and others are let in when some have gone") {
    Limits limits;
    limits.connections_max = 3;
    Office office(limits);
    office.add("head", {Role::head});
    {
        const auto first = office.client(office.person("head"));
        const RawSocket second(office.address());
        const RawSocket third(office.address());
        CHECK(comes_true([&] { return office.server().figures().connections == 3; }));
        const RawSocket fourth(office.address());
        CHECK(fourth.is_closed_by_peer());
        CHECK(first->submit(registration_order()));
        CHECK(office.server().figures().turned_away == 1);
    }
    CHECK(comes_true([&] { return office.server().figures().connections == 0; }));
    CHECK(office.client(office.person("head"))->submit(registration_order()));
}

TEST_CASE("calls beyond the limit are answered as unavailable and the rest are done") {
    Limits limits;
    limits.calls_max = 8;
    Office office(limits);
    office.add("head", {Role::head});
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("head"));
    REQUIRE(loop.wait(kj::mv(in.who)));
    std::vector<kj::Promise<client::Reply<client::Receipt>>> answers;
    for (int i = 0; i < 500; ++i) answers.push_back(client::submit(in.case_worker, registration_order()));
    std::size_t taken = 0;
    std::size_t refused = 0;
    for (auto& answer : answers) {
        const auto reply = loop.wait(kj::mv(answer));
        if (reply)
            ++taken;
        else if (reply.error().code == "unavailable" && reply.error().retryable)
            ++refused;
    }
    CHECK(taken >= 8);
    CHECK(refused > 0);
    CHECK(taken + refused == answers.size());
    CHECK(office.service().head() == taken);
}

TEST_CASE("capabilities are handed out up to the limit, and again when some were dropped") {
    Limits limits;
    limits.capabilities_max = 14;
    Office office(limits);
    office.add("head", {Role::head});
    Loop loop;
    auto connection = loop.connect(office.address());
    auto in = client::log_in(connection->gate(), office.person("head"));
    REQUIRE(loop.wait(kj::mv(in.who)));
    std::vector<schema::Case::Client> held;
    const auto opened = [&] {
        auto request = in.case_worker.openRequest();
        request.setReference("x");
        const auto response = request.send().wait(loop.io.waitScope);
        if (!response.hasCase()) return false;
        held.push_back(response.getCase());
        return true;
    };
    for (int i = 0; i < 10; ++i) CHECK(opened());
    CHECK_FALSE(opened());
    const auto refused = loop.wait(client::submit(in.case_worker, registration_order()));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "unavailable");
    CHECK(office.service().head() == 0);
    held.clear();
    CHECK(comes_true([&] { return opened(); }));
}
