#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>

#include "engine/event.hpp"

namespace anjie::detail {

template <std::unsigned_integral Number>
void append_number(Bytes& out, Number value) {
    for (auto shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::byte>(value >> shift));
}

inline void append_bytes(Bytes& out, BytesView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

/// Takes big-endian numbers and runs of bytes off a text from outside, never beyond its end.
class ByteReader {
public:
    explicit ByteReader(BytesView bytes) : rest_(bytes) {}

    [[nodiscard]] BytesView rest() const { return rest_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] std::optional<BytesView> take(std::size_t size) {
        if (size > rest_.size()) return std::nullopt;
        const auto taken = rest_.first(size);
        rest_ = rest_.subspan(size);
        return taken;
    }
    template <std::unsigned_integral Number>
    [[nodiscard]] std::optional<Number> number() {
        const auto bytes = take(sizeof(Number));
        if (!bytes) return std::nullopt;
        std::uint64_t value = 0;
        for (const auto byte : *bytes) value = value << 8 | std::to_integer<std::uint64_t>(byte);
        return static_cast<Number>(value);
    }
    /// Fills an array of bytes; false when there are too few.
    template <std::size_t size>
    [[nodiscard]] bool fill(std::array<std::byte, size>& out) {
        const auto bytes = take(size);
        if (bytes) std::copy(bytes->begin(), bytes->end(), out.begin());
        return bytes.has_value();
    }

private:
    BytesView rest_;
};

}  // namespace anjie::detail
