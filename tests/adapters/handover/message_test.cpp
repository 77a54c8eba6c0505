#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <set>

#include "adapters/handover/endpoint.hpp"
#include "adapters/handover/message.hpp"
#include "adapters/handover/peers.hpp"

using namespace anjie;
using namespace anjie::handover;
using namespace anjie::dispute;

namespace {

Message sample(Body body) {
    return {.handover = "0190e000-0000-7000-8000-000000000001",
            .from = "540629-101",
            .to = "540629-102",
            .occurred_at = on_day(make_date(2024, 3, 5)),
            .body = std::move(body),
            .texts = {}};
}

Message offered() {
    auto message = sample(Offer{.reference = "尼阿调〔2024〕3号",
                                .target = TransferTarget::higher_committee,
                                .kind = HandoverKind::transfer,
                                .reason = HandoverReason::beyond_means,
                                .papers = {DocumentKind::application, DocumentKind::evidence},
                                .held_since = make_date(2024, 3, 1),
                                .answer_by = make_date(2024, 3, 12),
                                .source = CaseSource::application,
                                .type = DisputeType::forest_land,
                                .type_detail = "pasture",
                                .difficulty = Difficulty::difficult,
                                .parties = {{.number = 1}, {.number = 2, .role = PartyRole::respondent}},
                                .people_count = 7,
                                .amount = {1'250'050}});
    message.texts = {{.subject = 2, .field = std::to_underlying(SealedCode::name), .text = "卓玛 \"😀\""}};
    return message;
}

}  // namespace

TEST_CASE("Every message is read as it was written, and its id is the same each time") {
    const std::vector<Message> all{offered(),
                                   sample(Accepted{"尼〔2024〕9号"}),
                                   sample(Returned{RefusalGround::party_refuses}),
                                   sample(Confirmed{make_date(2024, 3, 6)}),
                                   sample(Ended{HandoverEnding::lapsed}),
                                   sample(ResultTold{CaseResult::not_reached, true})};
    std::set<CommandId> ids;
    for (const auto& message : all) {
        const auto text = to_json(message);
        const auto read = parse_message(text);
        INFO(text);
        INFO((read ? std::string() : read.error().detail));
        REQUIRE(read);
        CHECK(*read == message);
        CHECK(message_id(*read) == message_id(message));
        ids.insert(message_id(message));
    }
    CHECK(ids.size() == all.size());
    // Ids are part of the format: a release that counts otherwise would not know its own messages again.
    CHECK(to_string(message_id(sample(Accepted{}))) == "00000000-0000-7619-82e4-6988d2b21399");
}

TEST_CASE("What is no message is refused with the place where it is not") {
    const auto altered = [](std::string_view key, boost::json::value value) {
        auto object = boost::json::parse(to_json(offered())).as_object();
        object[key] = std::move(value);
        return boost::json::serialize(object);
    };
    CHECK(parse_message(boost::json::serialize(boost::json::parse(to_json(offered())))));
    const std::vector<std::pair<std::string, std::string>> wrong{
        {"", "message"},
        {"[]", "object"},
        {altered("format", "anjie-handover/2"), "format"},
        {altered("id", "00000000-0000-7000-8000-000000000000"), "id"},
        {altered("from", "540629-999"), "id"},
        {altered("message", "order"), "message"},
        {altered("message", "accepted"), "unknown name"},
        {altered("occurred_at", "yesterday"), "occurred_at"},
        {altered("occurred_at", 7), "occurred_at"},
        {altered("extra", true), "unknown name"},
        {altered("texts", boost::json::parse(R"([{"subject":3,"field":"name","text":"x"}])")), "nobody"},
        {altered("texts", boost::json::parse(R"([{"subject":1,"field":"iris","text":"x"}])")), "field"},
        {altered("body", boost::json::object{}), "body"},
        {std::string(message_bytes_max + 1, ' '), "bytes"},
    };
    for (const auto& [text, place] : wrong) {
        INFO(text.substr(0, 300));
        const auto read = parse_message(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::invalid);
        INFO(read.error().detail);
        CHECK(read.error().detail.find(place) != std::string::npos);
    }
    auto with_text = sample(Accepted{"9"});
    with_text.texts = offered().texts;
    CHECK_FALSE(parse_message(to_json(with_text)));
}

TEST_CASE("Lines to other organisations are read from peers.json, and none that others could listen on") {
    const auto one = [](std::string_view url, std::string_view kind = "committee") {
        return R"({"peers":[{"organisation":"540629-102","kind":")" + std::string(kind) + R"(","url":")" +
               std::string(url) + R"(","token_file":"town.token","fields":["name","summary"]}]})";
    };
    const auto peers = Peers::parse(one("https://town.example/v1/handover/messages"), "/etc/office");
    REQUIRE(peers);
    const auto* peer = peers->find("540629-102");
    REQUIRE(peer != nullptr);
    CHECK_FALSE(peer->source);
    CHECK(peer->token_file == "/etc/office/town.token");
    CHECK(peer->fields == std::vector{SealedCode::name, SealedCode::summary});
    CHECK(peers->find("540629-103") == nullptr);
    CHECK(Peers::parse(one("https://court.example/", "court"), "")->all().at(0).source == CaseSource::court);
    for (const auto* kind : {"application", "own_initiative", "school", ""})
        CHECK_FALSE(Peers::parse(one("https://x.example/", kind), ""));
    for (const auto* url : {"http://127.0.0.1:8080/x", "http://[::1]:1/", "http://localhost"})
        CHECK(Peers::parse(one(url), ""));
    for (const auto* url : {"http://town.example/", "http://127.0.0.1.example/", "http://localhost@town.example/",
                            "ftp://127.0.0.1/", "file:///etc/passwd", "https://user@town.example/", ""})
        CHECK_FALSE(Peers::parse(one(url), ""));
    CHECK_FALSE(Peers::parse("{}", ""));
    CHECK_FALSE(Peers::parse(R"({"peers":[{}]})", ""));
    auto twice = one("https://town.example/");
    const auto entry = twice.substr(10, twice.size() - 12);
    CHECK_FALSE(Peers::parse(R"({"peers":[)" + entry + "," + entry + "]}", ""));
    CHECK(Peers::read("/nowhere/peers.json")->all().empty());
}

TEST_CASE("Only a reply with a verdict acknowledges") {
    CHECK(is_acknowledged({200, R"({"verdict":"recorded","case":"1"})"}));
    CHECK(is_acknowledged({200, R"({"verdict":"ignored","detail":"late"})"}));
    CHECK_FALSE(is_acknowledged({409, R"({"verdict":"refused"})"}));
    CHECK_FALSE(is_acknowledged({200, R"({"verdict":"refused"})"}));
    CHECK_FALSE(is_acknowledged({200, "<html>welcome</html>"}));
    CHECK_FALSE(is_acknowledged({200, "{}"}));
    CHECK_FALSE(is_acknowledged({302, R"({"verdict":"recorded"})"}));
    CHECK(detail_of({409, R"({"detail":"not now"})"}) == "not now");
    CHECK(detail_of({409, "<"}).empty());
}
