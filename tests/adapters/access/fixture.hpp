#pragma once

#include <filesystem>
#include <string>

#include "adapters/access/access.hpp"
#include "adapters/sqlite/database.hpp"
#include "engine/clock.hpp"

namespace anjie::access {

inline constexpr std::string_view good_password = "grassland-12-fence";

/// A data directory of its own, a clock that is set by hand, and an administrator's session's rights.
class Office {
public:
    Office();
    ~Office();
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;

    /// Opens the file anew, as another program would.
    void reopen();
    void write_rules(std::string_view json) const;
    /// The file as somebody with an editor sees it.
    [[nodiscard]] sqlite::Database raw() const;

    [[nodiscard]] Principal administrator();
    /// A person with these roles, at 540629-102 unless told otherwise; returns who that is now.
    Principal add(const std::string& name, std::vector<Role> roles,
                  std::vector<std::string> organisations = {"540629-102"},
                  Confidentiality clearance = Confidentiality::ordinary);
    [[nodiscard]] Access& access() { return *access_; }
    [[nodiscard]] ManualClock& clock() { return clock_; }
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
    /// Each call another address, so that no test stumbles over the login rate.
    [[nodiscard]] Client client();

private:
    std::filesystem::path directory_;
    ManualClock clock_;
    std::unique_ptr<Access> access_;
    int clients_{};
};

/// The refusal's code, or "ok", or "error: ...": one word to compare.
template <class T>
std::string word(const Admitted<T>& answer) {
    if (answer) return "ok";
    if (const auto* why = answer.error().refusal()) return std::string(code_of(why->code));
    return "error: " + std::string(to_string(answer.error().error()->code));
}
inline std::string word(const Decision& decision) {
    return decision ? "ok" : std::string(code_of(decision.error().code));
}

}  // namespace anjie::access
