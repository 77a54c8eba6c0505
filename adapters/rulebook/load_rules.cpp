#include "adapters/rulebook/load_rules.hpp"

#include "adapters/rulebook/rule_sets.hpp"

namespace anjie::rulebook {

Result<dispute::RuleBook> load_rules(const std::optional<std::filesystem::path>& directory) {
    ANJIE_TRY(auto sets, load_rule_sets(directory));
    return dispute::RuleBook(std::move(sets));
}

}  // namespace anjie::rulebook
