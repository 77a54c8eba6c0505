#pragma once

#include "adapters/cli/session.hpp"

namespace anjie {

/// Makes, instructs and runs a witness.
[[nodiscard]] cli::Exit witness_command(const cli::Console& console, const cli::WitnessOrder& order);

}  // namespace anjie
