#pragma once

#include <capnp/common.h>
#include <kj/common.h>

#include <cstdint>
#include <cstring>
#include <optional>

#include "engine/event.hpp"

namespace anjie::detail {

inline constexpr std::size_t word_bytes = sizeof(capnp::word);

/// Words that `bytes` bytes occupy.
[[nodiscard]] constexpr std::size_t words_for(std::size_t bytes) { return (bytes + word_bytes - 1) / word_bytes; }

/// Words that a text occupies: its bytes and a closing zero; an empty text is left out.
[[nodiscard]] constexpr std::size_t words_of_text(std::size_t size) { return size == 0 ? 0 : words_for(size + 1); }

/// The standard stream frame of one segment: (number of segments - 1), (words of the segment), both little-endian.
[[nodiscard]] constexpr std::uint64_t frame_of(std::size_t segment_words) { return std::uint64_t{segment_words} << 32; }

/// The only segment of a framed message. Errors: nullopt unless the frame says exactly what is there.
/// Requires: `bytes` is 8-byte aligned.
[[nodiscard]] inline std::optional<kj::ArrayPtr<const capnp::word>> only_segment(BytesView bytes) {
    if (bytes.size() < 2 * word_bytes || bytes.size() % word_bytes != 0) return std::nullopt;
    std::uint64_t frame{};
    std::memcpy(&frame, bytes.data(), sizeof frame);
    const auto segment_words = bytes.size() / word_bytes - 1;
    if (frame != frame_of(segment_words)) return std::nullopt;
    const auto* words = reinterpret_cast<const capnp::word*>(bytes.data());
    return kj::arrayPtr(words + 1, segment_words);
}

[[nodiscard]] inline bool is_word_aligned(const void* data) {
    return reinterpret_cast<std::uintptr_t>(data) % word_bytes == 0;
}

}  // namespace anjie::detail
