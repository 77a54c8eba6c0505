#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/id.hpp"

namespace anjie::sinks::detail {

/// What a transactional sink keeps beside the events: enough to move the runner to after them.
struct Token {
    std::uint64_t serial{};
    Position cursor{};
    std::string released{};        ///< Case id; "-": none.
    std::uint64_t next_version{};  ///< Of the released case; 0: it is held no more.

    bool operator==(const Token&) const = default;
};

/// Four words.
[[nodiscard]] std::string to_string(const Token& token);
/// Nullopt for anything that `to_string` does not write.
[[nodiscard]] std::optional<Token> parse_token(std::string_view text);

}  // namespace anjie::sinks::detail
