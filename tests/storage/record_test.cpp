#include <capnp/message.h>
#include <capnp/serialize.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <iterator>

#include "storage/record/record.capnp.h"
#include "storage/record/record_reader.hpp"
#include "storage/record/record_writer.hpp"
#include "tests/storage/sample_events.hpp"

namespace anjie::test {
namespace {

SeenEvent read_back(const EventView& event) {
    const auto& header = event.header;
    return {{header.position, header.case_id, header.version, header.workflow, header.type, header.schema,
             header.occurred_at, header.recorded_at, header.command_id, std::string(header.actor),
             std::string(header.organisation), std::string(header.rule_version)},
            Bytes(event.payload.begin(), event.payload.end()),
            {}};
}

Bytes file_bytes(const std::string& name) {
    std::ifstream file(std::string(ANJIE_GOLDEN_DIR) + "/" + name, std::ios::binary);
    REQUIRE(file);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// The event of golden/record_v1.bin. Never change it: write another file beside it.
AppendEvent golden_event() {
    AppendEvent event;
    event.header = {.position = 0x0102030405060708,
                    .case_id = {*parse_uuid("0190163d-8694-739b-aea5-966c26f8ad90")},
                    .version = 7,
                    .workflow = WorkflowId{1},
                    .type = EventType{12},
                    .schema = 2,
                    .occurred_at = on_day(make_date(2024, 3, 5)),
                    .recorded_at = {1'709'625'731'123'456},
                    .command_id = {*parse_uuid("0190163d-8694-7000-8000-0000000000ff")},
                    .actor = "m-0042",
                    .organisation = "540229001",
                    .rule_version = "cn-2024.1"};
    event.body.type = event.header.type;
    event.body.schema = 2;
    for (int i = 0; i < 24; ++i) event.body.payload.push_back(static_cast<std::byte>(i));
    return event;
}

/// What stands in the record's sealed part, which a record does not look into.
Bytes golden_sealed(BytesView golden) {
    RecordReader reader;
    const auto event = reader.read(golden);
    REQUIRE(event);
    REQUIRE(event->sealed.size() == 120);
    return {event->sealed.begin(), event->sealed.end()};
}

Bytes some_sealed(std::size_t size) { return Bytes(size, std::byte{0xa5}); }

SeenEvent expected_clear(const AppendEvent& event) {
    auto seen = expected(event);
    seen.sealed.clear();
    return seen;
}

}  // namespace

TEST_CASE("a record read back is the event that was written, wherever it lies in memory") {
    SampleLog log(1);
    RecordWriter writer;
    RecordReader reader;
    for (int i = 0; i < 2000; ++i) {
        const auto event = log.next(case_number(static_cast<std::uint64_t>(i)));
        const auto sealed = some_sealed(static_cast<std::size_t>(i % 200));
        const auto bytes = writer.write(event, sealed);
        REQUIRE(bytes);
        const auto in_place = read_record(*bytes);
        REQUIRE(in_place);
        CHECK(std::ranges::equal(in_place->sealed, sealed));
        CHECK(read_back(*in_place) == expected_clear(event));
        CHECK(std::ranges::equal(in_place->record, *bytes));
        Bytes shifted(static_cast<std::size_t>(i % 8));
        shifted.insert(shifted.end(), bytes->begin(), bytes->end());
        const auto moved = reader.read(BytesView(shifted).subspan(static_cast<std::size_t>(i % 8)));
        REQUIRE(moved);
        CHECK(read_back(*moved) == expected_clear(event));
        CHECK(reinterpret_cast<std::uintptr_t>(moved->payload.data()) % 8 == 0);
    }
}

TEST_CASE("a record's bytes never change from release to release") {
    RecordWriter writer;
    const auto golden = file_bytes("record_v1.bin");
    const auto bytes = writer.write(golden_event(), golden_sealed(golden));
    REQUIRE(bytes);
    CHECK(std::ranges::equal(*bytes, golden));
    RecordReader reader;
    const auto event = reader.read(golden);
    REQUIRE(event);
    CHECK(read_back(*event) == expected_clear(golden_event()));
    CHECK(record_checksum(golden) == 0x72d81a1411652bca);
}

TEST_CASE("a record is a plain Cap'n Proto message for other programs") {
    RecordWriter writer;
    const auto bytes = writer.write(golden_event(), some_sealed(96));
    REQUIRE(bytes);
    const auto* words = reinterpret_cast<const capnp::word*>(bytes->data());
    capnp::FlatArrayMessageReader message(kj::arrayPtr(words, bytes->size() / sizeof(capnp::word)));
    const auto record = message.getRoot<record_format::Record>();
    CHECK(record.getPosition() == 0x0102030405060708);
    CHECK(record.getCaseHigh() == 0x0190163d8694739b);
    CHECK(record.getActor() == "m-0042");
    CHECK(record.getPayload().size() == 24);
}

TEST_CASE("a record of any damaged bytes is corrupt or reads within bounds, and never crashes") {
    RecordWriter writer;
    RecordReader reader;
    const auto written = writer.write(golden_event(), some_sealed(96));
    REQUIRE(written);
    const Bytes good(written->begin(), written->end());
    std::size_t corrupt = 0;
    std::size_t readable = 0;
    const auto attempt = [&](BytesView bytes) {
        const auto event = reader.read(bytes);
        if (!event) {
            CHECK(event.error().code == ErrorCode::corrupt);
            ++corrupt;
            return;
        }
        ++readable;
        std::size_t sum = event->header.actor.size() + event->header.organisation.size();
        for (const auto byte : event->payload) sum += static_cast<std::size_t>(byte);
        for (const auto byte : event->sealed) sum += static_cast<std::size_t>(byte);
        CHECK(sum < 1'000'000);
    };
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        auto bytes = good;
        bytes[bit / 8] ^= static_cast<std::byte>(1u << bit % 8);
        attempt(bytes);
    }
    for (std::size_t size = 0; size < good.size(); ++size) attempt(BytesView(good).first(size));
    Random random(5);
    for (int i = 0; i < 5000; ++i) {
        auto bytes = good;
        for (auto changes = 1 + random.below(8); changes > 0; --changes)
            bytes[random.below(bytes.size())] = static_cast<std::byte>(random.next());
        attempt(bytes);
    }
    CHECK(corrupt > good.size());
    CHECK(readable > 0);
}

TEST_CASE("events that cannot be stored are invalid: a payload off the boundary, a record too long by one word") {
    RecordWriter writer;
    auto event = golden_event();
    event.body.payload.push_back(std::byte{});
    REQUIRE_FALSE(writer.write(event, {}));
    CHECK(writer.write(event, {}).error().code == ErrorCode::invalid);
    event = golden_event();
    event.body.payload.clear();
    const auto rest = writer.write(event, {})->size();
    event.body.payload.resize(EventStore::record_bytes_max / 8 * 8 - rest);
    const auto longest = writer.write(event, {});
    REQUIRE(longest);
    CHECK(longest->size() == 65'528);
    CHECK(read_back(*read_record(*longest)) == expected_clear(event));
    event.body.payload.resize(event.body.payload.size() + 8);
    const auto too_long = writer.write(event, {});
    REQUIRE_FALSE(too_long);
    CHECK(too_long.error().code == ErrorCode::invalid);
    CHECK(too_long.error().detail.find("65536") != std::string::npos);
    // The buffer is as clean as before.
    CHECK(read_back(*read_record(*writer.write(golden_event(), some_sealed(96)))) == expected_clear(golden_event()));
}

}  // namespace anjie::test
