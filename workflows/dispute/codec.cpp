#include "workflows/dispute/codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "workflows/dispute/detail/codec_events.hpp"
#include "workflows/dispute/dispute.hpp"

namespace anjie::dispute {
namespace {

constexpr std::uint16_t layout = 1;
constexpr std::size_t scratch_words = 512;

using WriteEvent = void (*)(schema::Event::Builder, const void* event);

Bytes bytes_of(kj::ArrayPtr<const capnp::word> segment) {
    const auto bytes = segment.asBytes();
    const auto* first = reinterpret_cast<const std::byte*>(bytes.begin());
    return {first, first + bytes.size()};
}

/// The event as one segment. A message that outgrows its first segment is built again with one that holds it all.
Bytes single_segment(WriteEvent write, const void* event) {
    // The builder wants zeroed words and leaves them zeroed.
    static thread_local std::array<capnp::word, scratch_words> scratch{};
    std::size_t needed = 0;
    {
        capnp::MallocMessageBuilder message(kj::arrayPtr(scratch.data(), scratch.size()));
        write(message.initRoot<schema::Event>(), event);
        const auto segments = message.getSegmentsForOutput();
        if (segments.size() == 1) return bytes_of(segments[0]);
        for (const auto& segment : segments) needed += segment.size();
    }
    ANJIE_ASSERT(needed < (std::size_t{1} << 28U));
    capnp::MallocMessageBuilder message(static_cast<unsigned>(needed), capnp::AllocationStrategy::FIXED_SIZE);
    write(message.initRoot<schema::Event>(), event);
    const auto segments = message.getSegmentsForOutput();
    ANJIE_ASSERT(segments.size() == 1);
    return bytes_of(segments[0]);
}

template <class E>
void write_event(schema::Event::Builder root, const void* event) {
    detail::write(root, *static_cast<const E*>(event));
}

using ReadEvent = void (*)(schema::Event::Reader, Event&, detail::Check&);

template <class E>
void read_event(schema::Event::Reader root, Event& event, detail::Check& check) {
    detail::read(root, event.emplace<E>(), check);
}

template <class... E>
constexpr auto readers_of(const std::variant<E...>*) {
    constexpr std::size_t size = std::max({std::to_underlying(E::event_type)...}) + std::size_t{1};
    std::array<ReadEvent, size> readers{};
    ((readers[std::to_underlying(E::event_type)] = &read_event<E>), ...);
    return readers;
}
/// By event type; null where no event has that number.
constexpr auto readers = readers_of(static_cast<const Event*>(nullptr));

}  // namespace

namespace detail {

PayloadWords::PayloadWords(BytesView payload) {
    const std::size_t count = payload.size() / sizeof(capnp::word);
    if (reinterpret_cast<std::uintptr_t>(payload.data()) % alignof(capnp::word) == 0) {
        words_ = {reinterpret_cast<const capnp::word*>(payload.data()), count};
        return;
    }
    copy_ = std::make_unique<capnp::word[]>(count);
    std::memcpy(copy_.get(), payload.data(), payload.size());
    words_ = {copy_.get(), count};
}

capnp::ReaderOptions reading_limits(std::size_t words) {
    capnp::ReaderOptions options;
    options.traversalLimitInWords = 64 + 8 * words;
    options.nestingLimit = 8;
    return options;
}

Error corrupt_payload(const kj::Exception& exception) {
    return {ErrorCode::corrupt,
            fmt::format("the event's payload is not what was written: {}", exception.getDescription().cStr())};
}

Result<void> check_size(BytesView payload) {
    if (payload.empty() || payload.size() % sizeof(capnp::word) != 0)
        return failure(ErrorCode::corrupt,
                       fmt::format("the event's payload has {} bytes, not a positive multiple of 8", payload.size()));
    return {};
}

}  // namespace detail

NewEvent Dispute::encode(const Event& event) {
    return std::visit(
        []<class E>(const E& value) {
            return NewEvent{.type = E::event_type,
                            .schema = layout,
                            .payload = single_segment(&write_event<E>, &value),
                            .sealed = {}};
        },
        event);
}

Result<Event> Dispute::decode(EventType type, std::uint16_t schema, BytesView payload) {
    const std::size_t number = std::to_underlying(type);
    if (number >= readers.size() || readers[number] == nullptr || schema != layout)
        return failure(
            ErrorCode::corrupt,
            fmt::format("event type {} in layout {} of workflow dispute is unknown to this release", number, schema));
    Event event;
    ANJIE_CHECK(with_reader(payload, [&](schema::Event::Reader root) -> Result<void> {
        // Ordinals of the union are event types minus one.
        if (const auto member = std::size_t{std::to_underlying(root.which())} + 1; member != number)
            return failure(ErrorCode::corrupt,
                           fmt::format("the envelope says event type {}, the payload {}", number, member));
        detail::Check check;
        readers[number](root, event, check);
        if (check.failed())
            return failure(ErrorCode::corrupt, fmt::format("event type {}: {}", number, check.problem()));
        return {};
    }));
    return event;
}

}  // namespace anjie::dispute
