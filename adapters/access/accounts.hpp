#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/access/principal.hpp"
#include "engine/time.hpp"

namespace anjie::access {

struct NewUser {
    std::string name{};  ///< Login: 1 to 64 of a-z 0-9 . _ -
    std::string display_name{};
    std::vector<Role> roles{};
    std::vector<std::string> organisations{};
    Confidentiality clearance{Confidentiality::ordinary};
};

struct UserRow {
    NewUser user{};
    bool disabled{};
    Instant created{};
    std::optional<Instant> last_login{};
};

/// What of a user is to be otherwise; what is not set stays.
struct UserChange {
    std::optional<std::string> display_name{};
    std::optional<std::vector<Role>> roles{};
    std::optional<std::vector<std::string>> organisations{};
    std::optional<Confidentiality> clearance{};
    std::optional<bool> disabled{};
};

struct NewToken {
    std::string name{};  ///< For people: whose and what for.
    std::vector<Action> scopes{};
    std::vector<std::string> organisations{};
    Confidentiality clearance{Confidentiality::ordinary};
    std::chrono::days valid{90};
};

struct TokenRow {
    std::string id{};  ///< Public: what the journal says.
    NewToken token{};
    std::string owner{};  ///< Who made it; of a secret address: whose it is.
    bool secret_address{};
    Instant created{}, expires{};
    bool revoked{};
    std::optional<Instant> last_used{};  ///< To the hour.
};

/// A secret that is told once and never again.
struct IssuedToken {
    std::string id{};
    std::string secret{};  ///< "anjie_..." with a checksum at its end; of an address: the last part of its path.
    Instant expires{};
};

struct IssuedSession {
    std::string cookie{};  ///< The value; 256 random bits.
    Principal principal{};
    Instant idle_until{}, ends{};
};

}  // namespace anjie::access
