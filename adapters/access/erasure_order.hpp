#pragma once

#include <cstdint>
#include <vector>

#include "adapters/access/approvals.hpp"
#include "engine/id.hpp"

namespace anjie::access {

/// That persons of one case be forgotten (删除个人信息), on a basis that will stand in the log. The same order over
/// whatever wire it is asked for, approved and carried out: subjects in order, each once.
[[nodiscard]] TwoPersonOrder erasure_order(const CaseId& id, std::vector<std::uint16_t> subjects, CaseScope scope,
                                           std::string basis);

}  // namespace anjie::access
