#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

[[nodiscard]] cli::Exit export_dossier_command(const cli::Console& console, Workspace& workspace,
                                               const cli::DossierRequest& request);
[[nodiscard]] cli::Exit prove_report_command(const cli::Console& console, Workspace& workspace,
                                             const cli::ProveReportRequest& request);
/// Needs no data directory.
[[nodiscard]] cli::Exit verify_archive_command(const cli::Console& console, const cli::VerifyArchiveRequest& request);

}  // namespace anjie
