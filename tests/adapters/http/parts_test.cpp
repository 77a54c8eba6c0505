#include <catch2/catch.hpp>
#include <cstdio>
#include <thread>

#include "adapters/http/address.hpp"
#include "adapters/http/json_body.hpp"
#include "adapters/http/log.hpp"
#include "adapters/http/metrics.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/http/router.hpp"

namespace anjie::http {

TEST_CASE("an address is numbers") {
    CHECK(parse_address("127.0.0.1:8080").value() == Address{"127.0.0.1", 8080});
    CHECK(parse_address("[::1]:0").value() == Address{"::1", 0});
    CHECK(to_string(Address{"::1", 7}) == "[::1]:7");
    for (const auto* bad : {"", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:8x", "localhost:80",
                            "127.0.0.1:-1", "1.2.3:80"})
        CHECK(parse_address(bad).error().code == ErrorCode::invalid);
}

TEST_CASE("which addresses only this machine reaches") {
    for (const auto* own : {"127.0.0.1:1", "127.8.9.1:1", "[::1]:1", "[::ffff:127.0.0.1]:1"})
        CHECK(is_loopback(parse_address(own).value()));
    for (const auto* open : {"0.0.0.0:1", "192.168.1.1:1", "[::]:1", "[::ffff:10.0.0.1]:1", "[fe80::1]:1"})
        CHECK_FALSE(is_loopback(parse_address(open).value()));
}

TEST_CASE("a path leads to the route that describes it most closely") {
    Router router;
    const auto nothing = [](Request&) { return Response::empty(); };
    router.add(Method::get, "/v1/cases", nothing);
    router.add(Method::post, "/v1/cases", nothing);
    router.add(Method::get, "/v1/cases/{case}", nothing);
    router.add(Method::get, "/v1/cases/due", nothing);
    router.add(Method::get, "/v1/cases/{case}/history", nothing);
    router.add(Method::put, "/v1/{other}/due", nothing);
    router.add(Method::get, "/tile/{rest...}", nothing);
    const auto pattern = [&](Method method, const std::vector<std::string>& segments) {
        const auto match = router.match(method, segments);
        return match.route == nullptr ? "none: " + match.allow : match.route->pattern;
    };
    CHECK(pattern(Method::get, {"v1", "cases"}) == "/v1/cases");
    CHECK(pattern(Method::head, {"v1", "cases"}) == "/v1/cases");
    CHECK(pattern(Method::remove, {"v1", "cases"}) == "none: GET, HEAD, POST");
    CHECK(pattern(Method::get, {"v1", "cases", "7"}) == "/v1/cases/{case}");
    CHECK(pattern(Method::get, {"v1", "cases", "due"}) == "/v1/cases/due");
    CHECK(pattern(Method::get, {"v1", "cases", ""}) == "none: ");
    CHECK(pattern(Method::get, {"v1", "cases", "7", "history"}) == "/v1/cases/{case}/history");
    CHECK(pattern(Method::get, {"v1", "cases", "7", "nothing"}) == "none: ");
    CHECK(pattern(Method::get, {"tile", "0", "x001", "234"}) == "/tile/{rest...}");
    CHECK(pattern(Method::get, {"tile"}) == "none: ");
    const auto match = router.match(Method::get, {"v1", "cases", "尼阿", "history"});
    CHECK(match.parameters.get("case") == "尼阿");
    CHECK(router.match(Method::get, {"tile", "0", "x001"}).parameters.get("rest") == "0/x001");
}

TEST_CASE("an answer's field cannot split it") {
    Headers headers;
    headers.add("X", "a\r\nSet-Cookie: b");
    headers.add("Y\n", "a");
    headers.add("Z", "a");
    CHECK(headers.entries().size() == 1);
    headers.set("z", "b");
    CHECK(headers.all("Z") == std::vector<std::string_view>{"b"});
}

TEST_CASE("JSON from outside has limits") {
    const auto refused = [](std::string_view text, std::string_view why) {
        const auto read = parse_json(text);
        INFO(text.substr(0, 40));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::invalid);
        INFO(read.error().detail);
        CHECK(read.error().detail.find(why) != std::string::npos);
    };
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    const auto array = [](std::size_t items) {
        std::string text = "[1";
        for (std::size_t i = 1; i < items; ++i) text += ",1";
        return text + "]";
    };
    const auto text = [](std::size_t bytes) { return "\"" + std::string(bytes, 'x') + "\""; };
    CHECK(parse_json(nested(32)));
    refused(nested(33), "deep");
    CHECK(parse_json(array(10'000)));
    refused(array(10'001), "items");
    CHECK(parse_json(text(65'536)));
    refused(text(65'537), "bytes");
    refused("{" + text(65'537) + ":1}", "bytes");
    refused(R"({"a":1,"b":{"a":2,"\u0061":3}})", "twice");
    CHECK(parse_json(R"({"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]})"));
    refused("{} {}", "extra data");
    refused("", "incomplete");
    refused("{\"a\":1,}", "");
    refused("\"\xff\"", "");
    refused("[1e999]", "large");
    CHECK(parse_json(" {\"案\": [1, true, null, \"\\u6848\"]} ")->as_object().size() == 1);
}

TEST_CASE("problems say what is wrong in the reader's language, and can be told apart by machines") {
    Request request;
    request.trace_id = "0123";
    Problem wrong{.status = 422, .code = "wrong-fields", .title_zh = "字段有误", .title_en = "Some fields are wrong"};
    wrong.errors.push_back({"/parties/0", "required", "a name is needed"});
    wrong.extensions["current_version"] = 7;
    const auto chinese = problem(request, wrong);
    CHECK(chinese.status == 422);
    CHECK(chinese.headers.find("Content-Type") == "application/problem+json");
    CHECK(chinese.headers.find("Content-Language") == "zh-CN");
    const auto body = parse_json(std::string_view(chinese.body).substr(0, chinese.body.size() - 1)).value().as_object();
    CHECK(body.at("type") == "/problems/wrong-fields");
    CHECK(body.at("title") == "字段有误");
    CHECK(body.at("status") == 422);
    CHECK(body.at("retryable") == false);
    CHECK(body.at("trace_id") == "0123");
    CHECK(body.at("current_version") == 7);
    CHECK(body.at("errors").at(0).at("pointer") == "/parties/0");
    request.language = Language::en;
    CHECK(problem(request, wrong).headers.find("Content-Language") == "en");
    const auto busy = problem(request, Error{ErrorCode::unavailable, "queue full"});
    CHECK(busy.status == 503);
    CHECK(busy.headers.find("Retry-After") == "1");
    CHECK(busy.body.find("\"retryable\":true") != std::string::npos);
    CHECK(problem(request, Error{ErrorCode::corrupt, "secret place"}).body.find("secret") == std::string::npos);
}

TEST_CASE("numbers are shown as Prometheus reads them, and labels are bounded") {
    Metrics metrics;
    metrics.counter("a_total", "What a\nis.", {{"route", "/v1/\"x\"\\"}}).add(3);
    metrics.gauge("b", "B.").set(1.5);
    auto& histogram = metrics.histogram("c_seconds", "C.", {0.1, 1}, {{"route", "/"}});
    for (const double seconds : {0.05, 0.1, 0.5, 7.0}) histogram.observe(seconds);
    metrics.sample("d", "D.", [] { return 42.0; });
    CHECK(metrics.text() == R"(# HELP a_total What a\nis.
# TYPE a_total counter
a_total{route="/v1/\"x\"\\"} 3
# HELP b B.
# TYPE b gauge
b 1.5
# HELP c_seconds C.
# TYPE c_seconds histogram
c_seconds_bucket{route="/",le="0.1"} 2
c_seconds_bucket{route="/",le="1"} 3
c_seconds_bucket{route="/",le="+Inf"} 4
c_seconds_sum{route="/"} 7.65
c_seconds_count{route="/"} 4
# HELP d D.
# TYPE d gauge
d 42
)");
    for (int i = 0; i < 1'000; ++i) metrics.counter("e_total", "E.", {{"x", std::to_string(i)}}).add();
    const auto text = metrics.text();
    CHECK(text.find("e_total{x=\"other\"} 744\n") != std::string::npos);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1'000; ++i) metrics.counter("f_total", "F.").add();
        });
    for (auto& thread : threads) thread.join();
    CHECK(metrics.counter("f_total", "F.").value() == 4'000);
}

TEST_CASE("this process's own numbers are there") {
    Metrics metrics;
    sample_process(metrics);
    const auto text = metrics.text();
    for (const auto* name : {"process_resident_memory_bytes", "process_open_fds", "process_cpu_seconds_total"}) {
        const auto at = text.find("\n" + std::string(name) + " ");
        REQUIRE(at != std::string::npos);
        CHECK(std::stod(text.substr(at + 2 + std::string_view(name).size())) > 0);
    }
}

TEST_CASE("a log line is one JSON object, and takes no text that a client sent") {
    static_assert(!std::is_constructible_v<LogText, std::string>);
    static_assert(!std::is_constructible_v<LogText, std::string_view>);
    static_assert(!std::is_constructible_v<LogText, const char*>);
    static_assert(!std::is_constructible_v<LogField, LogText, std::string>);
    auto* file = std::tmpfile();
    REQUIRE(file != nullptr);
    const Log log(file);
    log.write(LogLevel::debug, "not.this");
    log.write(LogLevel::warning, "disk.full",
              {{"why", LogText::of_operator("\"a\"\n")}, {"bytes", 7}, {"share", 0.5}, {"again", true}});
    std::rewind(file);
    char line[512];
    REQUIRE(std::fgets(line, sizeof line, file) != nullptr);
    const auto read = parse_json(std::string_view(line).substr(0, std::string_view(line).size() - 1)).value();
    CHECK(read.at("level") == "warning");
    CHECK(read.at("event") == "disk.full");
    CHECK(read.at("why") == "\"a\"\n");
    CHECK(read.at("bytes") == 7);
    CHECK(read.at("again") == true);
    CHECK(read.at("time").as_string().ends_with("Z"));
    CHECK(std::fgets(line, sizeof line, file) == nullptr);
    std::fclose(file);
}

}  // namespace anjie::http
