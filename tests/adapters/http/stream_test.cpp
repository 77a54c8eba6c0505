#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <future>

#include "tests/adapters/http/running_server.hpp"

namespace anjie::http {
namespace {

using namespace std::chrono_literals;
using test::header_of;
using test::RawClient;
using test::RunningServer;
using test::status_of;

constexpr std::string_view subscribe = "GET /feed HTTP/1.1\r\nHost: h\r\n\r\n";

/// Gives the test the writer of each stream that begins.
struct Feed {
    std::promise<std::shared_ptr<StreamWriter>> begun;
    std::function<void(Stream&)> change{[](Stream&) {}};

    Router router() {
        Router router;
        router.add(Method::get, "/feed", [this](Request&) {
            auto response = event_stream([this](std::shared_ptr<StreamWriter> writer) { begun.set_value(writer); });
            change(*response.stream);
            return response;
        });
        return router;
    }
    std::shared_ptr<StreamWriter> writer() { return begun.get_future().get(); }
};

/// Puts a chunked body together; nullopt when it is malformed or does not end.
std::optional<std::string> unchunked(std::string_view body) {
    std::string out;
    while (true) {
        const auto line = body.find("\r\n");
        if (line == std::string_view::npos) return std::nullopt;
        const auto size = std::stoul(std::string(body.substr(0, line)), nullptr, 16);
        body.remove_prefix(line + 2);
        if (body.size() < size + 2 || body.substr(size, 2) != "\r\n") return std::nullopt;
        if (size == 0) return body.size() == 2 ? std::optional(out) : std::nullopt;
        out += body.substr(0, size);
        body.remove_prefix(size + 2);
    }
}

std::future<StreamEnd> end_of(StreamWriter& writer) {
    auto promise = std::make_shared<std::promise<StreamEnd>>();
    writer.on_end([promise](StreamEnd end) { promise->set_value(end); });
    return promise->get_future();
}

}  // namespace

TEST_CASE("an event's text is written so that nothing in it becomes another event") {
    CHECK(to_string(ServerSentEvent{.id = "7", .event = "case", .data = "a\nb\r\nc\rd"}) ==
          "id: 7\nevent: case\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
    CHECK(to_string(ServerSentEvent{.id = "7\ndata: x", .event = "y\r\nid: 9"}) ==
          "id: 7data: x\nevent: yid: 9\ndata: \n\n");
}

TEST_CASE("a stream goes out as it is written, in chunks, and ends when its writer says so") {
    Feed feed;
    RunningServer running(feed.router());
    RawClient client(running.port());
    client.send(subscribe);
    const auto writer = feed.writer();
    auto end = end_of(*writer);
    const auto head = client.read_until("\r\n\r\n");
    CHECK(status_of(head) == 200);
    CHECK(header_of(head, "Content-Type") == "text/event-stream");
    CHECK(header_of(head, "Transfer-Encoding") == "chunked");
    CHECK(header_of(head, "Content-Length").empty());
    auto body = client.read_until("retry: 2000\n\n");
    for (int i = 0; i < 100; ++i) {
        CHECK(writer->write(to_string(ServerSentEvent{.id = std::to_string(i), .data = "x"})));
        if (i % 10 == 0) body += client.read_until(fmt::format("id: {}\ndata: x\n\n", i));
    }
    writer->finish();
    CHECK_FALSE(writer->write("late"));
    const auto rest = client.read_to_end();
    REQUIRE(rest);
    const auto all = unchunked(body + *rest);
    REQUIRE(all);
    std::string expected = "retry: 2000\n\n";
    for (int i = 0; i < 100; ++i) expected += fmt::format("id: {}\ndata: x\n\n", i);
    CHECK(*all == expected);
    CHECK(end.get() == StreamEnd::finished);
    CHECK_FALSE(writer->open());
    CHECK(writer->room() == 0);
}

TEST_CASE("a silent stream is kept alive, and its writer learns at once when the client leaves") {
    Feed feed;
    feed.change = [](Stream& stream) { stream.heartbeat = 100ms; };
    RunningServer running(feed.router());
    auto client = std::make_unique<RawClient>(running.port());
    client->send(subscribe);
    const auto writer = feed.writer();
    auto end = end_of(*writer);
    for (int i = 0; i < 3; ++i) CHECK(client->read_until("3\r\n:\n\n\r\n").ends_with("3\r\n:\n\n\r\n"));
    client.reset();
    REQUIRE(end.wait_for(20s) == std::future_status::ready);
    CHECK(end.get() == StreamEnd::client_left);
    CHECK_FALSE(writer->write("anybody?"));
}

TEST_CASE("who does not read is dropped with a reason, after whole events, and costs a bounded buffer") {
    Feed feed;
    feed.change = [](Stream& stream) { stream.buffer_bytes_max = 65'536; };
    Metrics metrics;
    ServerOptions options;
    options.metrics = &metrics;
    options.limits.linger_time = 20s;
    RunningServer running(feed.router(), options);
    RawClient client(running.port(), 4'096);
    client.send(subscribe);
    const auto writer = feed.writer();
    auto end = end_of(*writer);
    const auto event = to_string(ServerSentEvent{.id = "1", .data = std::string(1'000, 'x')});
    std::size_t written = 0;
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (writer->write(event) && std::chrono::steady_clock::now() < until) {
        written += event.size();
        CHECK(writer->room() <= 65'536);
    }
    CHECK_FALSE(writer->open());
    const auto all = client.read_to_end();
    REQUIRE(all);
    const auto body = unchunked(test::body_of(*all));
    REQUIRE(body);
    const std::string last = "event: end\ndata: {\"reason\":\"slow\"}\n\n";
    REQUIRE(body->ends_with(last));
    const auto events = body->size() - last.size() - std::string("retry: 2000\n\n").size();
    CHECK(events % event.size() == 0);
    CHECK(events == written);
    CHECK(end.get() == StreamEnd::slow);
    CHECK(metrics.text().find(R"(anjie_http_streams_ended_total{reason="slow"} 1)") != std::string::npos);
}

TEST_CASE("who never reads again is cut") {
    Feed feed;
    feed.change = [](Stream& stream) { stream.buffer_bytes_max = 65'536; };
    ServerOptions options;
    options.limits.linger_time = 100ms;
    RunningServer running(feed.router(), options);
    RawClient client(running.port(), 4'096);
    client.send(subscribe);
    const auto writer = feed.writer();
    auto end = end_of(*writer);
    const auto until = std::chrono::steady_clock::now() + 60s;
    while (writer->write(std::string(1'000, 'x')) && std::chrono::steady_clock::now() < until) {
    }
    REQUIRE(end.wait_for(20s) == std::future_status::ready);
    CHECK(end.get() == StreamEnd::slow);
}

TEST_CASE("a writer that waits for room sends as fast as its client reads, and nothing is lost") {
    Feed feed;
    feed.change = [](Stream& stream) { stream.buffer_bytes_max = 65'536; };
    RunningServer running(feed.router());
    RawClient client(running.port(), 4'096);
    client.send(subscribe);
    const auto writer = feed.writer();
    std::string sent = "retry: 2000\n\n";
    auto writing = std::async(std::launch::async, [&] {
        for (int i = 0; i < 2'000; ++i) {
            const auto event = to_string(ServerSentEvent{.id = std::to_string(i), .data = std::string(1'000, 'x')});
            if (!writer->wait_room(event.size(), 20s) || !writer->write(event)) return false;
            sent += event;
        }
        writer->finish();
        return true;
    });
    const auto all = client.read_to_end();
    CHECK(writing.get());
    REQUIRE(all);
    CHECK(unchunked(test::body_of(*all)) == sent);
}

TEST_CASE("stopping ends a stream with its last event, and a writer that waits is woken") {
    Feed feed;
    RunningServer running(feed.router());
    RawClient client(running.port());
    client.send(subscribe);
    const auto writer = feed.writer();
    auto end = end_of(*writer);
    writer->write("data: before\n\n");
    auto waiting = std::async(std::launch::async, [&] { return writer->wait_room(1u << 30, 60s); });
    running.stop();
    CHECK_FALSE(waiting.get());
    CHECK(end.get() == StreamEnd::shutdown);
    const auto all = client.read_to_end();
    REQUIRE(all);
    const auto body = unchunked(test::body_of(*all));
    REQUIRE(body);
    CHECK(*body == "retry: 2000\n\ndata: before\n\nevent: end\ndata: {\"reason\":\"shutdown\"}\n\n");
}

TEST_CASE("more streams than there are places are told to come again") {
    Feed feed;
    ServerOptions options;
    options.limits.streams_max = 1;
    RunningServer running(feed.router(), options);
    RawClient first(running.port());
    first.send(subscribe);
    const auto writer = feed.writer();
    RawClient second(running.port());
    second.send(subscribe);
    const auto answer = second.read_answer();
    CHECK(status_of(answer) == 503);
    CHECK(header_of(answer, "Retry-After") == "1");
}

}  // namespace anjie::http
