#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace anjie::dispute::audit::detail {

/// SipHash-2-4: texts can be compared by it in memory, and without the key nobody can try names against it.
[[nodiscard]] std::uint64_t keyed_hash(const std::array<std::uint64_t, 2>& key, std::string_view text);

}  // namespace anjie::dispute::audit::detail
