#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anjie::zip::detail {

/// Why a name of an entry is refused; nullopt for a plain relative path.
[[nodiscard]] std::optional<std::string> complaint_about_name(std::string_view name, std::uint64_t bytes_max);
/// Names that differ only in the case of Latin letters are one file on many machines.
[[nodiscard]] std::string folded(std::string_view name);

}  // namespace anjie::zip::detail
