#include <algorithm>
#include <array>

#include "workflows/dispute/audit/check.hpp"

namespace anjie::dispute::audit {

std::span<const MakeCheck> all_checks() {
    static constexpr std::array checks{
        &extension_consent,   &success_unsupported, &documents_missing, &back_dated, &duplicate,
        &revisit_by_mediator, &revisit_bulk,        &late_entry,        &imported,
    };
    return checks;
}

RuleReference local_rule(std::string_view id, std::string_view zh, std::string_view en) {
    return {.id = std::string(id),
            .mark = SourceMark::configuration,
            .title = {.zh = "本地配置：" + std::string(zh), .en = "Local configuration: " + std::string(en)}};
}

std::optional<RuleReference> rule_of(const Setting& setting, const State& state, const DeadlineStart& deadline) {
    if (setting.rules == nullptr) return std::nullopt;
    const auto* set = setting.rules->find(state.rule_version);
    if (set == nullptr) return std::nullopt;
    const auto found = std::ranges::find(set->deadlines, deadline.rule, &DeadlineRule::id);
    if (found == set->deadlines.end()) return std::nullopt;
    return found->reference;
}

}  // namespace anjie::dispute::audit
