#include "workflows/dispute/codec.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "tests/workflows/dispute/value_maker.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute {
namespace {

using testing::RandomNumbers;
using testing::ValueMaker;

constexpr std::size_t event_count = std::variant_size_v<Event>;

std::string_view name_of(const Event& event) {
    return std::visit([]<class E>(const E&) { return E::name; }, event);
}

std::string hex(BytesView bytes) {
    std::string text;
    for (const auto byte : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        text += digits[std::to_integer<unsigned>(byte) >> 4U];
        text += digits[std::to_integer<unsigned>(byte) & 15U];
    }
    return text;
}

/// "name type layout hex", one line per event type.
std::map<std::string, std::string, std::less<>> read_golden(const std::string& path) {
    std::map<std::string, std::string, std::less<>> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.emplace(line.substr(0, line.find(' ')), line);
    return lines;
}

std::string golden_line(const Event& event) {
    const NewEvent stored = Dispute::encode(event);
    std::ostringstream line;
    line << name_of(event) << ' ' << std::to_underlying(stored.type) << ' ' << stored.schema << ' '
         << hex(stored.payload);
    return line.str();
}

Result<Event> decode_bytes(const NewEvent& original, const Bytes& payload) {
    return Dispute::decode(original.type, original.schema, payload);
}

}  // namespace

TEST_CASE("every event reads back as it was written, with any values") {
    const std::uint64_t seed = GENERATE(1U, 20241105U, 0xfeedU);
    CAPTURE(seed);
    ValueMaker maker{RandomNumbers(seed)};
    for (int round = 0; round < 200; ++round) {
        for (std::size_t index = 0; index < event_count; ++index) {
            const Event event = maker.event(index);
            const NewEvent stored = Dispute::encode(event);
            CAPTURE(name_of(event), hex(stored.payload));
            REQUIRE(stored.payload.size() % 8 == 0);
            const auto read = Dispute::decode(stored.type, stored.schema, stored.payload);
            REQUIRE(read.has_value());
            REQUIRE(*read == event);
        }
    }
}

TEST_CASE("event types are distinct, and the payload's union agrees with them") {
    std::map<EventType, std::string_view> seen;
    for (std::size_t index = 0; index < event_count; ++index) {
        const Event event = testing::sample_event(index);
        const NewEvent stored = Dispute::encode(event);
        const bool inserted = seen.emplace(stored.type, name_of(event)).second;
        CAPTURE(name_of(event));
        CHECK(inserted);
        const auto looked = with_reader(stored.payload, [&](schema::Event::Reader root) {
            CHECK(std::to_underlying(root.which()) + 1 == std::to_underlying(stored.type));
        });
        CHECK(looked.has_value());
    }
}

TEST_CASE("the bytes of every event are those of every release before") {
    // A changed line means that stored events no longer read as they were written. To add the line of a new event,
    // run with ANJIE_WRITE_GOLDEN=1 and see in the difference that no other line has changed.
    const std::string path = std::string(ANJIE_GOLDEN) + "/dispute_events/layout_1.txt";
    if (std::getenv("ANJIE_WRITE_GOLDEN") != nullptr) {
        std::ofstream file(path, std::ios::trunc);
        for (std::size_t index = 0; index < event_count; ++index)
            file << golden_line(testing::sample_event(index)) << '\n';
    }
    const auto golden = read_golden(path);
    REQUIRE(golden.size() == event_count);
    for (std::size_t index = 0; index < event_count; ++index) {
        const Event event = testing::sample_event(index);
        const auto line = golden.find(name_of(event));
        REQUIRE(line != golden.end());
        CHECK(golden_line(event) == line->second);
    }
}

TEST_CASE("an event larger than the scratch space is still one segment") {
    CaseRegistered event = std::get<CaseRegistered>(testing::sample_event(0));
    event.origin.assign(100'000, 'x');
    event.parties.assign(5000, Party{.number = 7, .role = PartyRole::respondent, .kind = PartyKind::legal_person});
    const NewEvent stored = Dispute::encode(event);
    const auto read = Dispute::decode(stored.type, stored.schema, stored.payload);
    REQUIRE(read.has_value());
    CHECK(*read == Event{event});
    // The scratch space is clean again afterwards.
    CHECK(golden_line(testing::sample_event(3)) == golden_line(testing::sample_event(3)));
}

TEST_CASE("payloads are read at any alignment") {
    for (std::size_t index = 0; index < event_count; ++index) {
        const Event event = testing::sample_event(index);
        const NewEvent stored = Dispute::encode(event);
        Bytes shifted(stored.payload.size() + 1);
        std::memcpy(shifted.data() + 1, stored.payload.data(), stored.payload.size());
        const auto read = Dispute::decode(stored.type, stored.schema, BytesView(shifted).subspan(1));
        REQUIRE(read.has_value());
        CHECK(*read == event);
    }
}

TEST_CASE("a payload cut off anywhere is refused or read, never trusted beyond its end") {
    for (std::size_t index = 0; index < event_count; ++index) {
        const NewEvent stored = Dispute::encode(testing::sample_event(index));
        for (std::size_t size = 0; size < stored.payload.size(); ++size) {
            // An exact heap copy: the address sanitizer sees any read past its end.
            const auto exact = std::make_unique<std::byte[]>(size);
            std::memcpy(exact.get(), stored.payload.data(), size);
            const auto read = Dispute::decode(stored.type, stored.schema, BytesView(exact.get(), size));
            CAPTURE(index, size);
            if (size % 8 != 0 || size == 0) REQUIRE_FALSE(read.has_value());
            if (!read) REQUIRE(read.error().code == ErrorCode::corrupt);
        }
    }
}

TEST_CASE("flipped bits and random bytes are refused or read as some valid event") {
    RandomNumbers random(20240306);
    std::size_t refused = 0, accepted = 0;
    const auto judge = [&](const NewEvent& original, const Bytes& bytes) {
        const auto read = decode_bytes(original, bytes);
        if (!read) {
            ++refused;
            REQUIRE(read.error().code == ErrorCode::corrupt);
            return;
        }
        ++accepted;
        // What was accepted can be stored again: no value is outside its table or calendar.
        const NewEvent again = Dispute::encode(*read);
        REQUIRE(again.type == original.type);
        REQUIRE(decode_bytes(again, again.payload) == *read);
    };
    for (std::size_t index = 0; index < event_count; ++index) {
        const NewEvent stored = Dispute::encode(testing::sample_event(index));
        for (std::size_t bit = 0; bit < stored.payload.size() * 8; ++bit) {
            Bytes bytes = stored.payload;
            bytes[bit / 8] ^= std::byte{1} << (bit % 8);
            judge(stored, bytes);
        }
        for (int round = 0; round < 300; ++round) {
            Bytes bytes = stored.payload;
            for (auto changes = 1 + random.next(6); changes > 0; --changes)
                bytes[random.next(bytes.size())] = static_cast<std::byte>(random.next(256));
            judge(stored, bytes);
            Bytes noise(8 * (1 + random.next(12)));
            for (auto& byte : noise) byte = static_cast<std::byte>(random.next(256));
            judge(stored, noise);
        }
    }
    CHECK(refused > 1000);
    CHECK(accepted > 1000);
}

TEST_CASE("an unknown type, a newer layout and another event's payload are refused") {
    const NewEvent stored = Dispute::encode(ConsentGiven{.party = 2});
    for (const auto type : {0, 62, 65535}) {
        const auto read = Dispute::decode(EventType{static_cast<std::uint16_t>(type)}, 1, stored.payload);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == ErrorCode::corrupt);
    }
    CHECK_FALSE(Dispute::decode(stored.type, 2, stored.payload).has_value());
    const auto other = Dispute::decode(ConsentRefused::event_type, 1, stored.payload);
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().detail == "the envelope says event type 4, the payload 3");
}

TEST_CASE("a code outside its table and an impossible day are refused by name") {
    const auto payload_with = [](auto fill) {
        capnp::MallocMessageBuilder message;
        fill(message.initRoot<schema::Event>());
        const auto bytes = message.getSegmentsForOutput()[0].asBytes();
        const auto* first = reinterpret_cast<const std::byte*>(bytes.begin());
        return Bytes(first, first + bytes.size());
    };
    const auto coded =
        Dispute::decode(HarmPrevented::event_type, 1,
                        payload_with([](schema::Event::Builder root) { root.initHarmPrevented().setKind(5); }));
    REQUIRE_FALSE(coded.has_value());
    CHECK(coded.error().detail == "event type 61: unknown code 5");
    const auto dated = Dispute::decode(SessionScheduled::event_type, 1, payload_with([](schema::Event::Builder root) {
                                           root.initSessionScheduled().setOn(2'000'000'000);
                                       }));
    REQUIRE_FALSE(dated.has_value());
    CHECK(dated.error().detail == "event type 14: impossible day 2000000000");
}

TEST_CASE("what a reader answers and what goes wrong inside it reach the caller") {
    const NewEvent stored = Dispute::encode(ConsentGiven{.party = 2});
    unsigned party = 0;
    CHECK(with_reader(stored.payload, [&](schema::Event::Reader root) { party = root.getConsentGiven().getParty(); }));
    CHECK(party == 2);
    const auto refused = with_reader(
        stored.payload, [](schema::Event::Reader) -> Result<void> { return failure(ErrorCode::invalid, "no"); });
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error() == Error{ErrorCode::invalid, "no"});
}

}  // namespace anjie::dispute
