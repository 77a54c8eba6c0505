#pragma once

#include "adapters/cli/session.hpp"
#include "adapters/views/report_query.hpp"

namespace anjie::cli {

using views::QueryOptions;

/// --year, --half, --quarter, --month, --from, --to, --org, --as-of. Lifetime: `options` outlives the command.
void add_query_options(CLI::App& command, const Session& session, QueryOptions& options);

}  // namespace anjie::cli
