#pragma once

#include <capnp/message.h>

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

#include "engine/event.hpp"
#include "engine/result.hpp"
#include "workflows/dispute/dispute.capnp.h"

/// Events at rest: one Cap'n Proto segment without a segment table (`capnp convert flat:json dispute.capnp Event`
/// reads it). `Dispute::encode` and `Dispute::decode` make and read whole events; a projection that wants two fields
/// of one reads them in place with `with_reader`.
namespace anjie::dispute {

namespace detail {

/// The payload's words in place when it is aligned, else a copy.
class PayloadWords {
public:
    explicit PayloadWords(BytesView payload);
    [[nodiscard]] kj::ArrayPtr<const capnp::word> words() const { return words_; }

private:
    std::unique_ptr<capnp::word[]> copy_;
    kj::ArrayPtr<const capnp::word> words_;
};

/// A hostile message may name the same bytes many times; it gets to read at most a few times its own size.
[[nodiscard]] capnp::ReaderOptions reading_limits(std::size_t words);
[[nodiscard]] Error corrupt_payload(const kj::Exception& exception);
[[nodiscard]] Result<void> check_size(BytesView payload);

}  // namespace detail

/// Calls `read(schema::Event::Reader)`, which may answer a Result<void>; fields are read in place.
/// Errors: `corrupt` when the bytes are no event, or what `read` answers. Codes are not checked: a number outside its
/// table is for `read` to refuse.
/// Lifetime: the reader until `read` returns.
/// Cost: no heap allocation when the payload is 8-byte aligned, about 50 ns.
template <std::invocable<schema::Event::Reader> Read>
[[nodiscard]] Result<void> with_reader(BytesView payload, Read&& read) {
    ANJIE_CHECK(detail::check_size(payload));
    const detail::PayloadWords aligned(payload);
    try {
        const kj::ArrayPtr<const capnp::word> segment = aligned.words();
        capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1), detail::reading_limits(segment.size()));
        const auto event = message.getRoot<schema::Event>();
        if constexpr (std::is_void_v<std::invoke_result_t<Read, schema::Event::Reader>>)
            std::forward<Read>(read)(event);
        else
            return std::forward<Read>(read)(event);
        return {};
    } catch (const kj::Exception& exception) {
        return std::unexpected(detail::corrupt_payload(exception));
    }
}

}  // namespace anjie::dispute
