#include "adapters/access/erasure_order.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace anjie::access {

TwoPersonOrder erasure_order(const CaseId& id, std::vector<std::uint16_t> subjects, CaseScope scope,
                             std::string basis) {
    std::ranges::sort(subjects);
    const auto twice = std::ranges::unique(subjects);
    subjects.erase(twice.begin(), twice.end());
    return {.kind = TwoPersonKind::erasure,
            .scope = std::move(scope),
            .target = fmt::format("case={} subjects={}", to_string(id), fmt::join(subjects, ",")),
            .reason = std::move(basis)};
}

}  // namespace anjie::access
