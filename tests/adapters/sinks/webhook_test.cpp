#include "adapters/sinks/webhook/webhook_sink.hpp"

#include <catch2/catch.hpp>

#include "adapters/sinks/webhook/address_guard.hpp"
#include "adapters/sinks/webhook/signature.hpp"
#include "engine/trust/hash.hpp"

namespace anjie::test {
namespace {

std::string complaint(std::string_view settings) {
    const ManualClock clock{{}};
    const auto document = json::parse(settings, "sinks.json");
    REQUIRE(document);
    const auto made = sinks::make_webhook_sink(json::Node(*document, "sinks.json"), {"hook", "/nonexistent", clock});
    return made ? "" : made.error().detail;
}

}  // namespace

TEST_CASE("signatures are those of Standard Webhooks, by the vector of its own tests") {
    const auto secret = sinks::parse_webhook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    REQUIRE(secret);
    const auto signature =
        sinks::webhook_signature({*secret}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})");
    CHECK(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("while a secret is replaced there are two signatures, the new one first") {
    const auto old_secret = sinks::parse_webhook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").value();
    const auto new_secret = sinks::parse_webhook_secret("whsec_" + to_base64(Bytes(32, std::byte{7}))).value();
    const auto both = sinks::webhook_signature({new_secret, old_secret}, "a", 1, "b");
    CHECK(both == sinks::webhook_signature({new_secret}, "a", 1, "b") + " " +
                      sinks::webhook_signature({old_secret}, "a", 1, "b"));
}

TEST_CASE("a webhook's secret has 24 to 64 bytes, and a complaint never repeats it") {
    for (const std::size_t size : {24u, 32u, 64u})
        CHECK(sinks::parse_webhook_secret("whsec_" + to_base64(Bytes(size, std::byte{1}))));
    for (const std::size_t size : {0u, 23u, 65u}) {
        const auto text = to_base64(Bytes(size, std::byte{1}));
        const auto refused = sinks::parse_webhook_secret("whsec_" + text);
        REQUIRE_FALSE(refused);
        if (size > 0) CHECK_FALSE(refused.error().detail.contains(text));
    }
    CHECK_FALSE(sinks::parse_webhook_secret(to_base64(Bytes(32, std::byte{1}))));
    CHECK_FALSE(sinks::parse_webhook_secret("whsec_not base64"));
}

TEST_CASE("the same events have the same message id, without a dot") {
    const auto id = sinks::webhook_id("//anjie/a.b", {"4711"});
    CHECK(id == sinks::webhook_id("//anjie/a.b", {"4711"}));
    CHECK(id.ends_with("-4711"));
    CHECK_FALSE(id.contains('.'));
    CHECK(id != sinks::webhook_id("//anjie/a.c", {"4711"}));
    const auto batch = sinks::webhook_id("//anjie/a.b", {"1", "2"});
    CHECK(batch != sinks::webhook_id("//anjie/a.b", {"1", "3"}));
    CHECK(batch != sinks::webhook_id("//anjie/a.b", {"12"}));
}

TEST_CASE("only addresses of the open internet are public") {
    const auto is_public = [](std::string_view text) {
        INFO(text);
        const auto address = sinks::parse_address(text);
        REQUIRE(address);
        return sinks::is_public(*address);
    };
    for (const auto* text : {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
                             "192.167.255.255", "223.255.255.255", "2400:3200::1", "2606:4700:4700::1111"})
        CHECK(is_public(text));
    for (const auto* text : {"0.0.0.0",
                             "0.1.2.3",
                             "10.0.0.1",
                             "10.255.255.255",
                             "100.64.0.1",
                             "100.127.255.255",
                             "127.0.0.1",
                             "127.255.255.254",
                             "169.254.169.254",
                             "169.254.0.1",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.1",
                             "192.0.2.1",
                             "192.88.99.1",
                             "192.168.1.1",
                             "198.18.0.1",
                             "198.51.100.1",
                             "203.0.113.1",
                             "224.0.0.1",
                             "239.255.255.255",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::127.0.0.1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.0.0.1",
                             "::ffff:169.254.169.254",
                             "64:ff9b::7f00:1",
                             "64:ff9b:1::1",
                             "100::1",
                             "2001::1",
                             "2001:db8::1",
                             "2002:7f00:1::",
                             "2002:a9fe:a9fe::",
                             "3fff::1",
                             "fc00::1",
                             "fd00:ec2::254",
                             "fe80::1",
                             "fec0::1",
                             "ff02::1",
                             "4000::1"})
        CHECK_FALSE(is_public(text));
    CHECK_FALSE(sinks::parse_address("127.1"));
    CHECK_FALSE(sinks::parse_address("2130706433"));
    CHECK_FALSE(sinks::parse_address("0x7f.0.0.1"));
}

TEST_CASE("private addresses are let through by name only, and in clear nothing else is") {
    const sinks::AddressGuard guard{{*sinks::parse_network("10.20.0.0/16"), *sinks::parse_network("fd00::/8")}};
    const auto lets = [&](std::string_view text, bool in_clear) {
        return guard.lets(*sinks::parse_address(text), in_clear);
    };
    CHECK(lets("10.20.3.4", false));
    CHECK(lets("10.20.3.4", true));
    CHECK(lets("::ffff:10.20.3.4", true));
    CHECK(lets("fd12::1", true));
    CHECK_FALSE(lets("10.21.0.1", false));
    CHECK_FALSE(lets("127.0.0.1", false));
    CHECK(lets("8.8.8.8", false));
    CHECK_FALSE(lets("8.8.8.8", true));
}

TEST_CASE("networks are written with their first address") {
    for (const auto* text : {"10.0.0.0/8", "10.1.2.3", "10.1.2.3/32", "0.0.0.0/0", "fd00::/8", "::1/128"})
        CHECK(sinks::parse_network(text));
    for (const auto* text :
         {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0/8", "", "fd00::1/8", "::/129"})
        CHECK_FALSE(sinks::parse_network(text));
}

TEST_CASE("what an answer means") {
    using sinks::Outcome;
    using sinks::Trouble;
    const auto verdict = [](long status) { return std::get<Outcome>(sinks::judge_status(status, {})).verdict; };
    const auto trouble = [](long status) { return std::get<Trouble>(sinks::judge_status(status, {})).kind; };
    for (const long status : {200, 201, 202, 204, 299}) CHECK(verdict(status) == Outcome::Verdict::delivered);
    for (const long status : {400, 409, 413, 415, 422, 451}) CHECK(verdict(status) == Outcome::Verdict::poison);
    for (const long status : {500, 501, 505}) CHECK(verdict(status) == Outcome::Verdict::later);
    for (const long status : {301, 302, 307, 308, 304, 401, 403, 404, 405, 407, 408, 429, 502, 503, 504})
        CHECK(trouble(status) == Trouble::Kind::unavailable);
    CHECK(trouble(410) == Trouble::Kind::gone);
    const auto busy = std::get<Trouble>(sinks::judge_status(429, std::chrono::seconds{7}));
    CHECK(busy.retry_after == std::chrono::seconds{7});
}

TEST_CASE("wrong settings of a webhook are refused with their place") {
    CHECK(complaint(R"({"url": "https://centre.example/in"})").empty());
    CHECK(complaint(R"({"url": "http://10.0.0.1/in", "allow_private": ["10.0.0.0/24"]})").empty());
    CHECK(complaint(R"({"url": "http://centre.example/in"})").contains("allow_private"));
    CHECK(complaint(R"({"url": "ftp://centre.example/in"})").contains("url"));
    CHECK(complaint(R"({"url": "file:///etc/passwd"})").contains("url"));
    CHECK(complaint(R"({"url": "https://user:word@centre.example/in"})").contains("password"));
    CHECK(complaint(R"({"url": "https://centre.example/in#x"})").contains("url"));
    CHECK(complaint(R"({"url": "https://centre.example", "mode": "binary"})").contains("mode"));
    CHECK(complaint(R"({"url": "https://centre.example", "allow_private": ["10.0.0.1/8"]})")
              .contains("allow_private[0]"));
    CHECK(complaint(R"({"url": "https://centre.example", "secret_file": "none"})").contains("secret_file"));
    CHECK(complaint(R"({"url": "https://centre.example", "secret": "whsec_x"})").contains("secret"));
}

}  // namespace anjie::test
