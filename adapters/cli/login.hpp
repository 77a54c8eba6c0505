#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "adapters/access/recorded_reads.hpp"
#include "adapters/cli/session.hpp"

namespace anjie::cli {

/// As whom something is done. Passwords come from a file, a terminal that does not show them, or else a line of
/// standard input; never from an option or the environment, where others could read them.
struct Login {
    std::string user;                     ///< Empty: the operator at this machine.
    std::filesystem::path password_file;  ///< Its first line.
};

/// --user and --password-file.
void add_login_options(CLI::App& command, const Session& session, Login& login);

/// A password, asked for by `prompt` where somebody sits at a terminal. Errors: `invalid`, `not_found` (no such file).
[[nodiscard]] Result<std::string> read_password(const Console& console, std::string_view prompt,
                                                const std::filesystem::path& file);
/// The same twice, where somebody sits at a terminal.
[[nodiscard]] Result<std::string> read_new_password(const Console& console, const std::filesystem::path& file);

/// Who that is now.
[[nodiscard]] access::Admitted<access::Principal> authenticate(const Session& session, access::Access& access,
                                                               const Login& login);

/// Opens the access file of the data directory, which a server may have open at the same time.
[[nodiscard]] Exit with_access(const Session& session, const std::function<Exit(access::Access&)>& work);
/// As above, by somebody who logged in.
[[nodiscard]] Exit with_login(const Session& session, const Login& login,
                              const std::function<Exit(access::Access&, const access::Principal&)>& work);

/// Prints why not.
[[nodiscard]] Exit explain(const Console& console, const access::NotAdmitted& why);

/// What the journal says of where the command line is.
[[nodiscard]] access::Client here();

}  // namespace anjie::cli
