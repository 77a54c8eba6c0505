#pragma once

#include <array>
#include <span>

#include "adapters/access/access.hpp"
#include "adapters/rpc/office.capnp.h"

namespace anjie::rpc::detail {

/// The capabilities that a log-in yields.
enum class Office : std::uint8_t { case_worker, supervisor, auditor, feed };
inline constexpr std::array all_offices{Office::case_worker, Office::supervisor, Office::auditor, Office::feed};

[[nodiscard]] schema::Office wire(Office office);
/// An office is open to whoever may do one of these; what may then be done about which case, the service judges.
[[nodiscard]] std::span<const access::Action> actions_of(Office office);
/// By role and token alone. Cost: no disk.
[[nodiscard]] bool is_open(const access::Access& access, const access::Principal& principal, Office office);
/// As above, and a refusal is recorded.
[[nodiscard]] access::Decision enter(access::Access& access, const access::Principal& principal, Office office,
                                     const access::Client& client);

}  // namespace anjie::rpc::detail
