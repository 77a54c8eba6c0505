#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/result.hpp"
#include "workflows/dispute/audit/thresholds.hpp"

namespace anjie::views {

/// Thresholds, and where each was read, so that a printed finding can be traced to what made it one.
struct ThresholdsRead {
    dispute::audit::Thresholds values;
    std::map<std::string, std::string> origin;  ///< By name ("late_entry.days"): "default", or the file that set it.
};

/// The embedded defaults, and in their place what `files` say, the later over the earlier.
/// Errors: invalid (names file, field, what stands there and what may), not_found, unavailable.
[[nodiscard]] Result<ThresholdsRead> read_thresholds(const std::vector<std::filesystem::path>& files);

/// Puts the thresholds that `text` states into `into`; `name` is how complaints call the document.
[[nodiscard]] Result<void> apply_thresholds(ThresholdsRead& into, std::string_view text, std::string_view name,
                                            std::string_view origin);

}  // namespace anjie::views
