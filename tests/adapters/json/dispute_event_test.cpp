#include "adapters/json/dispute_event.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "adapters/json/values.hpp"
#include "tests/workflows/dispute/value_maker.hpp"

namespace anjie::json {

using dispute::testing::RandomNumbers;
using dispute::testing::ValueMaker;

TEST_CASE("every event reads back from its JSON, with any values") {
    ValueMaker maker{RandomNumbers(20240501)};
    for (int round = 0; round < 30; ++round) {
        for (std::size_t index = 0; index < std::variant_size_v<dispute::Event>; ++index) {
            const dispute::Event event = maker.event(index);
            const std::string text = boost::json::serialize(event_to_json(event));
            CAPTURE(text);
            const auto document = parse(text, "event");
            REQUIRE(document.has_value());
            const auto read = event_from_json(Node(*document, "event"));
            REQUIRE(read.has_value());
            REQUIRE(*read == event);
        }
    }
}

TEST_CASE("an event's JSON says things as people do") {
    const dispute::RevisitMade event{.agreement_number = "尼阿调〔2024〕12号",
                                     .revisitor = "m-7",
                                     .method = dispute::RevisitMethod::phone,
                                     .satisfaction = dispute::Satisfaction::satisfied,
                                     .fulfilment = dispute::Fulfilment::fulfilled,
                                     .residual_risk = dispute::ResidualRisk::none,
                                     .problem = dispute::RevisitProblem::none,
                                     .parties = {1, 2}};
    CHECK(boost::json::serialize(event_to_json(event)) ==
          R"({"event":"revisit_made","agreement_number":"尼阿调〔2024〕12号","revisitor":"m-7","method":"phone",)"
          R"("satisfaction":"satisfied","fulfilment":"fulfilled","residual_risk":"none","problem":"none",)"
          R"("parties":[1,2]})");
    const dispute::ObligationPerformed performed{.obligation = 1, .amount = {350050}, .on_the_spot = true};
    CHECK(boost::json::serialize(event_to_json(performed)) ==
          R"({"event":"obligation_performed","obligation":1,"amount":"3500.50","on_the_spot":true})");
}

TEST_CASE("an event's JSON that is wrong is refused with the place, the value and the way out") {
    const auto refusal = [](std::string_view text) {
        const auto document = parse(text, "events.json");
        REQUIRE(document.has_value());
        const auto read = event_from_json(Node(*document, "events.json"));
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == ErrorCode::invalid);
        return read.error().detail;
    };
    CHECK(refusal(R"({"event":"party_signed","party":1,"method":"stamp"})").find("method: \"stamp\"") !=
          std::string::npos);
    CHECK(refusal(R"({"event":"party_signed","party":1,"method":"stamp"})").find("seal (盖章)") != std::string::npos);
    CHECK(refusal(R"({"event":"party_signed","method":"seal"})").find("party is missing") != std::string::npos);
    CHECK(refusal(R"({"event":"party_signed","party":1,"method":"seal","on":"2024-05-01"})").find("unknown name") !=
          std::string::npos);
    CHECK(refusal(R"({"event":"party_signed","party":70000,"method":"seal"})").find("70000") != std::string::npos);
    CHECK(refusal(R"({"event":"party_danced"})").find("party_danced") != std::string::npos);
    CHECK(refusal(R"([1])").find("object") != std::string::npos);
}

TEST_CASE("sealed fields are kept apart and read back") {
    const std::vector<SealedField> sealed{{1, std::to_underlying(dispute::SealedCode::name), "扎西"},
                                          {0, std::to_underlying(dispute::SealedCode::summary), "草场边界"}};
    const boost::json::value document = sealed_to_json(sealed);
    CHECK(boost::json::serialize(document) ==
          R"([{"subject":1,"field":"name","text":"扎西"},{"subject":0,"field":"summary","text":"草场边界"}])");
    CHECK(sealed_from_json(Node(document, "sealed")) == sealed);
    const boost::json::value wrong = boost::json::array{{{"subject", 1}, {"field", "shoe"}, {"text", "x"}}};
    CHECK_FALSE(sealed_from_json(Node(wrong, "sealed")).has_value());
}

}  // namespace anjie::json
