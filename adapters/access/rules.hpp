#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

#include "adapters/access/principal.hpp"
#include "adapters/access/rate_limit.hpp"
#include "engine/confidentiality.hpp"
#include "engine/result.hpp"

namespace anjie::access {

/// Who may do what, and for how long things hold: data, see data/access.json.
struct Rules {
    struct RoleRule {
        std::vector<Action> actions;
        RuleReference reference;  ///< Where the role comes from; mostly local configuration.

        bool operator==(const RoleRule&) const = default;
    };
    std::map<Role, RoleRule> roles;
    std::vector<std::pair<Role, Role>> incompatible;  ///< No user has both.
    std::chrono::minutes session_idle{};
    std::chrono::minutes session_absolute{};
    std::chrono::days token_days_max{};
    std::chrono::hours request_valid{};
    std::chrono::days journal_kept{};
    std::size_t password_length_min{};
    Rate rate_person, rate_machine, rate_address, rate_login;

    bool operator==(const Rules&) const = default;
};

/// The rules that come with the program; those of `directory`/access.json in their place, member by member, when there
/// is such a file. Errors: `invalid`, naming the place in the file; `unavailable`.
[[nodiscard]] Result<Rules> load_rules(const std::filesystem::path& directory);

/// By role, organisation and confidentiality together: all three have to allow it.
[[nodiscard]] Decision judge(const Rules& rules, const Principal& principal, Action action, const CaseScope& scope);

}  // namespace anjie::access
