#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <vector>

#include "tests/adapters/http/running_server.hpp"

namespace anjie::http {
namespace {

using test::RawClient;
using test::RunningServer;
using test::status_of;

/// What the handlers saw, in order.
struct Seen {
    std::mutex mutex;
    std::vector<std::string> paths;

    void add(const Request& request) {
        const std::scoped_lock lock(mutex);
        paths.push_back(std::string(to_string(request.method)) + " " + request.path);
    }
    std::vector<std::string> take() {
        const std::scoped_lock lock(mutex);
        return std::exchange(paths, {});
    }
};

Router routes(Seen& seen) {
    Router router;
    const auto answer = [&seen](Request& request) {
        seen.add(request);
        return Response::text(200, request.body);
    };
    router.add(Method::get, "/", answer);
    router.add(Method::get, "/smuggled", answer);
    router.add(Method::get, "/cases/{case}", answer);
    router.add(Method::post, "/commands", answer, {.body_bytes_max = 1'000});
    router.add(Method::post, "/uploads", answer, {.body_bytes_max = 1'000, .chunked = true});
    return router;
}

struct Hostile {
    std::string name;
    std::string bytes;
    unsigned status;
};

/// Would be a request of its own if what stands before it were read in another way.
const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

std::string get(std::string_view target, std::string_view more = "") {
    return fmt::format("GET {} HTTP/1.1\r\nHost: h\r\n{}\r\n", target, more);
}
std::string post(std::string_view headers, std::string_view body) {
    return fmt::format("POST /commands HTTP/1.1\r\nHost: h\r\n{}\r\n{}", headers, body);
}
std::string upload(std::string_view headers, std::string_view body) {
    return fmt::format("POST /uploads HTTP/1.1\r\nHost: h\r\n{}\r\n{}", headers, body);
}
std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

/// Every row of what Beast 1.81 lets through, and more; after each, a request that must never be seen.
std::vector<Hostile> hostile_requests() {
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    return {
        {"a coding that is not chunked, then a length",
         post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"), 400},
        {"a length, then chunked", upload("Content-Length: 5\r\n" + chunked, "0\r\n\r\n"), 400},
        {"chunked, then a length", upload(chunked + "Content-Length: 3\r\n", "0\r\n\r\n"), 400},
        {"chunked, identity", upload("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400},
        {"identity, chunked", upload("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"), 400},
        {"two codings in two fields", upload(chunked + chunked, "0\r\n\r\n"), 400},
        {"a coding with a parameter", upload("Transfer-Encoding: chunked;x=1\r\n", "0\r\n\r\n"), 400},
        {"a coding in a strange spelling", upload("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
        {"a blank before the colon", upload("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400},
        {"a vertical tab in a coding",
         upload("Transfer-Encoding: \x0b"
                "chunked\r\n",
                "0\r\n\r\n"),
         400},
        {"HTTP/1.0 with chunked", "POST /uploads HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"chunked where no upload is", post(chunked, "5\r\nhello\r\n0\r\n\r\n"), 411},
        {"trailers without end", upload(chunked, "0\r\n" + repeated("Authorization: Bearer x\r\n", 50'000) + "\r\n"),
         400},
        {"one trailer", upload(chunked, "5\r\nhello\r\n0\r\nAuthorization: Bearer x\r\n\r\n"), 400},
        {"a chunk extension of a megabyte",
         upload(chunked, "5;" + std::string(1'000'000, 'x') + "\r\nhello\r\n0\r\n\r\n"), 400},
        {"a chunk longer than the body may be", upload(chunked, "3e9\r\n" + std::string(1'001, 'x') + "\r\n0\r\n\r\n"),
         413},
        {"many chunks longer than the body may be",
         upload(chunked, repeated("64\r\n" + std::string(100, 'x') + "\r\n", 11) + "0\r\n\r\n"), 413},
        {"a chunk size that overflows", upload(chunked, "fffffffffffffffff\r\nhello\r\n0\r\n\r\n"), 400},
        {"a chunk size with a sign", upload(chunked, "+5\r\nhello\r\n0\r\n\r\n"), 400},
        {"a chunk size with a prefix", upload(chunked, "0x5\r\nhello\r\n0\r\n\r\n"), 400},
        {"a chunk that ends with a bare line feed", upload(chunked, "5\nhello\n0\n\n"), 400},
        {"a chunk longer than it says", upload(chunked, "3\r\nhello\r\n0\r\n\r\n"), 400},
        {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", 400},
        {"an empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
        {"a Host with a path", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", 400},
        {"a Host with a name before it", "GET / HTTP/1.1\r\nHost: a@h\r\n\r\n", 400},
        {"a Host with a bad port", "GET / HTTP/1.1\r\nHost: h:80x\r\n\r\n", 400},
        {"HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 400},
        {"a folded line", "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n", 400},
        {"a folded first line", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400},
        {"a coding behind a fold", upload("X: a\r\n\tTransfer-Encoding: chunked\r\n", ""), 400},
        {"raw UTF-8 in the target", "GET /案 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"raw Latin-1 in a field", "GET / HTTP/1.1\r\nHost: h\r\nX: \xe9\r\n\r\n", 400},
        {"two equal lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
        {"two different lengths", post("Content-Length: 5\r\nContent-Length: 0\r\n", "hello"), 400},
        {"a list of lengths", post("Content-Length: 5, 5\r\n", "hello"), 400},
        {"a length with a sign", post("Content-Length: +5\r\n", "hello"), 400},
        {"a negative length", post("Content-Length: -1\r\n", "hello"), 400},
        {"a length in hexadecimal", post("Content-Length: 0x5\r\n", "hello"), 400},
        {"a length that overflows", post("Content-Length: 18446744073709551621\r\n", "hello"), 400},
        {"an empty length", post("Content-Length: \r\n", "hello"), 400},
        {"a length beyond the limit", post("Content-Length: 1001\r\n", "hello"), 413},
        {"a GET with a body", get("/", "Content-Length: 5\r\n") + "hello", 400},
        {"a GET with chunks", get("/", chunked) + "0\r\n\r\n", 400},
        {"TRACE", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 405},
        {"CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 405},
        {"a method nobody knows", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
        {"a method in small letters", "get / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"HTTP/2 by its preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        {"another version", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", 400},
        {"no version", "GET /\r\nHost: h\r\n\r\n", 400},
        {"two blanks before the target", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"a tab in the request line", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"a blank in the target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"bare line feeds", "GET / HTTP/1.1\nHost: h\n\n\r\n\r\n", 400},
        {"a bare carriage return", "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n", 400},
        {"a NUL in a field", std::string("GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 37), 400},
        {"an empty field name", "GET / HTTP/1.1\r\nHost: h\r\n: a\r\n\r\n", 400},
        {"a field without a colon", "GET / HTTP/1.1\r\nHost: h\r\nnothing\r\n\r\n", 400},
        {"an empty line before the request", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"a TLS hello", "\x16\x03\x01\x02\r\n\r\n", 400},
        {"the absolute form", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"an asterisk", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"a fragment", get("/#a"), 400},
        {"dots", get("/cases/.."), 404},
        {"dots in percent signs", get("/cases/%2e%2E"), 404},
        {"one dot", get("/./cases/7"), 404},
        {"a hidden slash", get("/cases/..%2f7"), 404},
        {"a hidden backslash", get("/cases/..%5c7"), 404},
        {"a hidden NUL", get("/cases/7%00"), 400},
        {"a hidden line break", get("/cases/7%0d%0aX:%20y"), 400},
        {"half a percent sign", get("/cases/7%2"), 400},
        {"a percent sign without digits", get("/cases/%zz"), 400},
        {"UTF-8 longer than needed", get("/cases/%c0%af"), 400},
        {"half a surrogate pair", get("/cases/%ed%a0%80"), 400},
        {"a stray continuation byte", get("/cases/%80"), 400},
        {"bad UTF-8 in the query", get("/?a=%ff"), 400},
        {"a NUL in the query", get("/?a=%00"), 400},
        {"too many query parameters", get("/?" + repeated("a=1&", 101)), 400},
        {"a target without end", "GET /" + std::string(100'000, 'a'), 414},
        {"a target too long", get("/" + std::string(8'300, 'a')), 414},
        {"a header without end", "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(100'000, 'a'), 431},
        {"headers too long", get("/", "X: " + std::string(17'000, 'a') + "\r\n"), 431},
        {"too many headers", get("/", repeated("X: y\r\n", 120)), 431},
        {"an expectation nobody meets", post("Expect: 200-maybe\r\nContent-Length: 5\r\n", "hello"), 417},
    };
}

}  // namespace

TEST_CASE("each hostile request is refused, its connection closed, and what hides behind it never seen") {
    Seen seen;
    RunningServer running(routes(seen));
    for (const auto& hostile : hostile_requests()) {
        INFO(hostile.name);
        RawClient client(running.port());
        client.send(hostile.bytes);
        client.send(smuggled + smuggled);
        const auto answer = client.read_to_end();
        REQUIRE(answer);
        CHECK(status_of(*answer) == hostile.status);
        CHECK(test::header_of(*answer, "Connection") == "close");
        CHECK(test::header_of(*answer, "Content-Type") == "application/problem+json");
        CHECK(answer->find("HTTP/1.1", 1) == std::string::npos);
        CHECK(seen.take().empty());
    }
}

TEST_CASE("the same harness sees requests that are none of this (negative control)") {
    Seen seen;
    RunningServer running(routes(seen));
    RawClient client(running.port());
    client.send(get("/cases/%E5%B0%BC%E9%98%BF?x=%E6%A1%88&y=a+b"));
    CHECK(status_of(client.read_answer()) == 200);
    client.send(post("Content-Length: 5\r\n", "hello"));
    CHECK(test::body_of(client.read_answer()) == "hello");
    client.send(upload("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\nA\r\n, everyone\r\n0\r\n\r\n"));
    CHECK(test::body_of(client.read_answer()) == "hello, everyone");
    client.send(smuggled);
    CHECK(status_of(client.read_answer()) == 200);
    CHECK(seen.take() ==
          std::vector<std::string>{"GET /cases/尼阿", "POST /commands", "POST /uploads", "GET /smuggled"});
}

TEST_CASE("what comes together with a request is not taken for the next one") {
    Seen seen;
    RunningServer running(routes(seen));
    RawClient client(running.port());
    client.send(post("Content-Length: 5\r\n", "hello" + smuggled));
    const auto answer = client.read_to_end();
    REQUIRE(answer);
    CHECK(status_of(*answer) == 200);
    CHECK(test::header_of(*answer, "Connection") == "close");
    CHECK(seen.take() == std::vector<std::string>{"POST /commands"});
}

TEST_CASE("a request cut anywhere is not seen, and one that comes in pieces is") {
    Seen seen;
    RunningServer running(routes(seen));
    const auto whole = upload("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        RawClient client(running.port());
        client.send(whole.substr(0, size));
        client.shut();
        CHECK(client.read_to_end() == "");
    }
    CHECK(seen.take().empty());
    RawClient client(running.port());
    for (const char c : whole) client.send({&c, 1});
    CHECK(test::body_of(client.read_answer()) == "hello");
}

}  // namespace anjie::http
