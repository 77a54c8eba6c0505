#pragma once

#include <string>

#include "adapters/cli/login.hpp"

namespace anjie::cli {

struct TwoPersonOptions {
    Login login;
    std::string request;  ///< Id of what another person approved; empty: it is asked for.
};

/// --user, --password-file, --request.
void add_two_person_options(CLI::App& command, const Session& session, TwoPersonOptions& options);

/// Whether to go on, and as whom.
struct GoAhead {
    bool now{};
    Exit exit{Exit::ok};     ///< When not: how the command ends.
    access::Principal by{};  ///< Whose order it is.
    bool taken{};            ///< An approved request was taken for it, and is used up.
};

/// For what one person may do: in a data directory without users the operator goes ahead; where there are users,
/// somebody who logged in and may. A refusal is recorded.
[[nodiscard]] GoAhead one_person(const Session& session, access::Access& access, const Login& login,
                                 access::Action action, const access::CaseScope& scope,
                                 std::optional<CaseId> about = {});

/// In a data directory without users the operator goes ahead. Where there are users, somebody logs in and asks for it;
/// and after another person's approval goes ahead with --request, once.
[[nodiscard]] GoAhead two_persons(const Session& session, access::Access& access, const TwoPersonOptions& options,
                                  const access::TwoPersonOrder& order);
/// The same by somebody who has logged in already. `request` may be empty: then it is asked for.
[[nodiscard]] GoAhead two_persons_as(const Session& session, access::Access& access, const access::Principal& by,
                                     const std::string& request, const access::TwoPersonOrder& order);

}  // namespace anjie::cli
