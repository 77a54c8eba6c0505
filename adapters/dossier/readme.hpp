#pragma once

#include <string>

#include "adapters/dossier/archive.hpp"

namespace anjie::dossier {

/// README.txt: in both languages what the archive proves, what it does not, and how to check it.
[[nodiscard]] std::string readme_text(const Manifest& manifest);

}  // namespace anjie::dossier
