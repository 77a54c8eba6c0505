#pragma once

#include <memory>

#include "adapters/cli/session.hpp"

namespace anjie::cli {

/// `export dossier`.
void add_export_dossier_command(CLI::App& group, Session& session);

/// --prove and what belongs to it. Lifetime: `request` outlives the command.
void add_prove_options(CLI::App& command, const Session& session, ProveReportRequest& request);

/// What `verify FILE` asks beside what `verify DIR` does. Lifetime: `request` outlives the command.
void add_verify_archive_options(CLI::App& command, const Session& session, VerifyArchiveRequest& request);
/// Checks the file that was named instead of a data directory.
[[nodiscard]] Exit verify_archive(const Session& session, const VerifyArchiveRequest& request);

}  // namespace anjie::cli
