#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <stdexcept>

#include "tests/adapters/http/running_server.hpp"

namespace anjie::http {
namespace {

using namespace std::chrono_literals;
using test::body_of;
using test::header_of;
using test::RawClient;
using test::RunningServer;
using test::status_of;

Response hello(Request&) { return Response::text(200, "hello"); }

std::string get(std::string_view target, std::string_view more = "") {
    return fmt::format("GET {} HTTP/1.1\r\nHost: h\r\n{}\r\n", target, more);
}

/// Holds handlers until it is opened.
class Gate {
public:
    void open() {
        if (!opened_.exchange(true)) promise_.set_value();
    }
    void pass() const { future_.wait(); }
    ~Gate() { open(); }

private:
    std::promise<void> promise_;
    std::shared_future<void> future_{promise_.get_future().share()};
    std::atomic<bool> opened_{};
};

ServerOptions with(const std::function<void(Limits&)>& change) {
    ServerOptions options;
    change(options.limits);
    return options;
}

/// Drips bytes so that no single wait is long, until the other side has had enough.
std::string drip(RawClient& client, std::string_view piece, std::chrono::milliseconds at_most) {
    std::string received;
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (std::chrono::steady_clock::now() < until && received.find("\r\n\r\n") == std::string::npos) {
        if (!client.send(piece)) break;
        received += client.read_until("\r\n\r\n", 20ms);
    }
    return received;
}

}  // namespace

TEST_CASE("who sends a request too slowly is told and cut, however busy he seems") {
    Router router;
    router.add(Method::get, "/", hello);
    router.add(Method::post, "/", hello);
    RunningServer running(std::move(router), with([](Limits& limits) { limits.head_time = limits.body_time = 300ms; }));
    RawClient head(running.port());
    head.send("GET / HTTP/1.1\r\n");
    CHECK(status_of(drip(head, "X: y\r\n", 10s)) == 408);
    RawClient body(running.port());
    body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000\r\n\r\n");
    CHECK(status_of(drip(body, "x", 10s)) == 408);
    RawClient silent(running.port());
    silent.send("GET");
    const auto answer = silent.read_to_end();
    REQUIRE(answer);
    CHECK(status_of(*answer) == 408);
}

TEST_CASE("an idle connection is closed without a word") {
    Router router;
    router.add(Method::get, "/", hello);
    RunningServer running(std::move(router), with([](Limits& limits) { limits.idle_time = 200ms; }));
    RawClient never(running.port());
    CHECK(never.read_to_end() == "");
    RawClient once(running.port());
    once.send(get("/"));
    CHECK(body_of(once.read_answer()) == "hello");
    CHECK(once.read_to_end() == "");
}

TEST_CASE("a handler that does not answer in time costs its client an answer, not the server a connection") {
    Gate gate;
    Router router;
    router.add(Method::get, "/slow", [&](Request& request) {
        gate.pass();
        return hello(request);
    });
    router.add(Method::get, "/", hello);
    RunningServer running(std::move(router), with([](Limits& limits) { limits.answer_time = 200ms; }));
    RawClient client(running.port());
    client.send(get("/slow"));
    const auto answer = client.read_to_end();
    REQUIRE(answer);
    CHECK(status_of(*answer) == 503);
    RawClient other(running.port());
    other.send(get("/"));
    CHECK(status_of(other.read_answer()) == 200);
    gate.open();
}

TEST_CASE("when all workers are busy and the queue is full, one more is told to come again") {
    Gate gate;
    Router router;
    router.add(Method::get, "/", [&](Request& request) {
        gate.pass();
        return hello(request);
    });
    ServerOptions options = with([](Limits& limits) {
        limits.workers = 1;
        limits.queued_requests_max = 2;
    });
    Metrics metrics;
    options.metrics = &metrics;
    RunningServer running(std::move(router), options);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {  // One works, two wait.
        clients.push_back(std::make_unique<RawClient>(running.port()));
        clients.back()->send(get("/"));
    }
    const auto until = std::chrono::steady_clock::now() + 20s;
    std::string refused;
    while (status_of(refused) != 503 && std::chrono::steady_clock::now() < until) {
        RawClient more(running.port());
        more.send(get("/"));
        refused = more.read_until("\r\n\r\n", 500ms);
    }
    CHECK(status_of(refused) == 503);
    CHECK(header_of(refused, "Retry-After") == "1");
    gate.open();
    for (auto& client : clients) CHECK(status_of(client->read_answer()) == 200);
    CHECK(metrics.text().find(R"(anjie_http_requests_total{method="GET",route="/",status="503"})") !=
          std::string::npos);
}

TEST_CASE("one client cannot take all places") {
    Router router;
    router.add(Method::get, "/", hello);
    RunningServer running(std::move(router), with([](Limits& limits) { limits.connections_per_address_max = 2; }));
    RawClient first(running.port());
    RawClient second(running.port());
    second.send(get("/"));
    CHECK(status_of(second.read_answer()) == 200);
    RawClient third(running.port());
    CHECK(third.read_to_end() == "");
    first.shut();
    CHECK(first.read_to_end() == "");
    RawClient fourth(running.port());
    fourth.send(get("/"));
    CHECK(status_of(fourth.read_answer()) == 200);
}

TEST_CASE("a middleware says who asks or refuses, but for what is open to all") {
    Router router;
    router.use([](Request& request) -> std::optional<Response> {
        const auto who = request.headers.find("Authorization");
        if (!who) return Response::text(401, "who are you?");
        request.context = std::string(*who);
        return std::nullopt;
    });
    router.add(Method::get, "/who", [](Request& request) {
        const auto* who = request.attached<std::string>();
        return Response::text(200, who == nullptr ? "nobody" : *who);
    });
    router.add(Method::get, "/health", hello, {.open = true});
    router.finish_with([](const Request&, Response& response) { response.headers.set("X-Finished", "yes"); });
    RunningServer running(std::move(router));
    RawClient client(running.port());
    client.send(get("/who"));
    const auto refused = client.read_answer();
    CHECK(status_of(refused) == 401);
    CHECK(header_of(refused, "X-Finished") == "yes");
    client.send(get("/who", "Authorization: Zhang\r\n"));
    CHECK(body_of(client.read_answer()) == "Zhang");
    client.send(get("/health"));
    CHECK(status_of(client.read_answer()) == 200);
}

TEST_CASE("a handler that throws, and one that forgets to answer, tell nothing of themselves") {
    Router router;
    router.add(Method::get, "/throws", [](Request&) -> Response { throw std::runtime_error("secret"); });
    router.add_async(Method::get, "/forgets", [](std::shared_ptr<Request>, Reply) {});
    router.add_async(Method::get, "/later", [](std::shared_ptr<Request> request, Reply reply) {
        std::thread([request = std::move(request), reply = std::move(reply)] {
            reply(Response::text(200, request->path));
            reply(Response::text(200, "again"));
        }).detach();
    });
    RunningServer running(std::move(router));
    RawClient client(running.port());
    for (const auto* path : {"/throws", "/forgets"}) {
        client.send(get(path));
        const auto answer = client.read_answer();
        CHECK(status_of(answer) == 500);
        CHECK(answer.find("secret") == std::string::npos);
    }
    for (int i = 0; i < 100; ++i) {
        client.send(get("/later"));
        CHECK(body_of(client.read_answer()) == "/later");
    }
}

TEST_CASE("an answer has the fields that keep browsers and caches from mischief") {
    Router router;
    router.add(Method::get, "/", hello);
    router.add(Method::get, "/cached", [](Request& request) {
        auto response = hello(request);
        response.headers.set("Cache-Control", "max-age=60");
        return response;
    });
    router.add(Method::post, "/", hello);
    RunningServer running(std::move(router));
    RawClient client(running.port());
    client.send(get("/", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"));
    const auto answer = client.read_answer();
    CHECK(header_of(answer, "Cache-Control") == "no-store");
    CHECK(header_of(answer, "X-Content-Type-Options") == "nosniff");
    CHECK(header_of(answer, "Content-Security-Policy").find("default-src 'none'") == 0);
    CHECK(header_of(answer, "Referrer-Policy") == "no-referrer");
    CHECK(header_of(answer, "X-Request-Id") == "4bf92f3577b34da6a3ce929d0e0e4736");
    client.send(get("/cached"));
    CHECK(header_of(client.read_answer(), "Cache-Control") == "max-age=60");
    client.send("DELETE / HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto not_allowed = client.read_answer();
    CHECK(status_of(not_allowed) == 405);
    CHECK(header_of(not_allowed, "Allow") == "GET, HEAD, POST");
    CHECK(header_of(not_allowed, "Content-Language") == "zh-CN");
    client.send(get("/nothing", "Accept-Language: fr, en;q=0.8, zh;q=0.5\r\n"));
    const auto not_found = client.read_answer();
    CHECK(status_of(not_found) == 404);
    CHECK(header_of(not_found, "Content-Language") == "en");
    client.send("OPTIONS / HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(status_of(client.read_answer()) == 204);
    client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto head = client.read_until("\r\n\r\n");
    CHECK(header_of(head, "Content-Length") == "5");
    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");  // Nothing of HEAD's body before it.
    client.send("x");
    CHECK(status_of(client.read_answer()) == 200);
    RawClient old(running.port());
    old.send("GET / HTTP/1.0\r\nHost: h\r\n\r\n");
    const auto last = old.read_to_end();
    REQUIRE(last);
    CHECK(header_of(*last, "Connection") == "close");
    CHECK(body_of(*last) == "hello");
}

TEST_CASE("stopping finishes what is in flight and takes nothing new") {
    Gate gate;
    std::promise<void> begun;
    std::atomic<bool> told{};
    Router router;
    router.add(Method::get, "/", [&](Request& request) {
        begun.set_value();
        gate.pass();
        return hello(request);
    });
    ServerOptions options;
    options.stopping = [&] {
        told = true;
        gate.open();
    };
    RunningServer running(std::move(router), options);
    RawClient idle(running.port());
    RawClient client(running.port());
    client.send(get("/"));
    begun.get_future().wait();
    running.stop();
    CHECK(told);
    const auto answer = client.read_to_end();
    REQUIRE(answer);
    CHECK(body_of(*answer) == "hello");
    CHECK(header_of(*answer, "Connection") == "close");
    CHECK(idle.read_to_end() == "");
}

TEST_CASE("what takes longer than stopping may is cut") {
    std::promise<void> begun;
    Gate gate;
    Router router;
    router.add_async(Method::get, "/", [&](std::shared_ptr<Request>, Reply reply) {
        static Reply kept;  // Nobody will ever answer.
        kept = std::move(reply);
        begun.set_value();
    });
    RunningServer running(std::move(router), with([](Limits& limits) { limits.stop_time = 200ms; }));
    RawClient client(running.port());
    client.send(get("/"));
    begun.get_future().wait();
    running.stop();
    CHECK(client.read_to_end() == "");
}

TEST_CASE("an address that is taken, and TLS files that are none, are told by name") {
    Router router;
    RunningServer running(std::move(router));
    ServerOptions same;
    same.address.port = running.port();
    const auto taken = Server::listen({}, same);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == ErrorCode::unavailable);
    CHECK(taken.error().detail.find(std::to_string(running.port())) != std::string::npos);
    ServerOptions missing;
    missing.tls = TlsFiles{"/nowhere/cert.pem", "/nowhere/key.pem"};
    const auto refused = Server::listen({}, missing);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::invalid);
    CHECK(refused.error().detail.find("/nowhere/cert.pem") == 0);
}

}  // namespace anjie::http
