#include <fstream>
#include <map>

#include "tests/workflows/screening/campaign_fixture.hpp"

using namespace anjie;
using namespace anjie::screening;
using namespace anjie::screening::testing;

namespace {

std::string hex(const Bytes& bytes) {
    std::string text;
    for (const auto byte : bytes) {
        text += "0123456789abcdef"[std::to_integer<unsigned>(byte) >> 4];
        text += "0123456789abcdef"[std::to_integer<unsigned>(byte) & 15];
    }
    return text;
}

std::string_view name_of(const Event& event) {
    return std::visit([](const auto& value) { return std::string_view(value.name); }, event);
}

Result<Event> decode(const NewEvent& stored) { return Screening::decode(stored.type, stored.schema, stored.payload); }

}  // namespace

TEST_CASE("every event comes back from its bytes as it was, in whole words") {
    const auto events = one_of_each();
    REQUIRE(events.size() == std::variant_size_v<Event>);
    for (std::size_t i = 0; i < events.size(); ++i) {
        INFO(name_of(events[i]));
        REQUIRE(events[i].index() == i);
        const auto stored = Screening::encode(events[i]);
        CHECK(std::to_underlying(stored.type) == i + 1);
        CHECK(stored.payload.size() % 8 == 0);
        CHECK(stored.sealed.empty());
        CHECK(decode(stored) == events[i]);
        // Nothing depends on where the bytes lie.
        Bytes shifted(1);
        shifted.insert(shifted.end(), stored.payload.begin(), stored.payload.end());
        CHECK(Screening::decode(stored.type, stored.schema, BytesView(shifted).subspan(1)) == events[i]);
    }
}

TEST_CASE("the longest texts an order may bring fit") {
    CampaignOpened event = std::get<CampaignOpened>(one_of_each()[0]);
    event.number = event.theme = event.area = event.organiser = std::string(text_bytes_max, 'x');
    CHECK(decode(Screening::encode(event)) == Event{event});
}

TEST_CASE("published bytes never change") {
    std::map<std::string, std::string> golden;
    std::ifstream file(ANJIE_GOLDEN_DIR "/events_layout_1.txt");
    for (std::string name, bytes; file >> name >> bytes;) golden[name] = bytes;
    REQUIRE(golden.size() == std::variant_size_v<Event>);
    for (const Event& event : one_of_each()) {
        INFO(name_of(event));
        CHECK(golden[std::string(name_of(event))] == hex(Screening::encode(event).payload));
    }
}

TEST_CASE("print the bytes of every event", "[.golden]") {
    for (const Event& event : one_of_each())
        std::printf("%s %s\n", name_of(event).data(), hex(Screening::encode(event).payload).c_str());
}

TEST_CASE("an unknown type or layout, a foreign payload and broken sizes are corrupt") {
    const auto stored = Screening::encode(one_of_each()[1]);
    const auto refused = [&](unsigned type, unsigned schema, BytesView payload) {
        const auto decoded =
            Screening::decode(EventType{static_cast<std::uint16_t>(type)}, static_cast<std::uint16_t>(schema), payload);
        return !decoded && decoded.error().code == ErrorCode::corrupt;
    };
    const BytesView whole(stored.payload);
    CHECK_FALSE(refused(2, 1, whole));
    CHECK(refused(0, 1, whole));
    CHECK(refused(13, 1, whole));
    CHECK(refused(65535, 1, whole));
    CHECK(refused(2, 2, whole));
    CHECK(refused(3, 1, whole));
    CHECK(refused(2, 1, {}));
    CHECK(refused(2, 1, whole.first(whole.size() - 1)));
    CHECK(refused(2, 1, whole.first(8)));
}

TEST_CASE("stored values that no program of ours writes are corrupt") {
    auto risk = Screening::encode(LeadFound{2, 3, RiskLevel::orange, "other", 6, "54"});
    int refused = 0;
    for (std::size_t at = 0; at < risk.payload.size(); ++at) {
        auto changed = risk;
        changed.payload[at] = std::byte{0xEE};
        if (!decode(changed)) ++refused;
    }
    CHECK(refused > 0);
    auto day_beyond = Screening::encode(RoundReported{1, "u", day(3, 5), true, 40});
    const auto number = static_cast<std::uint32_t>(day(3, 5).time_since_epoch().count());
    for (std::size_t at = 0; at + 4 <= day_beyond.payload.size(); at += 4) {
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < 4; ++i)
            word |= std::to_integer<std::uint32_t>(day_beyond.payload[at + i]) << (8 * i);
        if (word == number) day_beyond.payload[at + 3] = std::byte{0x7F};
    }
    const auto decoded = decode(day_beyond);
    REQUIRE_FALSE(decoded.has_value());
    CHECK(decoded.error().detail.find("impossible day") != std::string::npos);
}

TEST_CASE("no bytes at all crash the reader") {
    std::uint64_t random = 7;
    const auto next = [&] { return (random = random * 6364136223846793005u + 1442695040888963407u) >> 33; };
    const auto events = one_of_each();
    for (int round = 0; round < 50'000; ++round) {
        auto stored = Screening::encode(events[next() % events.size()]);
        switch (next() % 3) {
            case 0:
                stored.payload.resize(next() % 12 * 8);
                break;
            case 1:
                stored.type = EventType{static_cast<std::uint16_t>(next() % 14)};
                break;
            default:
                break;
        }
        const auto changes = next() % 6;
        for (std::uint64_t i = 0; i < changes && !stored.payload.empty(); ++i)
            stored.payload[next() % stored.payload.size()] = static_cast<std::byte>(next() & 0xFF);
        const auto decoded = decode(stored);
        if (!decoded) {
            REQUIRE(decoded.error().code == ErrorCode::corrupt);
            continue;
        }
        // Whatever was read can be kept, folded and written again unless its texts are longer than ours.
        State state;
        Screening::evolve(state, *decoded, EventHeaderView{});
    }
}

TEST_CASE("every code table has each code and name once") {
    const auto walk = []<class E>(E) {
        std::map<std::string_view, int> seen;
        for (const auto& entry : code_table(E{})) {
            CHECK(seen[entry.code]++ == 0);
            CHECK_FALSE(entry.zh.empty());
            CHECK_FALSE(entry.en.empty());
            CHECK(parse_code<E>(entry.zh) == entry.value);
            CHECK(code_of(entry.value) == entry.code);
        }
        CHECK_FALSE(seen.empty());
    };
    walk(CampaignKind{});
    walk(RiskLevel{});
    walk(Evidence{});
    walk(HarmKind{});
    walk(CorrectionReason{});
    walk(DeadlineKind{});
    walk(SealedCode{});
    walk(CampaignPhase{});
    walk(LeadPhase{});
}
