#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace anjie::sinks::detail {

/// Cuts a file to its first `bytes` (what is beyond was never confirmed), appends, and answers its new length.
/// Durable: on return. Errors: `unavailable`, also when the file is shorter than it has to be. A file that was taken
/// away is begun anew.
[[nodiscard]] Result<std::uint64_t> append_after(const std::filesystem::path& file, std::uint64_t bytes,
                                                 std::string_view text);
/// Durable: names of files in it. Errors: `unavailable`.
[[nodiscard]] Result<void> flush_folder(const std::filesystem::path& folder);
/// The new content or the old one is there at any moment. Durable: the new one, on return. Errors: `unavailable`.
[[nodiscard]] Result<void> replace_file(const std::filesystem::path& file, std::string_view content);
/// Nullopt when there is no such file. Errors: `unavailable`.
[[nodiscard]] Result<std::optional<std::string>> read_small_file(const std::filesystem::path& file);

}  // namespace anjie::sinks::detail
