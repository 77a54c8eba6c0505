#include "storage/record/record_reader.hpp"

#include <capnp/message.h>
#include <fmt/format.h>
#include <kj/exception.h>

#include <bit>

#include "engine/event_store.hpp"
#include "storage/record/detail/frame.hpp"
#include "storage/record/record.capnp.h"

namespace anjie {
namespace {

void put_big_endian(std::uint64_t value, std::uint8_t* bytes) {
    if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap64(value);
    std::memcpy(bytes, &value, sizeof value);
}

std::string_view view(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

BytesView view(capnp::Data::Reader data) { return {reinterpret_cast<const std::byte*>(data.begin()), data.size()}; }

EventView look_at(record_format::Record::Reader record, BytesView bytes) {
    EventView event;
    auto& header = event.header;
    header.position = record.getPosition();
    put_big_endian(record.getCaseHigh(), header.case_id.bytes.data());
    put_big_endian(record.getCaseLow(), header.case_id.bytes.data() + 8);
    header.version = record.getVersion();
    header.workflow = WorkflowId{record.getWorkflow()};
    header.type = EventType{record.getType()};
    header.schema = record.getSchema();
    header.occurred_at = {{record.getOccurredAt()}, record.getOccurredDayOnly()};
    header.recorded_at = {record.getRecordedAt()};
    put_big_endian(record.getCommandHigh(), header.command_id.bytes.data());
    put_big_endian(record.getCommandLow(), header.command_id.bytes.data() + 8);
    header.actor = view(record.getActor());
    header.organisation = view(record.getOrganisation());
    header.rule_version = view(record.getRuleVersion());
    event.payload = view(record.getPayload());
    event.sealed = view(record.getSealed());
    event.record = bytes;
    return event;
}

}  // namespace

Result<EventView> read_record(BytesView record) {
    const auto segment = record.size() <= EventStore::record_bytes_max ? detail::only_segment(record) : std::nullopt;
    if (!segment)
        return failure(ErrorCode::corrupt, fmt::format("a record of {} bytes has a broken frame", record.size()));
    try {
        const kj::ArrayPtr<const capnp::word> segments[] = {*segment};
        // Each part is visited once; a record cannot make us read more than twice its size.
        capnp::SegmentArrayMessageReader message(
            kj::arrayPtr(segments, 1), {.traversalLimitInWords = 2 * segment->size() + 16, .nestingLimit = 4});
        const auto event = look_at(message.getRoot<record_format::Record>(), record);
        if (event.payload.size() % detail::word_bytes != 0)
            return failure(ErrorCode::corrupt,
                           fmt::format("a record's payload of {} bytes is not a multiple of 8", event.payload.size()));
        return event;
    } catch (const kj::Exception& broken) {
        return failure(ErrorCode::corrupt, fmt::format("a record is broken: {}", broken.getDescription().cStr()));
    }
}

Result<EventView> RecordReader::read(BytesView record) {
    if (detail::is_word_aligned(record.data())) return read_record(record);
    aligned_.resize(std::max(aligned_.size(), detail::words_for(record.size())));
    std::memcpy(aligned_.data(), record.data(), record.size());
    return read_record(std::as_bytes(std::span(aligned_)).first(record.size()));
}

}  // namespace anjie
