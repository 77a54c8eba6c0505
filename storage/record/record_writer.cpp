#include "storage/record/record_writer.hpp"

#include <capnp/message.h>
#include <fmt/format.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <bit>
#include <optional>

#include "engine/assert.hpp"
#include "engine/event_store.hpp"
#include "storage/record/detail/frame.hpp"
#include "storage/record/record.capnp.h"

namespace anjie {
namespace {

using detail::word_bytes;

constexpr std::size_t record_words_max = EventStore::record_bytes_max / word_bytes;
/// Root pointer, data section and pointer section of a Record.
constexpr std::size_t fixed_words = 1 + 9 + 5;

std::uint64_t big_endian(const std::uint8_t* bytes) {
    std::uint64_t value{};
    std::memcpy(&value, bytes, sizeof value);
    if constexpr (std::endian::native == std::endian::little) value = __builtin_bswap64(value);
    return value;
}

/// Words of the record's segment.
std::size_t segment_words(const AppendEvent& event, std::size_t sealed_bytes) {
    const auto& header = event.header;
    return fixed_words + detail::words_of_text(header.actor.size()) +
           detail::words_of_text(header.organisation.size()) + detail::words_of_text(header.rule_version.size()) +
           detail::words_for(event.body.payload.size()) + detail::words_for(sealed_bytes);
}

capnp::Text::Reader text_reader(const std::string& value) { return {value.data(), value.size()}; }

capnp::Data::Reader data_reader(BytesView bytes) {
    return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

void fill(record_format::Record::Builder record, const AppendEvent& event, BytesView sealed) {
    const auto& header = event.header;
    record.setPosition(header.position);
    record.setCaseHigh(big_endian(header.case_id.bytes.data()));
    record.setCaseLow(big_endian(header.case_id.bytes.data() + 8));
    record.setCommandHigh(big_endian(header.command_id.bytes.data()));
    record.setCommandLow(big_endian(header.command_id.bytes.data() + 8));
    record.setOccurredAt(header.occurred_at.at.microseconds);
    record.setRecordedAt(header.recorded_at.microseconds);
    record.setVersion(header.version);
    record.setWorkflow(static_cast<std::uint16_t>(header.workflow));
    record.setType(static_cast<std::uint16_t>(header.type));
    record.setSchema(header.schema);
    record.setOccurredDayOnly(header.occurred_at.day_only);
    if (!header.actor.empty()) record.setActor(text_reader(header.actor));
    if (!header.organisation.empty()) record.setOrganisation(text_reader(header.organisation));
    if (!header.rule_version.empty()) record.setRuleVersion(text_reader(header.rule_version));
    if (!event.body.payload.empty()) record.setPayload(data_reader(event.body.payload));
    if (!sealed.empty()) record.setSealed(data_reader(sealed));
}

}  // namespace

struct RecordWriter::Impl {
    /// The frame, then the segment. All zero between two records, as Cap'n Proto wants it.
    alignas(word_bytes) std::array<capnp::word, record_words_max> words{};
    std::optional<capnp::MallocMessageBuilder> message;
};

RecordWriter::RecordWriter() : impl_(std::make_unique<Impl>()) {}
RecordWriter::~RecordWriter() = default;

Result<BytesView> RecordWriter::write(const AppendEvent& event, BytesView sealed) {
    impl_->message.reset();  // Zeroes what the last record used.
    const auto& body = event.body;
    if (body.payload.size() % word_bytes != 0)
        return failure(ErrorCode::invalid,
                       fmt::format("an event's payload of {} bytes is not a multiple of 8", body.payload.size()));
    const auto words = segment_words(event, sealed.size());
    const auto bytes = (words + 1) * word_bytes;
    if (bytes > EventStore::record_bytes_max)
        return failure(ErrorCode::invalid, fmt::format("an event of {} bytes is too long; {} is the most", bytes,
                                                       EventStore::record_bytes_max));
    impl_->message.emplace(kj::arrayPtr(impl_->words.data() + 1, impl_->words.size() - 1));
    fill(impl_->message->initRoot<record_format::Record>(), event, sealed);
    const auto segments = impl_->message->getSegmentsForOutput();
    ANJIE_ASSERT(segments.size() == 1 && segments[0].size() == words);
    const auto frame = detail::frame_of(words);
    std::memcpy(static_cast<void*>(impl_->words.data()), &frame, sizeof frame);
    return BytesView{reinterpret_cast<const std::byte*>(impl_->words.data()), bytes};
}

std::uint64_t record_checksum(BytesView record) { return XXH3_64bits(record.data(), record.size()); }

}  // namespace anjie
