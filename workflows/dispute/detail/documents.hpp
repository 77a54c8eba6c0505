#pragma once

#include <vector>

#include "workflows/dispute/state.hpp"

namespace anjie::dispute::detail {

/// Those of `wanted` that the file of a case that went this way has to hold and does not. One paper may stand for
/// another: the application or the register, the written or the oral agreement.
[[nodiscard]] std::vector<DocumentKind> missing_documents(const State& state, const std::vector<DocumentKind>& wanted);

}  // namespace anjie::dispute::detail
