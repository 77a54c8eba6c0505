#include <capnp/message.h>
#include <capnp/serialize.h>
#include <fmt/format.h>

#include <cstring>
#include <memory>

#include "workflows/screening/detail/codec_events.hpp"
#include "workflows/screening/screening.hpp"

namespace anjie::screening {
namespace detail {
namespace {

/// 0001-01-01 and 9999-12-31 in days since 1970-01-01: no day outside can be printed.
constexpr std::int32_t first_day = -719'162;
constexpr std::int32_t last_day_number = 2'932'896;
constexpr std::int64_t microseconds_per_day = std::int64_t{86'400} * 1'000'000;

}  // namespace

Date Check::day(std::int32_t number) {
    if (number < first_day || number > last_day_number) fail("impossible day", number);
    return Date{std::chrono::days{number}};
}

Instant Check::moment(std::int64_t microseconds) {
    if (microseconds < first_day * microseconds_per_day || microseconds > last_day_number * microseconds_per_day)
        fail("impossible moment", microseconds);
    return {microseconds};
}

AlarmLevel Check::level(std::uint16_t number) {
    if (number > std::to_underlying(AlarmLevel::passed)) {
        fail("unknown alarm level", number);
        return {};
    }
    return static_cast<AlarmLevel>(number);
}

void Check::fail(const char* what, std::int64_t number) {
    if (problem_.empty()) problem_ = fmt::format("{} {}", what, number);
}

std::uint16_t stored_code(AlarmLevel level) {
    ANJIE_ASSERT(level <= AlarmLevel::passed);
    return std::to_underlying(level);
}

std::int32_t stored_day(Date day) {
    const auto number = day.time_since_epoch().count();
    ANJIE_ASSERT(number >= first_day && number <= last_day_number);
    return static_cast<std::int32_t>(number);
}

capnp::Text::Reader stored_text(const std::string& text) {
    ANJIE_ASSERT(text.size() <= text_bytes_max);
    return {text.c_str(), text.size()};
}

}  // namespace detail

namespace {

constexpr std::uint16_t layout = 1;
/// No event comes near: a campaign's four texts are `text_bytes_max` long at the most, so one segment always does.
constexpr unsigned segment_words = 512;
static_assert(segment_words * sizeof(capnp::word) > 4 * text_bytes_max + 1'024);

template <class E>
Event read_as(schema::Event::Reader root, detail::Check& check) {
    E event;
    detail::read(root, event, check);
    return event;
}

using ReadEvent = Event (*)(schema::Event::Reader, detail::Check&);
/// By the union's ordinal, which is the event type minus one and the index in `Event`.
template <class... E>
constexpr std::array<ReadEvent, sizeof...(E)> readers_of(std::type_identity<std::variant<E...>>) {
    return {&read_as<E>...};
}
constexpr auto readers = readers_of(std::type_identity<Event>{});

Result<Event> read_message(std::size_t index, kj::ArrayPtr<const capnp::word> words) {
    capnp::ReaderOptions limits;
    limits.traversalLimitInWords = 64 + 8 * words.size();
    limits.nestingLimit = 8;
    const kj::ArrayPtr<const capnp::word> segments[] = {words};
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1), limits);
    const auto root = message.getRoot<schema::Event>();
    if (std::to_underlying(root.which()) != index)
        return failure(ErrorCode::corrupt, fmt::format("the envelope says event type {}, the payload {}", index + 1,
                                                       std::to_underlying(root.which()) + 1));
    detail::Check check;
    Event event = readers[index](root, check);
    if (!check.problem().empty())
        return failure(ErrorCode::corrupt, fmt::format("event type {}: {}", index + 1, check.problem()));
    return event;
}

}  // namespace

NewEvent Screening::encode(const Event& event) {
    return std::visit(
        []<class E>(const E& value) {
            capnp::MallocMessageBuilder message(segment_words);
            detail::write(message.initRoot<schema::Event>(), value);
            const auto segments = message.getSegmentsForOutput();
            ANJIE_ASSERT(segments.size() == 1);
            const auto bytes = segments[0].asBytes();
            const auto* first = reinterpret_cast<const std::byte*>(bytes.begin());
            return NewEvent{E::event_type, layout, Bytes(first, first + bytes.size()), {}};
        },
        event);
}

Result<Event> Screening::decode(EventType type, std::uint16_t schema, BytesView payload) {
    const std::size_t number = std::to_underlying(type);
    if (number == 0 || number > readers.size() || schema != layout)
        return failure(
            ErrorCode::corrupt,
            fmt::format("event type {} in layout {} of workflow screening is unknown to this release", number, schema));
    if (payload.empty() || payload.size() % sizeof(capnp::word) != 0)
        return failure(ErrorCode::corrupt,
                       fmt::format("the event's payload has {} bytes, not a positive multiple of 8", payload.size()));
    const std::size_t count = payload.size() / sizeof(capnp::word);
    std::unique_ptr<capnp::word[]> copy;
    const void* first = payload.data();
    if (reinterpret_cast<std::uintptr_t>(first) % alignof(capnp::word) != 0) {
        copy = std::make_unique<capnp::word[]>(count);
        std::memcpy(copy.get(), first, payload.size());
        first = copy.get();
    }
    try {
        return read_message(number - 1, {static_cast<const capnp::word*>(first), count});
    } catch (const kj::Exception& exception) {
        return failure(ErrorCode::corrupt, fmt::format("the event's payload is not what was written: {}",
                                                       exception.getDescription().cStr()));
    }
}

}  // namespace anjie::screening
