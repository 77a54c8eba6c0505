#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/id.hpp"

namespace anjie::detail {

/// A case id as the key of a derived row: its 16 bytes, which sort as ids do.
[[nodiscard]] inline std::string key_of(const CaseId& id) { return {id.bytes.begin(), id.bytes.end()}; }

/// Requires: `key` has 16 bytes.
[[nodiscard]] inline CaseId case_of(std::string_view key) {
    CaseId id;
    std::copy_n(key.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

}  // namespace anjie::detail
