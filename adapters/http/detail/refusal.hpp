#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"

namespace anjie::http::detail {

/// Why a request is not even looked at by a handler. Its connection is closed after the answer, since nobody knows
/// what the other end takes for the next request.
struct Refusal {
    unsigned status{400};
    std::string_view code;
    std::string_view zh, en;
    std::string allow{};  ///< 405.
};

template <class T>
using Accepted = std::expected<T, Refusal>;

[[nodiscard]] inline std::unexpected<Refusal> refuse(unsigned status, std::string_view code, std::string_view zh,
                                                     std::string_view en) {
    return std::unexpected(Refusal{status, code, zh, en, {}});
}

/// The refusal as a problem in the request's language.
[[nodiscard]] Response answer(const Request& request, const Refusal& refusal);

}  // namespace anjie::http::detail
