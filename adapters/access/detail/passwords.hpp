#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace anjie::access::detail {

/// argon2id with 19 MiB, two passes, one lane (OWASP's first choice), encoded with its parameters and 128-bit salt.
/// Cost: some tens of milliseconds, on purpose. Errors: `unavailable` (no memory).
[[nodiscard]] Result<std::string> hash_password(std::string_view password);
/// Cost: as above, also for an `encoded` that is empty: nobody learns by a stopwatch whether a name exists.
[[nodiscard]] bool password_matches(std::string_view encoded, std::string_view password);
/// Whether it was made with other parameters than those of today.
[[nodiscard]] bool is_outdated(std::string_view encoded);
/// Why it will not do, or nothing. Errors: `invalid`.
[[nodiscard]] Result<void> check_new_password(std::string_view name, std::string_view password, std::size_t length_min);

}  // namespace anjie::access::detail
