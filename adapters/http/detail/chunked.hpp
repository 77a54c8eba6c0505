#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/detail/refusal.hpp"

namespace anjie::http::detail {

/// Decodes a chunked body, stricter than the standard: no chunk extensions and no trailers, which nobody needs and
/// some hide things in.
class ChunkedBody {
public:
    explicit ChunkedBody(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// Takes what it can from `more`; answers how many bytes it took.
    [[nodiscard]] Accepted<std::size_t> take(std::string_view more, std::string& body);
    [[nodiscard]] bool done() const { return at_ == At::end; }

private:
    enum class At { size, size_line_feed, data, data_return, data_line_feed, last_return, last_line_feed, end };
    [[nodiscard]] Accepted<void> step(char c);

    std::size_t bytes_max_;
    At at_{At::size};
    std::size_t digits_{};
    std::size_t left_{};   ///< Of this chunk.
    std::size_t total_{};  ///< Of all chunks, this one included.
};

}  // namespace anjie::http::detail
