#include "storage/record/sealed.hpp"

#include <capnp/message.h>
#include <fmt/format.h>
#include <kj/exception.h>

#include "engine/assert.hpp"
#include "engine/event_store.hpp"
#include "storage/record/detail/frame.hpp"
#include "storage/record/record.capnp.h"

namespace anjie {
namespace {

using detail::word_bytes;

/// Frame, root pointer, the one pointer of Sealed, the list's tag.
constexpr std::size_t fixed_words = 1 + 1 + 1 + 1;
/// Numbers and text pointer of one field.
constexpr std::size_t field_words = 2;

capnp::ReaderOptions limits_for(std::size_t words) {
    // Every text may be visited once; twice the whole is ample, and a forged blob cannot make us read more.
    return {.traversalLimitInWords = 2 * words + 16, .nestingLimit = 4};
}

}  // namespace

std::size_t sealed_size(std::span<const SealedField> fields) {
    if (fields.empty()) return 0;
    auto words = fixed_words;
    for (const auto& field : fields) words += field_words + detail::words_of_text(field.text.size());
    return words * word_bytes;
}

BytesView SealedWriter::write(std::span<const SealedField> fields) {
    if (fields.empty()) return {};
    const auto words = sealed_size(fields) / word_bytes;
    words_.assign(words, 0);
    auto* segment = reinterpret_cast<capnp::word*>(words_.data()) + 1;
    capnp::FlatMessageBuilder message(kj::arrayPtr(segment, words - 1));
    auto list = message.initRoot<record_format::Sealed>().initFields(static_cast<unsigned>(fields.size()));
    for (unsigned i = 0; i < list.size(); ++i) {
        list[i].setSubject(fields[i].subject);
        list[i].setField(fields[i].field);
        if (!fields[i].text.empty()) list[i].setText({fields[i].text.data(), fields[i].text.size()});
    }
    message.requireFilled();
    words_[0] = detail::frame_of(words - 1);
    return std::as_bytes(std::span(words_));
}

Result<std::vector<SealedField>> read_sealed(BytesView blob) {
    if (blob.empty()) return std::vector<SealedField>{};
    if (blob.size() > EventStore::record_bytes_max)
        return failure(ErrorCode::corrupt, "the sealed part of an event is longer than any event");
    std::vector<std::uint64_t> aligned;
    if (!detail::is_word_aligned(blob.data())) {
        aligned.resize(detail::words_for(blob.size()));
        std::memcpy(aligned.data(), blob.data(), blob.size());
        blob = std::as_bytes(std::span(aligned)).first(blob.size());
    }
    const auto segment = detail::only_segment(blob);
    if (!segment) return failure(ErrorCode::corrupt, "the sealed part of an event has a broken frame");
    try {
        const kj::ArrayPtr<const capnp::word> segments[] = {*segment};
        capnp::SegmentArrayMessageReader message(kj::arrayPtr(segments, 1), limits_for(segment->size()));
        std::vector<SealedField> fields;
        for (const auto field : message.getRoot<record_format::Sealed>().getFields()) {
            const auto text = field.getText();
            fields.push_back({field.getSubject(), field.getField(), std::string(text.begin(), text.size())});
        }
        return fields;
    } catch (const kj::Exception& broken) {
        return failure(ErrorCode::corrupt,
                       fmt::format("the sealed part of an event is broken: {}", broken.getDescription().cStr()));
    }
}

}  // namespace anjie
