#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/id.hpp"
#include "engine/trust/crypto.hpp"

namespace anjie::service::detail {

/// A command's id made of the key that its sender chose and of what it says: 61 bits of each, as a UUIDv8 (RFC 9562).
/// So the log itself remembers which order came under which key.
struct OrderKey {
    std::uint64_t key{};      ///< Of principal and key.
    std::uint64_t content{};  ///< Of the order.

    bool operator==(const OrderKey&) const = default;
};

[[nodiscard]] OrderKey order_key(const Hasher& hasher, std::string_view principal, std::string_view key,
                                 std::string_view content);
[[nodiscard]] CommandId command_id_of(const OrderKey& key);
/// The other way round. Any id may be passed; one of another making matches nothing.
[[nodiscard]] OrderKey order_key_of(const CommandId& id);

}  // namespace anjie::service::detail
