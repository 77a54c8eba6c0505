#pragma once

#include <string>

#include "engine/trust/note.hpp"

namespace anjie {

/// A verifier key as text, or the file that holds it on its first line.
/// Errors: `invalid` when it is neither; `unavailable`.
[[nodiscard]] Result<VerifierKey> verifier_key_from(const std::string& text_or_file);

}  // namespace anjie
